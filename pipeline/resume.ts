import type { Scope, Source } from '../collectors/source.ts';
import { UsageError } from '../errors.ts';
import type { Catalog, SnapshotDate } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import type { Report } from './events.ts';
import { type KeptPlan, keepPlan, planIfKept } from './kept.ts';
import { planRun, reportPlan } from './plan.ts';
import type { Run } from './run.ts';
import { checkSuppressions } from './suppressions.ts';

interface Edges {
  readonly source: Source;
  readonly lake: Lake;
  readonly catalog: Catalog;
}

/** What an attempt at a run is asked for. */
export interface Asked {
  readonly run: Run;
  readonly scope: Scope;
  /** Undefined when nobody named one: a run that goes on keeps its own. */
  readonly date: SnapshotDate | undefined;
}

/** Files that readers see must not be written again. */
async function checkUnpublished(catalog: Catalog, runId: string): Promise<void> {
  const { snapshots } = await catalog.published();
  if (snapshots.every(({ run_id }) => run_id !== runId)) return;
  throw new UsageError(`Run ${runId} is published. Leave its id out to read the organization anew`);
}

function checkSameDate({ run }: KeptPlan, date: SnapshotDate | undefined): void {
  if (date === undefined || date === run.date) return;
  throw new UsageError(`Run ${run.id} is one of ${run.date}, not of ${date}. Leave the date out to go on with it`);
}

/**
 * The plan of a run: made and kept, or, when an earlier attempt came so far, the one that was kept then.
 * @throws UsageError when the run is published, or is one of another date; NothingReadError when there is nothing to read.
 */
export async function planOrResume(
  { source, lake, catalog }: Edges,
  { run, scope, date }: Asked,
  report: Report,
  signal: AbortSignal,
): Promise<KeptPlan> {
  await catalog.mend();
  await checkUnpublished(catalog, run.id);
  await checkSuppressions(lake, run.date, report);
  const kept = await planIfKept(lake, run.id);
  if (kept !== undefined) checkSameDate(kept, date);
  const planned = kept ?? { run, scope, plan: await planRun(source, scope, signal) };
  reportPlan(planned.plan, report);
  if (kept === undefined) await keepPlan(lake, planned);
  return planned;
}
