import type { GlueClient } from '@aws-sdk/client-glue';
import { allTables } from '../tables/all.generated.ts';
import type { Table } from '../tables/table.ts';
import type { Lake } from './lake.ts';
import type { Partition } from './partition.ts';

/** A database of Glue, and the lake that its tables show. */
export interface GlueDatabase {
  readonly client: GlueClient;
  readonly lake: Lake;
  readonly database: string;
}

/** One of the tables of this rolecall. */
export const tableNamed = (name: string): Table => allTables.find((table) => table.name === name)!;

/** A table in words, for messages. */
export const whereIn = ({ database }: GlueDatabase, table: string): string =>
  `table ${table} of Glue database ${database}`;

/** The slash at the end keeps Athena from reading folders whose names only begin alike. */
export const locationIn = ({ lake }: GlueDatabase, { folder }: Partition): string => `${lake.location(folder)}/`;
