import { UpdateTableCommand } from '@aws-sdk/client-glue';
import { asked } from './aws_refusal.ts';
import { type GlueDatabase, locationIn, tableNamed, whereIn } from './glue_database.ts';
import { glueLatestTable } from './glue_schema.ts';
import type { Partition } from './partition.ts';

/** Points the `_latest` table of a partition's table at it. */
async function point(glue: GlueDatabase, partition: Partition): Promise<void> {
  const { table, snapshot_date: date } = partition;
  const template = locationIn(glue, partition).replace(`snapshot_date=${date}`, 'snapshot_date=$${snapshot_date}');
  const TableInput = glueLatestTable(tableNamed(table), glue.lake.location(''), { date, template });
  const command = new UpdateTableCommand({ DatabaseName: glue.database, TableInput, SkipArchive: true });
  await asked('glue:UpdateTable', whereIn(glue, `${table}_latest`), () => glue.client.send(command));
}

/** Points the `_latest` tables at the partitions of the newest snapshot, all at once. */
export async function pointLatest(glue: GlueDatabase, newest: readonly Partition[]): Promise<void> {
  await Promise.all(newest.map((partition) => point(glue, partition)));
}
