import { Command } from 'commander';
import { adhoc } from '../../queries/adhoc.ts';
import type { Format } from '../../report/result.ts';
import { withSnapshots } from '../edges.ts';
import { withLakeAndFormat } from '../options.ts';
import { printResult } from '../output.ts';

export const sql = withLakeAndFormat(
  new Command('sql')
    .description('run one SELECT over the tables (see `rolecall tables`)')
    .argument('<select>', 'the statement, such as "select count(*) as n from roles_latest"'),
).action(async (text: string, options: { lake: string; format: Format }) => {
  const statement = await adhoc(text);
  await withSnapshots(options.lake, async ({ engine, catalog }) => {
    printResult(await engine.query(statement, await catalog.published()), options.format);
  });
});
