import { Command } from 'commander';
import { ask } from '../../queries/ask.ts';
import type { Format } from '../../report/result.ts';
import { withPublished } from '../edges.ts';
import { dateArgument, type EngineFlags, withEngineAndFormat } from '../options.ts';
import { printAnswer } from '../print_answer.ts';

export const diff = withEngineAndFormat(
  new Command('diff')
    .description('what changed between two snapshots')
    .argument('<from>', 'date of the earlier snapshot', dateArgument)
    .argument('<to>', 'date of the later snapshot', dateArgument),
).action(async (from: string, to: string, options: EngineFlags & { readonly format: Format }) => {
  await withPublished(options, async (edges) => {
    printAnswer(await ask(edges, 'drift', { from, to }), options.format);
  });
});
