import type { Region, Source } from '../../collectors/source.ts';
import type { Catalog } from '../../lake/catalog.ts';
import type { Lake } from '../../lake/lake.ts';
import { accountsKey } from '../../pipeline/kept.ts';
import { planOrResume } from '../../pipeline/resume.ts';
import { enter } from '../../pipeline/under_lock.ts';
import { catalogOf, environment, lakeOf, sourceOf } from './edges.ts';
import { askedOf, type RunState } from './events.ts';
import { lambda } from './lambda.ts';
import { logged } from './log.ts';
import { never } from './never.ts';

interface Edges {
  readonly source: Source;
  readonly lake: Lake;
  readonly catalog: Catalog;
  /** Regions that are read unless the execution names some; none means all that are enabled. */
  readonly regions: readonly Region[];
}

/** Takes the lock of the lake and lists the accounts; a run that stopped goes on with those it listed then. */
export async function plan(edges: Edges, event: unknown): Promise<RunState> {
  const { run, input } = askedOf(event);
  await enter(edges.lake, run, logged(run.id));
  const regions = input.regions.length > 0 ? input.regions : edges.regions;
  const asked = { run, date: input.date, scope: { accounts: input.accounts, regions } };
  const planned = await planOrResume(edges, asked, logged(run.id), never);
  return { run_id: run.id, date: planned.run.date, plan_key: accountsKey(run.id) };
}

export const handler = lambda(() => {
  const given = environment();
  const lake = lakeOf(given);
  return { source: sourceOf(given), lake, catalog: catalogOf(given, lake), regions: given.REGIONS };
}, plan);
