import { join } from 'node:path';
import type { AnalyzedAccount } from '../analysis/account.ts';
import type { CollectedAccount } from '../analysis/collected.ts';
import type { Surroundings } from '../analysis/surroundings.ts';
import type { CoverageRow } from '../collectors/source.ts';
import { wellFormed } from '../collectors/well_formed.ts';
import { openParquet, type Written } from '../lake/parquet.ts';
import { checkRow } from '../lake/row_check.ts';
import { inKeyOrder } from '../lake/row_order.ts';
import { coverage } from '../tables/coverage.ts';
import type { Row, Table } from '../tables/table.ts';
import { addSightings, isOfAws, type Sightings, sightedTables, sightingsIn } from './aws_managed.ts';

/** What accounts mean, by table. */
type Rows = Partial<AnalyzedAccount>;
type Analyze = (collected: CollectedAccount, surroundings: Surroundings) => Rows;

const rowsOf = (rows: Rows, { name }: Table): readonly Row[] =>
  (rows as Readonly<Record<string, readonly Row[]>>)[name] ?? [];

export interface Finished {
  readonly written: readonly (Written & { readonly table: string })[];
  /** What the accounts saw of AWS’s own policies, which is in no file. */
  readonly seen: Sightings;
}

/** Files of some tables, in the making: accounts are understood one by one, and written once all is well with them. */
export interface AccountFiles {
  /** Holds the rows of an account, and tells its coverage where that hangs on them. @throws whatever is wrong with them */
  understand(collected: CollectedAccount, surroundings: Surroundings): Promise<readonly CoverageRow[]>;
  /** Writes what is held of an account. */
  append(accountId: string): Promise<void>;
  forget(accountId: string): Promise<void>;
  finish(): Promise<Finished>;
}

/** Opens a file for each of the tables, named as the table. */
export function accountFiles(tables: readonly Table[], analyze: Analyze, folder: string): AccountFiles {
  const files = tables.map((table) => ({ table, file: openParquet(table, join(folder, table.name)) }));
  const held = new Map<string, Rows>();
  const seen: Sightings = new Map();
  return {
    async understand(collected, surroundings) {
      const rows = analyze(collected, surroundings);
      held.set(collected.accountId, checkedRows(tables, rows));
      return checked(coverage, rows.coverage ?? []) as readonly CoverageRow[];
    },
    async append(accountId) {
      const rows = held.get(accountId)!;
      held.delete(accountId);
      for (const { table, file } of files) {
        for (const row of inKeyOrder(table, ownRows(table, rowsOf(rows, table)))) file.append(row);
      }
      addSightings(seen, sightingsIn(rows));
    },
    async forget(accountId) {
      held.delete(accountId);
    },
    async finish() {
      return { written: files.map(({ table, file }) => ({ table: table.name, ...file.finish() })), seen };
    },
  };
}

/**
 * All rows are checked before the first is written: one account must not spoil the files of others.
 * Texts are made whole once more, for documents hold escaped ones that only show when they are understood.
 */
function checkedRows(tables: readonly Table[], analyzed: Rows): Rows {
  return Object.fromEntries(tables.map((table) => [table.name, checked(table, rowsOf(analyzed, table))]));
}

/** Rows with whole texts. @throws ContractError when one is not as the table declares it. */
function checked(table: Table, given: readonly Row[]): readonly Row[] {
  const rows = given.map(wellFormed);
  rows.forEach((row, index) => {
    checkRow(table, row, index + 1);
  });
  return rows;
}

const ownRows = (table: Table, rows: readonly Row[]): readonly Row[] =>
  sightedTables.includes(table) ? rows.filter((row) => !isOfAws(row)) : rows;
