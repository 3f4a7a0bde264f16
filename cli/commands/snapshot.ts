import { Command, Option } from 'commander';
import { exportFolder } from '../../collectors/export_folder.ts';
import { UsageError } from '../../errors.ts';
import { snapshot as takeSnapshot } from '../../pipeline/snapshot.ts';
import { withLake } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { dateArgument, lakeOption, listArgument } from '../options.ts';
import { progress } from '../progress.ts';

interface Options {
  readonly lake: string;
  readonly from?: string;
  readonly date: string;
  readonly accounts: string[];
  readonly regions: string[];
}

const today = (): string => new Date().toISOString().slice(0, 10);

export const snapshot = new Command('snapshot')
  .description('read the organization and publish a snapshot')
  .addOption(lakeOption())
  .option('--from <dir>', 'folder of AWS CLI exports')
  .addOption(new Option('--date <date>', 'date of the snapshot').argParser(dateArgument).default(today(), 'today, UTC'))
  .option('--accounts <ids>', 'only these accounts, separated by commas', listArgument, [])
  .option('--regions <names>', 'only these regions, separated by commas', listArgument, [])
  .action(async (options: Options) => {
    if (options.from === undefined) throw new UsageError('Name the folder of exports with --from DIR.');
    const source = exportFolder(options.from);
    await interruptible((signal) =>
      withLake(options.lake, async (edges) => {
        const scope = { accounts: options.accounts, regions: options.regions };
        await takeSnapshot({ source, ...edges }, { date: options.date, scope }, progress(), signal);
      }),
    );
  });
