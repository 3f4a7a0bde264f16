import { Command } from 'commander';
import { copySnapshots } from '../../pipeline/copy_snapshots.ts';
import { count } from '../../report/words.ts';
import { deployedLake } from '../deployed_lake.ts';
import { refuseMixing, withSnapshots } from '../edges.ts';
import { interruptible } from '../interrupt.ts';
import { lakeOption } from '../options.ts';
import { message } from '../output.ts';
import { progress } from '../progress.ts';

interface Options {
  readonly lake: string;
  readonly to: string;
  readonly database: string;
}

export const publish = new Command('publish')
  .description('publish the snapshots of a folder in a deployed lake, where Athena reads them')
  .addOption(lakeOption())
  .requiredOption('--to <url>', 'the deployed lake, as s3://bucket or s3://bucket/folder')
  .option('--database <name>', 'database of the lake in AWS Glue; its staging database ends in _staging', 'rolecall')
  .action(async ({ lake, to, database }: Options) => {
    const target = await deployedLake(to, database);
    const { files, bytes, published } = await interruptible((signal) =>
      withSnapshots(lake, async (edges) => {
        await refuseMixing(edges, target);
        return copySnapshots(edges, target, progress(), signal);
      }),
    );
    const size = (bytes / 1e6).toFixed(1);
    message(
      `${count(published.length, 'snapshot')} published at ${to}, ${count(files, 'file')} (${size} MB) uploaded.`,
    );
  });
