import type { AccountRow, Plan, Scope, Source } from '../collectors/source.ts';
import { NotReadable } from '../collectors/source.ts';
import { NothingReadError, UsageError } from '../errors.ts';
import { compareText } from '../lake/row_order.ts';
import type { Report } from './events.ts';

/** Accounts whose rows share one file per table. */
const ACCOUNTS_PER_BATCH = 50;

/** Accounts that are collected and stored together; files are named by the batch, so a retry overwrites. */
export interface Batch {
  readonly name: string;
  readonly accounts: readonly AccountRow[];
}

/** @throws UsageError when it is no date of the calendar, yyyy-MM-dd. */
export function checkDate(date: string): void {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw new UsageError(`${JSON.stringify(date)} is no date. Give the snapshot a date such as 2026-01-05`);
  }
}

async function read(source: Source, scope: Scope, signal: AbortSignal): Promise<Plan> {
  try {
    return await source.plan(scope, signal);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    throw new NothingReadError(`The accounts could not be listed: ${error.message}`, { cause: error });
  }
}

/** Says what will be read, and what of the organization itself could not be; what was not provided is no mistake. */
export function reportPlan({ accounts, regions, coverage }: Plan, report: Report): void {
  report({ kind: 'planned', accounts: accounts.length, regions });
  for (const { resource, status, message } of coverage) {
    if (status === 'ok' || status === 'not_provided') continue;
    report({ kind: 'warning', message: `organization ${resource} ${status}: ${message ?? 'no reason given'}` });
  }
}

/**
 * What a run sets out to read, accounts in order.
 * @throws NothingReadError when there is no account to look at.
 */
export async function planRun(source: Source, scope: Scope, signal: AbortSignal): Promise<Plan> {
  const plan = await read(source, scope, signal);
  if (plan.accounts.length === 0) throw new NothingReadError('There is no account to read in what was given');
  return { ...plan, accounts: plan.accounts.toSorted((a, b) => compareText(a.account_id, b.account_id)) };
}

/** Accounts of a plan that follow each other, named by the first of them, so that names sort as accounts do. */
export const batchOf = (plan: Plan, accounts: readonly AccountRow[]): Batch => ({
  name: String(plan.accounts.indexOf(accounts[0]!)).padStart(5, '0'),
  accounts,
});

/** All accounts of a plan. */
export function batchesOf(plan: Plan): readonly Batch[] {
  const count = Math.ceil(plan.accounts.length / ACCOUNTS_PER_BATCH);
  const nth = (index: number) => index * ACCOUNTS_PER_BATCH;
  return Array.from({ length: count }, (_, index) => batchOf(plan, plan.accounts.slice(nth(index), nth(index + 1))));
}
