import type { Plan, Scope } from '../collectors/source.ts';
import type { Catalog, SnapshotDate, SnapshotRow } from '../lake/catalog.ts';
import type { Engine } from '../queries/engine.ts';
import { type AccountDone, type CollectingEdges, collectBatch } from './batch.ts';
import { deriveRun } from './derive.ts';
import type { Report } from './events.ts';
import { freeMemory } from './free_memory.ts';
import { inOrder } from './in_order.ts';
import { batchesOf, checkDate, planRun, reportPlan } from './plan.ts';
import { publishRun } from './publish.ts';
import { newRun, type Run } from './run.ts';
import { stageRun } from './stage.ts';
import { checkSuppressions } from './suppressions.ts';
import { withinScope } from './unasked.ts';
import { underLock } from './under_lock.ts';

/** The next batch is read while the last accounts of one are awaited and its files are stored. */
const BATCHES_AT_A_TIME = 2;

export interface SnapshotEdges extends CollectingEdges {
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** Says of each account, when it is written, what of it could not be read. */
function progressOf(plan: Plan, report: Report): AccountDone {
  let done = 0;
  return ({ account_id }, rows) => {
    done += 1;
    const coverage = rows.filter(({ status }) => status !== 'ok');
    report({ kind: 'account_done', account_id, done, total: plan.accounts.length, coverage });
  };
}

async function takeSnapshot(
  edges: SnapshotEdges,
  run: Run,
  scope: Scope,
  report: Report,
  signal: AbortSignal,
): Promise<SnapshotRow> {
  await checkSuppressions(edges.lake, run.date, report);
  const plan = await planRun(edges.source, scope, signal);
  reportPlan(plan, report);
  const done = progressOf(plan, report);
  const collecting = { ...edges, source: withinScope(edges.source, scope) };
  const collected = inOrder(batchesOf(plan), BATCHES_AT_A_TIME, (batch) =>
    collectBatch(collecting, run, batch, plan, done, signal),
  );
  for await (const _ of collected);
  freeMemory();
  const staged = await stageRun(edges, run, plan);
  report({ kind: 'staged' });
  const derived = await deriveRun(edges, run, staged, report, signal);
  signal.throwIfAborted();
  const row = await publishRun(edges, run, derived, new Date());
  report({ kind: 'published', row });
  return row;
}

/**
 * Reads the organization and publishes it as the snapshot of a date, in place of an earlier one of that date.
 * An abort, an error or a crash at any moment leaves readers what they had.
 * @throws UsageError for a bad date or while another run holds the lake; NothingReadError when nothing could be read.
 */
export async function snapshot(
  edges: SnapshotEdges,
  request: { readonly date: SnapshotDate; readonly scope: Scope },
  report: Report,
  signal: AbortSignal,
): Promise<SnapshotRow> {
  checkDate(request.date);
  const run = newRun(request.date);
  return underLock(edges, run, report, () => takeSnapshot(edges, run, request.scope, report, signal));
}
