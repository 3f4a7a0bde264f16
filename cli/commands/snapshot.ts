import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'commander';
import { exportFolder } from '../../collectors/export_folder.ts';
import { liveSource } from '../../collectors/live/source.ts';
import type { Scope, Source } from '../../collectors/source.ts';
import { type GivenTagKeys, readTagKeys, withTagKeys } from '../../collectors/tag_keys.ts';
import { UsageError } from '../../errors.ts';
import type { Published } from '../../lake/catalog.ts';
import type { Report } from '../../pipeline/events.ts';
import { planRun } from '../../pipeline/plan.ts';
import { newest } from '../../pipeline/replay.ts';
import { snapshot as takeSnapshot } from '../../pipeline/snapshot.ts';
import { count } from '../../report/words.ts';
import { hasSnapshots, withLake, withSnapshots } from '../edges.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { costLine, estimate, takenBefore } from '../live_costs.ts';
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
  readonly tagKeys: GivenTagKeys;
}

const today = (): string => new Date().toISOString().slice(0, 10);

const scopeOf = ({ accounts, regions }: Options): Scope => ({ accounts, regions });

/** Shows how far a run is, and how far it came if it ends early. */
function follow() {
  const show = progress();
  let reached = 'no account was read';
  const report: Report = (event) => {
    if (event.kind === 'account_done') reached = `${event.done} of ${count(event.total, 'account')} were read`;
    show(event);
  };
  return { report, reached: () => reached };
}

/** Reads and publishes; the person sees how far it is. */
async function take(source: Source, options: Options, inTwoThreads: boolean): Promise<void> {
  const { report, reached } = follow();
  try {
    await interruptible((signal) =>
      withLake(options.lake, async (edges) => {
        if (options.singleAccount) refuseOrganization(options.lake, await edges.catalog.published());
        await takeSnapshot(
          { source: withTagKeys(source, options.tagKeys), inTwoThreads, ...edges },
          { date: options.date, scope: scopeOf(options) },
          report,
          signal,
        );
      }),
    );
  } catch (error) {
    if (error instanceof Interrupted) message(`${reached()} when the run was stopped`);
    throw error;
  }
}

/** @throws UsageError when the account would stand in the place of an organization */
function refuseOrganization(folder: string, { snapshots }: Published): void {
  const widest = Math.max(0, ...snapshots.map(({ accounts_planned }) => accounts_planned));
  if (widest <= 1) return;
  throw new UsageError(
    `${folder} holds snapshots of ${widest} accounts, and a single account would stand there in place of them all. Name another folder with --lake.`,
  );
}

async function sayPlan(source: Source, options: Options): Promise<void> {
  const scope = scopeOf(options);
  const plan = await interruptible((signal) => planRun(source, scope, signal));
  message(estimate(plan, scope));
  if (!hasSnapshots(options.lake)) return;
  const before = await withSnapshots(options.lake, async (edges) => takenBefore(await newest(edges), scope));
  if (before !== null) message(before);
}

/**
 * Percent that the heap may grow before rubbish is collected; by default V8 lets it double. Answers of AWS are looked
 * at once; an export is looked at by two threads, each with a heap of its own.
 */
const heapGrowth = { live: 30, exports: 40 };

async function takeLive(options: Options): Promise<void> {
  const startedAt = performance.now();
  setFlagsFromString(`--heap-growing-percent=${heapGrowth.live}`);
  const source = liveSource(await liveOptions(options));
  if (options.plan) return sayPlan(source, options);
  try {
    await take(source, options, false);
  } finally {
    message(costLine(source.costs(), Math.round((performance.now() - startedAt) / 1000)));
  }
}

async function takeExports(folder: string, options: Options): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowth.exports}`);
  await take(exportFolder(folder), options, true);
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
  .option('--tag-keys <file>', 'tag keys that tell teams and more, where they are not the usual ones', readTagKeys, {})
  .action(async (options: Options) => {
    if (options.from === undefined) await takeLive(options);
    else await takeExports(options.from, options);
  });
