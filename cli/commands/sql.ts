import { Command } from 'commander';
import { adhoc, athenaSelect } from '../../queries/adhoc.ts';
import type { Format } from '../../report/result.ts';
import { withPublished } from '../edges.ts';
import { type EngineFlags, withEngineAndFormat } from '../options.ts';
import { printResult } from '../output.ts';

export const sql = withEngineAndFormat(
  new Command('sql')
    .description('run one SELECT over the tables (see `rolecall tables`)')
    .argument('<select>', 'the statement, such as "select count(*) as n from roles_latest"'),
).action(async (text: string, options: EngineFlags & { readonly format: Format }) => {
  const statement = options.engine === 'athena' ? athenaSelect(text) : await adhoc(text);
  await withPublished(options, async ({ engine, catalog, signal }) => {
    printResult(await engine.query(statement, await catalog.published(), { signal }), options.format);
  });
});
