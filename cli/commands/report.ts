import { join } from 'node:path';
import { Command } from 'commander';
import { ask } from '../../queries/ask.ts';
import { gather } from '../../report/data.ts';
import { writeReport } from '../../report/report.ts';
import { withSnapshots } from '../edges.ts';
import { lakeOption } from '../options.ts';

export const report = new Command('report')
  .description('write the HTML report of the latest snapshot, and its tables as CSV beside it')
  .addOption(lakeOption())
  .option('--out <file>', 'the HTML file; default report.html in the lake')
  .action(async (options: { lake: string; out?: string }) => {
    await withSnapshots(options.lake, async (edges) => {
      const data = await gather((name, parameters) => ask(edges, name, parameters));
      const out = options.out ?? join(options.lake, 'report.html');
      await writeReport(data, out);
      process.stdout.write(`${out}\n`);
    });
  });
