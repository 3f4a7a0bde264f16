import { Command, Option } from 'commander';
import { exportFolder } from '../../collectors/export_folder.ts';
import { liveSource } from '../../collectors/live/source.ts';
import type { Source } from '../../collectors/source.ts';
import { snapshot as takeSnapshot } from '../../pipeline/snapshot.ts';
import { withLake } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { type LiveFlags, liveOptions, withLiveFlags } from '../live_options.ts';
import { dateArgument, lakeOption, listArgument } from '../options.ts';
import { progress } from '../progress.ts';

interface Options extends LiveFlags {
  readonly lake: string;
  readonly from?: string;
  readonly date: string;
  readonly accounts: string[];
  readonly regions: string[];
}

const today = (): string => new Date().toISOString().slice(0, 10);

const sourceOf = async (options: Options): Promise<Source> =>
  options.from === undefined ? liveSource(await liveOptions(options)) : exportFolder(options.from);

export const snapshot = withLiveFlags(
  new Command('snapshot')
    .description('read the organization from AWS, or from exports, and publish a snapshot')
    .addOption(lakeOption())
    .option('--from <dir>', 'folder of AWS CLI exports, in place of AWS'),
)
  .addOption(new Option('--date <date>', 'date of the snapshot').argParser(dateArgument).default(today(), 'today, UTC'))
  .option('--accounts <ids>', 'only these accounts, separated by commas', listArgument, [])
  .option('--regions <names>', 'only these regions, separated by commas', listArgument, [])
  .action(async (options: Options) => {
    const source = await sourceOf(options);
    await interruptible((signal) =>
      withLake(options.lake, async (edges) => {
        const scope = { accounts: options.accounts, regions: options.regions };
        await takeSnapshot({ source, ...edges }, { date: options.date, scope }, progress(), signal);
      }),
    );
  });
