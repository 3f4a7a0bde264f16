import type { Catalog } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { type Step, stepsOf } from '../../pipeline/derive.ts';
import { keepStaged, keptPlan } from '../../pipeline/kept.ts';
import { stageRun } from '../../pipeline/stage.ts';
import { enter } from '../../pipeline/under_lock.ts';
import { catalogOf, environment, lakeOf } from './edges.ts';
import { type RunState, runState } from './events.ts';
import { lambda } from './lambda.ts';
import { logged } from './log.ts';

interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
}

/** Gathers what the batches wrote, and says in which steps it is derived. */
export async function stage(edges: Edges, event: unknown): Promise<RunState & { steps: readonly Step[] }> {
  const state = runState(event);
  const { run, plan } = await keptPlan(edges.lake, state.run_id);
  await enter(edges.lake, run, logged(run.id));
  const staged = await stageRun(edges, run, plan);
  await keepStaged(edges.lake, staged);
  return { ...state, steps: stepsOf(staged) };
}

export const handler = lambda(() => {
  const given = environment();
  const lake = lakeOf(given);
  return { lake, catalog: catalogOf(given, lake) };
}, stage);
