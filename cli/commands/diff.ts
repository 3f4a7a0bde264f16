import { Command } from 'commander';
import { ask } from '../../queries/ask.ts';
import type { Format } from '../../report/result.ts';
import { withSnapshots } from '../edges.ts';
import { dateArgument, withLakeAndFormat } from '../options.ts';
import { printResult } from '../output.ts';

export const diff = withLakeAndFormat(
  new Command('diff')
    .description('what changed between two snapshots')
    .argument('<from>', 'date of the earlier snapshot', dateArgument)
    .argument('<to>', 'date of the later snapshot', dateArgument),
).action(async (from: string, to: string, options: { lake: string; format: Format }) => {
  await withSnapshots(options.lake, async (edges) => {
    printResult(await ask(edges, 'drift', { from, to }), options.format);
  });
});
