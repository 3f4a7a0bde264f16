import type { Catalog, Entry } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { deriveStep } from '../../pipeline/derive.ts';
import { derivedBefore, keepDerived, keptPlan } from '../../pipeline/kept.ts';
import { enter } from '../../pipeline/under_lock.ts';
import type { Engine } from '../../queries/engine.ts';
import { catalogOf, engineOf, environment, lakeOf } from './edges.ts';
import { stepState } from './events.ts';
import { lambda } from './lambda.ts';
import { log, logged } from './log.ts';

interface Edges {
  readonly lake: Lake;
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** Fills one table of one date by SQL, over the run and what the steps before this one derived. */
export async function derive(edges: Edges, event: unknown): Promise<{ files: number }> {
  const { run_id, step } = stepState(event);
  const { run } = await keptPlan(edges.lake, run_id);
  await enter(edges.lake, run, logged(run_id));
  const entries = await deriveStep(edges, run, await derivedBefore(edges.lake, run_id, step), step);
  await keepDerived(edges.lake, run_id, step, entries);
  log({ event: 'derived', run_id, ...step, rows: rowsIn(entries) });
  return { files: entries.length };
}

const rowsIn = (entries: readonly Entry[]): number => entries.reduce((sum, { rows }) => sum + rows, 0);

export const handler = lambda(() => {
  const given = environment();
  const lake = lakeOf(given);
  return { lake, catalog: catalogOf(given, lake), engine: engineOf(given, lake) };
}, derive);
