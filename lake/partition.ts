import { z } from 'zod';
import { grouped } from '../analysis/grouped.ts';
import { ContractError, UsageError } from '../errors.ts';
import { allTables } from '../tables/all.generated.ts';
import { snapshots } from '../tables/snapshots.ts';
import type { Contents, Entry, SnapshotDate, SnapshotRow } from './catalog.ts';
import { inOrder, partitionOf } from './contents.ts';
import { snapshotShape } from './contents_shape.ts';
import type { Key } from './lake.ts';
import { compareText } from './row_order.ts';
import { runFolder } from './unused_files.ts';

/** A table and a date: what Glue shows as a whole. */
export interface PartitionName {
  readonly table: string;
  readonly snapshot_date: SnapshotDate;
}

/** Where its files lie, and what Glue keeps beside that. */
export interface Partition extends PartitionName {
  readonly folder: Key;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A value has at most 512,000 bytes (AWS Glue API, PartitionInput); what is kept is plain ASCII. */
const VALUE_LENGTH = 500_000;

const ENTRIES = 'rolecall.entries';
const SNAPSHOT = 'rolecall.snapshot';

const filesShape = z.array(z.tuple([z.string(), z.int().nonnegative(), z.int().nonnegative()]));

/** `runs/<run>/snapshot_date=<date>/<table>`; the files lie in it, those of derived tables in folders of their own. */
function folderOf(entries: readonly Entry[]): Key {
  const folders = entries.map(({ key }) => key.split('/', 4).join('/'));
  const [folder, ...others] = new Set(folders);
  if (folder === undefined || others.length > 0) {
    const [first] = entries;
    throw new ContractError(`Files of ${first?.table} at ${first?.snapshot_date} lie in several folders: ${folders}`);
  }
  return folder;
}

/** The list as text, in as many parts as Glue's longest value asks for. */
function entriesParameters(entries: readonly Entry[], folder: Key, length: number): Record<string, string> {
  const text = JSON.stringify(entries.map(({ key, rows, bytes }) => [key.slice(folder.length + 1), rows, bytes]));
  const parts = Array.from({ length: Math.ceil(text.length / length) }, (_, part) =>
    text.slice(part * length, (part + 1) * length),
  );
  return Object.fromEntries(parts.map((part, index) => [`${ENTRIES}.${index}`, part]));
}

const nameOf = ({ table, snapshot_date }: PartitionName): PartitionName => ({ table, snapshot_date });

function partitionOfFiles(entries: readonly Entry[], length: number): Partition {
  const folder = folderOf(entries);
  return { ...nameOf(entries[0]!), folder, parameters: entriesParameters(entries, folder, length) };
}

/** Carries the row beside its file, so that a catalog is read without reading files. */
function partitionOfSnapshot(row: SnapshotRow, files: Partition | undefined): Partition {
  const { snapshot_date, run_id } = row;
  const folder = files?.folder ?? `${runFolder(run_id)}/snapshot_date=${snapshot_date}/${snapshots.name}`;
  const parameters = { ...(files?.parameters ?? { [`${ENTRIES}.0`]: '[]' }), [SNAPSHOT]: JSON.stringify(row) };
  return { table: snapshots.name, snapshot_date, folder, parameters };
}

const known: ReadonlySet<string> = new Set(allTables.map(({ name }) => name));

/**
 * The partitions that show these contents, of tables that this rolecall has.
 * @param length of the longest value; tests have it short.
 */
export function partitionsOf(contents: Contents, length = VALUE_LENGTH): readonly Partition[] {
  const entries = inOrder(contents.entries.filter(({ table }) => known.has(table)));
  const files = [...grouped(entries, partitionOf).values()].map((own) => partitionOfFiles(own, length));
  const ofSnapshots = new Map(files.filter(isSnapshot).map((partition) => [partition.snapshot_date, partition]));
  return [
    ...files.filter((partition) => !isSnapshot(partition)),
    ...contents.snapshots.map((row) => partitionOfSnapshot(row, ofSnapshots.get(row.snapshot_date))),
  ];
}

function entriesOf({ table, snapshot_date, folder, parameters }: Partition): readonly Entry[] {
  const parts = Object.keys(parameters).filter((name) => name.startsWith(`${ENTRIES}.`)).length;
  const text = Array.from({ length: parts }, (_, part) => parameters[`${ENTRIES}.${part}`]).join('');
  const files = filesShape.parse(JSON.parse(text));
  return files.map(([file, rows, bytes]) => ({ table, snapshot_date, key: `${folder}/${file}`, rows, bytes }));
}

/** @throws UsageError when somebody else made or changed the partition. */
function understood<T>(partition: Partition, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const what = `The partition ${partition.snapshot_date} of table ${partition.table} was not made by rolecall`;
    throw new UsageError(`${what}. Take it away, and publish the snapshot again`, { cause: error });
  }
}

export const isSnapshot = ({ table }: PartitionName): boolean => table === snapshots.name;

/** The files that a partition names. */
export const keysOf = (partition: Partition): ReadonlySet<Key> => new Set(entriesOf(partition).map(({ key }) => key));

/** What the partitions show; a date without a snapshot is one that is just being published, and not there. */
export function contentsOf(partitions: readonly Partition[]): Contents {
  const rows = partitions
    .filter(isSnapshot)
    .map((partition) => understood(partition, () => snapshotShape.parse(JSON.parse(partition.parameters[SNAPSHOT]!))))
    .sort((a, b) => compareText(a.snapshot_date, b.snapshot_date));
  const dates = new Set(rows.map(({ snapshot_date }) => snapshot_date));
  const shown = partitions.filter(({ snapshot_date }) => dates.has(snapshot_date));
  const entries = shown.flatMap((partition) => understood(partition, () => entriesOf(partition)));
  return { snapshots: rows, entries: inOrder(entries) };
}
