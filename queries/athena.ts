import type { AthenaClient } from '@aws-sdk/client-athena';
import type { Lake } from '../lake/lake.ts';
import { type Execution, execute } from './athena_execution.ts';
import { rowsOf } from './athena_rows.ts';
import { unloadInto } from './athena_unload.ts';
import type { Engine } from './engine.ts';
import { readJsonLists, withJsonLists } from './json_lists.ts';

export interface AthenaOptions {
  readonly client: AthenaClient;
  /** The lake that the databases' tables show. */
  readonly lake: Lake;
  readonly workgroup: string;
  /** Glue database of what is published. */
  readonly database: string;
  /** Glue database of the same with the run on its way. */
  readonly staging: string;
  /** Is told how many bytes each query read. */
  readonly onScanned?: (bytes: number) => void;
}

/** SQL in Athena. What a query sees is what the Glue database shows at that moment, whatever contents are handed in. */
export function athena({ client, lake, workgroup, database, staging, onScanned }: AthenaOptions): Engine {
  const run = async (sql: string, where: string, signal?: AbortSignal): Promise<Execution> => {
    const execution = await execute({ client, workgroup, database: where }, sql, signal);
    onScanned?.(execution.bytes);
    return execution;
  };
  return {
    async query(sql, from, { columns = [], signal } = {}) {
      const asked = withJsonLists(sql, columns);
      const { id } = await run(asked, from.kind === 'staged' ? staging : database, signal);
      return readJsonLists(await rowsOf(client, id), columns);
    },
    unload: (queries, _, to) => unloadInto(lake, queries, to, (sql) => run(sql, staging)),
    close: async () => undefined,
  };
}
