import { join } from 'node:path';
import { type AnalyzedAccount, analyzeAccount } from '../analysis/account.ts';
import { organizationOf, type Surroundings } from '../analysis/surroundings.ts';
import { collectAccount } from '../collectors/account.ts';
import type { AccountRow, CoverageRow, Plan, Source } from '../collectors/source.ts';
import { wellFormed } from '../collectors/well_formed.ts';
import type { Lake } from '../lake/lake.ts';
import { openParquet, type ParquetFile } from '../lake/parquet.ts';
import { checkRow } from '../lake/row_check.ts';
import { inKeyOrder } from '../lake/row_order.ts';
import { withWorkFolder } from '../lake/store_rows.ts';
import { runFolder } from '../lake/unused_files.ts';
import { allTables } from '../tables/all.generated.ts';
import type { Row, Table } from '../tables/table.ts';
import {
  type AwsManaged,
  addSightings,
  isOfAws,
  type Sightings,
  sightedTables,
  storeSightings,
} from './aws_managed.ts';
import { type Completeness, completeness, crashedCoverage } from './completeness.ts';
import { always, begunInTime, type MayBegin } from './deadline.ts';
import { inOrder } from './in_order.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import type { Batch } from './plan.ts';
import { type Run, tableFolder } from './run.ts';

/** Accounts of a batch that are read at a time, and so the most that are held in memory. */
const ACCOUNTS_AT_A_TIME = 5;

const collectedTables: readonly Table[] = allTables.filter(({ filling }) => filling === 'collected');

/** What an account that broke off still has is its coverage. */
type Rows = AnalyzedAccount | Pick<AnalyzedAccount, 'coverage'>;

const rowsOf = (rows: Rows, { name }: Table): readonly Row[] =>
  (rows as Readonly<Record<string, readonly Row[]>>)[name] ?? [];

interface DoneAccount {
  readonly account: AccountRow;
  readonly rows: Rows;
}

/** Called when an account is written. */
export type AccountDone = (account: AccountRow, coverage: readonly CoverageRow[]) => void;

/**
 * All rows are checked before the first is written: one account must not spoil the files of the batch.
 * Texts are made whole once more, for documents hold escaped ones that only show when they are understood.
 */
function checkedRows(analyzed: AnalyzedAccount): AnalyzedAccount {
  const checked = collectedTables.map((table) => {
    const rows = rowsOf(analyzed, table).map(wellFormed);
    rows.forEach((row, index) => {
      checkRow(table, row, index + 1);
    });
    return [table.name, rows];
  });
  return Object.fromEntries(checked) as AnalyzedAccount;
}

/** What the plan knows of an account that the account itself does not tell. */
function surroundingsOf({ organizationPolicies, coverage, members }: Plan, account: AccountRow): Surroundings {
  return {
    controlPolicies: organizationPolicies.filter((row) => row.account_id === account.account_id),
    covered: coverage.some(({ resource, status }) => resource === 'organization_policies' && status === 'ok'),
    isManagement: account.is_management ?? false,
    members,
    organization: organizationOf(account),
  };
}

/** An account as rows; one that breaks the collector is an account that was not read, and the others go on. */
async function readAccount(source: Source, account: AccountRow, plan: Plan, signal: AbortSignal): Promise<DoneAccount> {
  try {
    const collected = await collectAccount(source, account, plan.regions, signal);
    return { account, rows: checkedRows(analyzeAccount(collected, surroundingsOf(plan, account))) };
  } catch (error) {
    signal.throwIfAborted();
    return { account, rows: { coverage: crashedCoverage(account, plan.regions, error) } };
  }
}

type OpenFiles = ReadonlyMap<Table, ParquetFile>;

const openFiles = (folder: string): OpenFiles =>
  new Map(collectedTables.map((table) => [table, openParquet(table, join(folder, table.name))]));

function append(files: OpenFiles, rows: Rows): void {
  for (const [table, file] of files) {
    const isSighting = (row: Row): boolean => sightedTables.includes(table) && isOfAws(row);
    const own = rowsOf(rows, table).filter((row) => !isSighting(row));
    for (const row of inKeyOrder(table, own)) file.append(row);
  }
}

const sightingsIn = (rows: Rows): AwsManaged =>
  'policies' in rows
    ? { policies: rows.policies.filter(isOfAws), statements: rows.statements.filter(isOfAws) }
    : { policies: [], statements: [] };

/** Streams account after account into the files; what they saw of AWS's own policies is gathered apart. */
async function writeAccounts(
  accounts: AsyncIterable<DoneAccount>,
  files: OpenFiles,
  done: AccountDone,
): Promise<{ completed: readonly Completeness[]; seen: Sightings }> {
  const completed: Completeness[] = [];
  const seen: Sightings = new Map();
  for await (const { account, rows } of accounts) {
    append(files, rows);
    addSightings(seen, sightingsIn(rows));
    completed.push(completeness(account, rows.coverage));
    done(account, rows.coverage);
  }
  return { completed, seen };
}

/** All at once: most of the time goes into waiting for the disk. */
function storeFiles(lake: Lake, run: Run, batch: Batch, folder: string, files: OpenFiles): Promise<Manifest['files']> {
  const store = async ([table, file]: [Table, ParquetFile]) => {
    const written = file.finish();
    const key = `${tableFolder(run, table)}/${batch.name}.parquet`;
    await lake.put(key, join(folder, table.name));
    return { table: table.name, file: key.slice(runFolder(run.id).length + 1), ...written };
  };
  return Promise.all([...files].map(store));
}

/**
 * Reads a batch of accounts and stores a file of each collected table, then the manifest that names them.
 * What cannot be read becomes coverage. @throws only on abort, and when the lake cannot be written.
 * @returns the accounts for which there was no time: a batch of their own.
 */
export async function collectBatch(
  { source, lake }: { source: Source; lake: Lake },
  run: Run,
  batch: Batch,
  plan: Plan,
  done: AccountDone,
  signal: AbortSignal,
  mayBegin: MayBegin = always,
): Promise<readonly AccountRow[]> {
  return withWorkFolder(async (folder) => {
    const files = openFiles(folder);
    const read = (account: AccountRow) => readAccount(source, account, plan, signal);
    const accounts = inOrder(begunInTime(batch.accounts, mayBegin), ACCOUNTS_AT_A_TIME, read);
    const { completed, seen } = await writeAccounts(accounts, files, done);
    signal.throwIfAborted();
    await storeSightings(lake, run, batch.name, seen);
    const stored = await storeFiles(lake, run, batch, folder, files);
    await writeManifest(lake, run, { batch: batch.name, accounts: completed, files: stored });
    return batch.accounts.slice(completed.length);
  });
}
