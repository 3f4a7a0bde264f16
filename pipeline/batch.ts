import { join } from 'node:path';
import { organizationOf, type Surroundings } from '../analysis/surroundings.ts';
import { collectAccount } from '../collectors/account.ts';
import type { AccountRow, CoverageRow, Plan, Source } from '../collectors/source.ts';
import type { Lake } from '../lake/lake.ts';
import { openParquet, type ParquetFile } from '../lake/parquet.ts';
import { inKeyOrder } from '../lake/row_order.ts';
import { withWorkFolder } from '../lake/store_rows.ts';
import { runFolder } from '../lake/unused_files.ts';
import { allTables } from '../tables/all.generated.ts';
import { coverage } from '../tables/coverage.ts';
import type { AccountFiles, Finished } from './account_files.ts';
import { type Sightings, storeSightings } from './aws_managed.ts';
import { type Completeness, completeness, crashedCoverage } from './completeness.ts';
import { always, begunInTime, type MayBegin } from './deadline.ts';
import { withAccountFiles } from './halves.ts';
import { inOrder } from './in_order.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import type { Batch } from './plan.ts';
import { type Run, tableFolder } from './run.ts';

/** Accounts of a batch that are read at a time, and so the most that are held in memory. */
const ACCOUNTS_AT_A_TIME = 5;

interface DoneAccount {
  readonly account: AccountRow;
  readonly coverage: readonly CoverageRow[];
  /** Whether there is more of it than its coverage. */
  readonly isUnderstood: boolean;
}

/** Called when an account is written. */
export type AccountDone = (account: AccountRow, coverage: readonly CoverageRow[]) => void;

/** What the plan knows of an account that the account itself does not tell. */
function surroundingsOf(plan: Plan, account: AccountRow): Surroundings {
  const { organizationPolicies, members } = plan;
  return {
    controlPolicies: organizationPolicies.filter((row) => row.account_id === account.account_id),
    covered: plan.coverage.some(({ resource, status }) => resource === 'organization_policies' && status === 'ok'),
    isManagement: account.is_management ?? false,
    members,
    organization: organizationOf(account),
  };
}

/** All at once; when one fails the others have ended too. */
async function inAll<T>(
  files: readonly AccountFiles[],
  work: (one: AccountFiles) => Promise<T>,
): Promise<readonly T[]> {
  const results = await Promise.allSettled(files.map(work));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Reads an account; one that breaks the collector is an account that was not read, and the others go on. */
async function readAccount(
  source: Source,
  account: AccountRow,
  plan: Plan,
  files: readonly AccountFiles[],
  signal: AbortSignal,
): Promise<DoneAccount> {
  try {
    const collected = await collectAccount(source, account, plan.regions, signal);
    const surroundings = surroundingsOf(plan, account);
    const told = await inAll(files, (one) => one.understand(collected, surroundings));
    return { account, coverage: told.flat(), isUnderstood: true };
  } catch (error) {
    signal.throwIfAborted();
    await inAll(files, (one) => one.forget(account.account_id));
    return { account, coverage: crashedCoverage(account, plan.regions, error), isUnderstood: false };
  }
}

/** Streams account after account into the files. */
async function writeAccounts(
  accounts: AsyncIterable<DoneAccount>,
  files: readonly AccountFiles[],
  coverageFile: ParquetFile,
  done: AccountDone,
): Promise<readonly Completeness[]> {
  const completed: Completeness[] = [];
  for await (const { account, coverage: rows, isUnderstood } of accounts) {
    if (isUnderstood) await inAll(files, (one) => one.append(account.account_id));
    for (const row of inKeyOrder(coverage, rows)) coverageFile.append(row);
    completed.push(completeness(account, rows));
    done(account, rows);
  }
  return completed;
}

/** All at once: most of the time goes into waiting for the disk. */
function storeFiles(
  lake: Lake,
  run: Run,
  batch: Batch,
  folder: string,
  written: Finished['written'],
): Promise<Manifest['files']> {
  const store = async ({ table: name, rows, bytes }: Finished['written'][number]) => {
    const table = allTables.find((one) => one.name === name)!;
    const key = `${tableFolder(run, table)}/${batch.name}.parquet`;
    await lake.put(key, join(folder, name));
    return { table: name, file: key.slice(runFolder(run.id).length + 1), rows, bytes };
  };
  return Promise.all(inTableOrder(written).map(store));
}

/** As the tables are listed, whoever wrote them. */
const inTableOrder = (written: Finished['written']): Finished['written'] =>
  allTables.flatMap(({ name }) => written.filter(({ table }) => table === name));

export interface CollectingEdges {
  readonly source: Source;
  readonly lake: Lake;
  /** Pays where accounts are read faster than they are understood, as from files. */
  readonly inTwoThreads?: boolean;
}

/**
 * Reads a batch of accounts and stores a file of each collected table, then the manifest that names them.
 * What cannot be read becomes coverage. @throws only on abort, and when the lake cannot be written.
 * @returns the accounts for which there was no time: a batch of their own.
 */
export async function collectBatch(
  { source, lake, inTwoThreads = false }: CollectingEdges,
  run: Run,
  batch: Batch,
  plan: Plan,
  done: AccountDone,
  signal: AbortSignal,
  mayBegin: MayBegin = always,
): Promise<readonly AccountRow[]> {
  return withWorkFolder((folder) =>
    withAccountFiles(folder, inTwoThreads, async (files) => {
      const coverageFile = openParquet(coverage, join(folder, coverage.name));
      const read = (account: AccountRow) => readAccount(source, account, plan, files, signal);
      const accounts = inOrder(begunInTime(batch.accounts, mayBegin), ACCOUNTS_AT_A_TIME, read);
      const completed = await writeAccounts(accounts, files, coverageFile, done);
      signal.throwIfAborted();
      const finished = await inAll(files, (one) => one.finish());
      const seen: Sightings = new Map(finished.flatMap((one) => [...one.seen]));
      await storeSightings(lake, run, batch.name, seen);
      const written = [...finished.flatMap((one) => one.written), { table: coverage.name, ...coverageFile.finish() }];
      const stored = await storeFiles(lake, run, batch, folder, written);
      await writeManifest(lake, run, { batch: batch.name, accounts: completed, files: stored });
      return batch.accounts.slice(completed.length);
    }),
  );
}
