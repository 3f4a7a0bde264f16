import { Command, Option } from 'commander';
import { exportFolder } from '../../collectors/export_folder.ts';
import { liveSource } from '../../collectors/live/source.ts';
import type { Scope, Source } from '../../collectors/source.ts';
import { planRun } from '../../pipeline/plan.ts';
import { snapshot as takeSnapshot } from '../../pipeline/snapshot.ts';
import { withLake } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { costLine, estimate } from '../live_costs.ts';
import { type LiveFlags, liveOptions, withLiveFlags } from '../live_options.ts';
import { dateArgument, lakeOption, listArgument } from '../options.ts';
import { message } from '../output.ts';
import { progress } from '../progress.ts';

interface Options extends LiveFlags {
  readonly lake: string;
  readonly from?: string;
  readonly plan?: boolean;
  readonly date: string;
  readonly accounts: string[];
  readonly regions: string[];
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** Reads and publishes; the person sees how far it is. */
const take = (source: Source, options: Options): Promise<unknown> =>
  interruptible((signal) =>
    withLake(options.lake, (edges) =>
      takeSnapshot({ source, ...edges }, { date: options.date, scope: scopeOf(options) }, progress(), signal),
    ),
  );

const scopeOf = ({ accounts, regions }: Options): Scope => ({ accounts, regions });

async function takeLive(options: Options): Promise<void> {
  const startedAt = performance.now();
  const source = liveSource(await liveOptions(options));
  if (options.plan) {
    const plan = await interruptible((signal) => planRun(source, scopeOf(options), signal));
    return message(estimate(plan));
  }
  await take(source, options);
  message(costLine(source.costs(), Math.round((performance.now() - startedAt) / 1000)));
}

export const snapshot = withLiveFlags(
  new Command('snapshot')
    .description('read the organization from AWS, or from exports, and publish a snapshot')
    .addOption(lakeOption())
    .option('--from <dir>', 'folder of AWS CLI exports, in place of AWS'),
)
  .option('--plan', 'only say how many requests to AWS it would take')
  .addOption(new Option('--date <date>', 'date of the snapshot').argParser(dateArgument).default(today(), 'today, UTC'))
  .option('--accounts <ids>', 'only these accounts, separated by commas', listArgument, [])
  .option('--regions <names>', 'only these regions, separated by commas', listArgument, [])
  .action(async (options: Options) => {
    if (options.from === undefined) await takeLive(options);
    else await take(exportFolder(options.from), options);
  });
