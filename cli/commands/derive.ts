import { Command } from 'commander';
import { deriveSince } from '../../pipeline/derive.ts';
import { refuseDemo, withSnapshots } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { dateArgument, lakeOption } from '../options.ts';
import { progress } from '../progress.ts';

export const derive = new Command('derive')
  .description('compute findings, drift, shared roles and trends again')
  .addOption(lakeOption())
  .requiredOption('--since <date>', 'first snapshot to derive again', dateArgument)
  .action(async (options: { lake: string; since: string }) => {
    refuseDemo(options.lake);
    await interruptible((signal) =>
      withSnapshots(options.lake, (edges) => deriveSince(edges, options.since, progress(), signal)),
    );
  });
