import {
  BatchCreatePartitionCommand,
  BatchUpdatePartitionCommand,
  DeletePartitionCommand,
  EntityNotFoundException,
  type ErrorDetail,
  type Partition as GluePartition,
  type PartitionInput,
  paginateGetPartitions,
} from '@aws-sdk/client-glue';
import pLimit from 'p-limit';
import { grouped } from '../analysis/grouped.ts';
import { ContractError, UsageError } from '../errors.ts';
import type { Table } from '../tables/table.ts';
import { asked } from './aws_refusal.ts';
import { type GlueDatabase, locationIn, tableNamed, whereIn } from './glue_database.ts';
import { storage } from './glue_schema.ts';
import type { Partition, PartitionName } from './partition.ts';

/** Partitions of one call (AWS Glue API, BatchCreatePartition and BatchUpdatePartition). */
const BATCH = 100;
/** A call with many long lists of files would be too large; Glue says nowhere how large. */
const BATCH_CHARACTERS = 1_000_000;
/** Calls that are on their way at a time. */
const WIDTH = 8;

function read(glue: GlueDatabase, table: string, found: GluePartition): Partition {
  const root = `${glue.lake.location('')}/`;
  const location = found.StorageDescriptor?.Location ?? '';
  if (!location.startsWith(root)) {
    throw new UsageError(`The ${whereIn(glue, table)} has files at ${location}, not below ${root}. Name its own lake`);
  }
  const folder = location.slice(root.length).replace(/\/$/, '');
  return { table, snapshot_date: found.Values?.[0] ?? '', folder, parameters: found.Parameters ?? {} };
}

async function partitionsOfTable(glue: GlueDatabase, table: string): Promise<readonly Partition[]> {
  const { client, database } = glue;
  const input = { DatabaseName: database, TableName: table, ExcludeColumnSchema: true };
  const found: Partition[] = [];
  await asked('glue:GetPartitions', whereIn(glue, table), async () => {
    for await (const { Partitions = [] } of paginateGetPartitions({ client }, input)) {
      found.push(...Partitions.map((partition) => read(glue, table, partition)));
    }
  });
  return found;
}

/** All partitions of these tables. */
export async function partitionsIn(glue: GlueDatabase, tables: readonly string[]): Promise<readonly Partition[]> {
  return (await pLimit(WIDTH).map(tables, (table) => partitionsOfTable(glue, table))).flat();
}

const inputOf = (glue: GlueDatabase, table: Table, partition: Partition): PartitionInput => ({
  Values: [partition.snapshot_date],
  StorageDescriptor: storage(table, locationIn(glue, partition)),
  Parameters: { ...partition.parameters },
});

/** As many as one call takes. */
function* batchesOf(inputs: readonly PartitionInput[]): Iterable<PartitionInput[]> {
  let batch: PartitionInput[] = [];
  let characters = 0;
  for (const input of inputs) {
    const { length } = JSON.stringify(input);
    if (batch.length === BATCH || (batch.length > 0 && characters + length > BATCH_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(input);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

/** What of a batch was refused: it is in the answer, and no error. */
interface Refused {
  readonly ErrorDetail?: ErrorDetail | undefined;
}

function refuse(where: string, errors: readonly Refused[] = []): void {
  const [first] = errors;
  if (first === undefined) return;
  const { ErrorCode, ErrorMessage } = first.ErrorDetail ?? {};
  throw new ContractError(`A partition of the ${where} was not taken (${ErrorCode}): ${ErrorMessage}`);
}

/** Creates the partitions; those that are there already, also from a call whose answer was lost, are updated. */
async function setBatch(glue: GlueDatabase, TableName: string, batch: PartitionInput[]): Promise<void> {
  const table = { DatabaseName: glue.database, TableName };
  const created = await glue.client.send(new BatchCreatePartitionCommand({ ...table, PartitionInputList: batch }));
  const isThere = ({ ErrorDetail }: Refused) => ErrorDetail?.ErrorCode === 'AlreadyExistsException';
  const where = whereIn(glue, TableName);
  refuse(
    where,
    created.Errors?.filter((error) => !isThere(error)),
  );
  const there = new Set(created.Errors?.filter(isThere).map(({ PartitionValues }) => String(PartitionValues)));
  const known = batch.filter(({ Values }) => there.has(String(Values)));
  if (known.length === 0) return;
  const Entries = known.map((input) => ({ PartitionValueList: input.Values, PartitionInput: input }));
  refuse(where, (await glue.client.send(new BatchUpdatePartitionCommand({ ...table, Entries }))).Errors);
}

/** Makes the partitions as given, whether they are there or not. */
export async function setPartitions(glue: GlueDatabase, partitions: readonly Partition[]): Promise<void> {
  await pLimit(WIDTH).map(
    grouped(partitions, ({ table }) => table),
    async ([name, ofTable]) => {
      const inputs = ofTable.map((partition) => inputOf(glue, tableNamed(name), partition));
      for (const batch of batchesOf(inputs)) {
        await asked('glue:BatchCreatePartition', whereIn(glue, name), () => setBatch(glue, name, batch));
      }
    },
  );
}

async function deletePartition(glue: GlueDatabase, { table, snapshot_date }: PartitionName): Promise<void> {
  const partition = { DatabaseName: glue.database, TableName: table, PartitionValues: [snapshot_date] };
  try {
    await glue.client.send(new DeletePartitionCommand(partition));
  } catch (error) {
    if (!(error instanceof EntityNotFoundException)) throw error;
  }
}

/** Takes the partitions away, whether they are there or not; their files stay. */
export async function deletePartitions(glue: GlueDatabase, names: readonly PartitionName[]): Promise<void> {
  await pLimit(WIDTH).map(names, (name) =>
    asked('glue:DeletePartition', whereIn(glue, name.table), () => deletePartition(glue, name)),
  );
}
