import type { TableInput } from '@aws-sdk/client-glue';
import { type Column, type ColumnType, partition, type Table } from '../tables/table.ts';
import type { SnapshotDate } from './catalog.ts';

const types: Readonly<Record<ColumnType, string>> = {
  varchar: 'string',
  json: 'string',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  'array(varchar)': 'array<string>',
};

/** Glue takes no longer comments (AWS Glue API, Column structure). */
const LONGEST_COMMENT = 255;

/** A column as Glue names it. */
export interface GlueColumn {
  readonly Name: string;
  readonly Type: string;
  readonly Comment: string;
}

/** To the last whole word that fits; docs/tables.md has the whole. Measured in bytes, for Glue counts those. */
function shortened(description: string): string {
  if (Buffer.byteLength(description) <= LONGEST_COMMENT) return description;
  const words = description.split(' ');
  while (Buffer.byteLength(`${words.join(' ')} …`) > LONGEST_COMMENT) words.pop();
  return `${words.join(' ')} …`;
}

const glueColumn = (name: string, { type, description }: Column): GlueColumn => ({
  Name: name,
  Type: types[type],
  Comment: shortened(description),
});

/** Columns of a table's files, in declared order; the partition is not among them. */
export const glueColumns = (table: Table): GlueColumn[] =>
  Object.entries(table.columns).map(([name, column]) => glueColumn(name, column));

/** What every table is partitioned by. */
const partitionKeys = (): GlueColumn[] => [glueColumn('snapshot_date', partition)];

/** How Athena reads a table's files below a location. */
export const storage = (table: Table, location: string) => ({
  Columns: glueColumns(table),
  Location: location,
  InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
});

const base = (table: Table, location: string) => ({
  TableType: 'EXTERNAL_TABLE',
  PartitionKeys: partitionKeys(),
  StorageDescriptor: storage(table, location),
});

/** A table of the databases `rolecall` and `rolecall_staging`; publishing and staging give it its partitions. */
export const glueTable = (table: Table, lake: string): TableInput => ({
  ...base(table, `${lake}/`),
  Name: table.name,
  Description: `One row per ${table.grain}`,
  Parameters: { classification: 'parquet', EXTERNAL: 'TRUE' },
});

/** Where the newest snapshot of a table lies; before the first one, a date that is none. */
export interface Newest {
  readonly date: SnapshotDate;
  /** With the date as `${snapshot_date}`, as Athena asks of a location template. */
  readonly template: string;
}

const none = (lake: string): Newest => ({ date: 'none', template: `${lake}/snapshot_date=\${snapshot_date}/` });

/**
 * The table `<name>_latest`, which shows the newest snapshot alone. Its one partition is projected (Athena User Guide,
 * "Use partition projection"), so that pointing it elsewhere is one call: readers see the old snapshot or the new.
 */
export const glueLatestTable = (table: Table, lake: string, newest: Newest = none(lake)): TableInput => ({
  ...base(table, `${lake}/`),
  Name: `${table.name}_latest`,
  Description: `One row per ${table.grain}, of the newest snapshot alone`,
  Parameters: {
    classification: 'parquet',
    EXTERNAL: 'TRUE',
    'projection.enabled': 'true',
    'projection.snapshot_date.type': 'enum',
    'projection.snapshot_date.values': newest.date,
    'storage.location.template': newest.template,
  },
});
