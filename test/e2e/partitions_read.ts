import type { Published } from '../../lake/catalog.ts';
import type { Engine } from '../../queries/engine.ts';
import type { Sql } from '../../queries/sql.ts';

/** Trino's plan of what a query reads (Trino documentation, "EXPLAIN", type IO): the columns that narrow it, with their values. */
interface Plan {
  readonly inputTableColumnInfos: readonly {
    readonly table: { readonly schemaTable: { readonly table: string } };
    readonly constraint?: { readonly columnConstraints: readonly Constraint[] };
  }[];
}

interface Constraint {
  readonly columnName: string;
  readonly domain: { readonly ranges: readonly { readonly low: { readonly value?: string } }[] };
}

export interface Read {
  readonly table: string;
  /** Dates of the partitions. */
  readonly dates: readonly (string | undefined)[];
}

const datesIn = ({ domain }: Constraint): Read['dates'] => domain.ranges.map(({ low }) => low.value);

/** Which partitions a query would read, scan by scan. */
export async function partitionsRead(engine: Engine, sql: Sql, from: Published): Promise<readonly Read[]> {
  const { rows } = await engine.query(`explain (type io, format json) ${sql}` as Sql, from);
  const plan = JSON.parse(String(Object.values(rows[0]!)[0])) as Plan;
  return plan.inputTableColumnInfos.map(({ table, constraint }) => ({
    table: table.schemaTable.table,
    dates:
      constraint?.columnConstraints.filter(({ columnName }) => columnName === 'snapshot_date').flatMap(datesIn) ?? [],
  }));
}
