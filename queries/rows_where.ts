import type { SnapshotDate } from '../lake/catalog.ts';
import type { Table } from '../tables/table.ts';
import { quoted, substitute } from './render.ts';
import type { Sql } from './sql.ts';
import { identifier } from './typed_columns.ts';

/** Values that columns must have, any of the list. */
export type Where = Readonly<Record<string, readonly string[]>>;

/** All columns of a table's rows in one snapshot, in the order of its key. */
export function rowsWhere({ name, columns, key }: Table, date: SnapshotDate, where: Where): Sql {
  const all = Object.keys(columns).map(identifier).join(', ');
  const wanted = Object.keys(where).map((column) => `and ${identifier(column)} in (:${column})`);
  const order = key.map(identifier).join(', ');
  const literals = Object.entries(where).map(([column, values]) => [column, values.map(quoted).join(', ')] as const);
  const body = `select ${all} from ${name} where snapshot_date = :date ${wanted.join(' ')} order by ${order}`;
  return substitute(body, { date: quoted(date), ...Object.fromEntries(literals) });
}
