import type { AccountRow, CoverageRow, Plan } from '../collectors/source.ts';
import { ContractError, NothingReadError } from '../errors.ts';
import type { Catalog, Contents, Entry, SnapshotRow, Staged } from '../lake/catalog.ts';
import type { Key, Lake } from '../lake/lake.ts';
import { runFolder } from '../lake/unused_files.ts';
import { version } from '../package_root.ts';
import { accounts } from '../tables/accounts.ts';
import { coverage } from '../tables/coverage.ts';
import { organizationPolicies } from '../tables/organization_policies.ts';
import { policies } from '../tables/policies.ts';
import { statements } from '../tables/statements.ts';
import { mergeSightings } from './aws_managed.ts';
import { crashedCoverage, isRequired } from './completeness.ts';
import { withoutDerived } from './derive.ts';
import { type Manifest, readManifests } from './manifest.ts';
import { type Run, tablesOf } from './run.ts';
import { storeTable } from './store_table.ts';
import { unaskedCoverage } from './unasked.ts';

function entriesOf(run: Run, manifests: readonly Manifest[]): readonly Entry[] {
  const files = manifests.flatMap((manifest) => manifest.files);
  const prefix = `${runFolder(run.id)}/`;
  return files.map(({ table, file, rows, bytes }) => ({
    table,
    snapshot_date: run.date,
    key: prefix + file,
    rows,
    bytes,
  }));
}

/** Files of batches that broke off, and of an earlier staging of this run. */
async function dropUnnamed(lake: Lake, run: Run, entries: readonly Entry[]): Promise<void> {
  const named = new Set(entries.map(({ key }) => key));
  const unnamed: Key[] = [];
  for await (const { key } of lake.list(tablesOf(run))) {
    if (!named.has(key)) unnamed.push(key);
  }
  await lake.remove(unnamed);
}

function unwritten(plan: Plan, manifests: readonly Manifest[]): readonly AccountRow[] {
  const written = new Set(manifests.flatMap((manifest) => manifest.accounts.map(({ account_id }) => account_id)));
  return plan.accounts.filter(({ account_id }) => !written.has(account_id));
}

/** What no batch writes: the plan itself, accounts whose batch broke off, and AWS's own policies once for all. */
async function storePlanned(
  lake: Lake,
  run: Run,
  plan: Plan,
  manifests: readonly Manifest[],
  unasked: readonly CoverageRow[],
): Promise<readonly Entry[]> {
  const crashed = unwritten(plan, manifests).flatMap((account) => crashedCoverage(account, plan.regions));
  const batches = manifests.map(({ batch }) => batch);
  const ofAws = await mergeSightings(lake, run, batches);
  const files = [
    { table: accounts, name: 'plan', rows: plan.accounts },
    { table: organizationPolicies, name: 'plan', rows: plan.organizationPolicies },
    { table: coverage, name: 'plan', rows: [...plan.coverage, ...crashed, ...unasked] },
    { table: policies, name: 'aws', rows: ofAws.policies },
    { table: statements, name: 'aws', rows: ofAws.statements },
  ];
  return Promise.all(files.map((file) => storeTable(lake, run, file)));
}

/** Batches cut otherwise than at the first attempt may meet: an account that two of them wrote would count twice. */
function checkWrittenOnce(manifests: readonly Manifest[]): void {
  const written = new Set<string>();
  for (const { account_id } of manifests.flatMap(({ accounts }) => accounts)) {
    if (written.has(account_id))
      throw new ContractError(`Two batches of this run wrote account ${account_id}. Start a run of another id`);
    written.add(account_id);
  }
}

/** The row of the table `snapshots`, as far as it is known before publishing. */
function snapshotRow({ snapshots }: Contents, run: Run, plan: Plan, complete: number): SnapshotRow {
  return {
    snapshot_date: run.date,
    run_id: run.id,
    previous_run_id: snapshots.find(({ snapshot_date }) => snapshot_date === run.date)?.run_id ?? null,
    started_at: run.startedAt,
    finished_at: run.startedAt,
    accounts_planned: plan.accounts.length,
    accounts_complete: complete,
    rolecall_version: version,
    row_counts: '{}',
    derived_run_id: run.id,
  };
}

/** Accounts of which everything required was read, also where this run did not ask. */
function countComplete(manifests: readonly Manifest[], unasked: readonly CoverageRow[]): number {
  const lacking = new Set(unasked.filter(isRequired).map(({ account_id }) => account_id));
  const accounts = manifests.flatMap((manifest) => manifest.accounts);
  return accounts.filter(({ account_id, complete }) => complete && !lacking.has(account_id)).length;
}

function checkAnythingRead(run: Run, manifests: readonly Manifest[]): void {
  if (manifests.some(({ accounts }) => accounts.some(({ anything }) => anything))) return;
  throw new NothingReadError(
    `Nothing could be read of any account, so no snapshot of ${run.date} is published. Mend the problems that were reported of the accounts`,
  );
}

/**
 * Gathers what the batches of a run wrote and shows it to the derived SQL, beside the published snapshots.
 * Planned accounts that no manifest names become coverage `error`, code `collector_crashed`; regions that the snapshot
 * before asked about and this run does not become `not_provided`.
 * @throws NothingReadError when no account gave anything that is required of it.
 */
export async function stageRun(edges: { lake: Lake; catalog: Catalog }, run: Run, plan: Plan): Promise<Staged> {
  const manifests = await readManifests(edges.lake, run);
  checkAnythingRead(run, manifests);
  checkWrittenOnce(manifests);
  const collected = entriesOf(run, manifests);
  await dropUnnamed(edges.lake, run, collected);
  const before = await edges.catalog.published();
  const unasked = await unaskedCoverage(edges.lake, run, plan, before);
  const planned = await storePlanned(edges.lake, run, plan, manifests, unasked);
  const row = snapshotRow(before, run, plan, countComplete(manifests, unasked));
  return withoutDerived(await edges.catalog.stage(row, [...collected, ...planned]));
}
