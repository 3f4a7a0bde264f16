import { type CoverageRow, GLOBAL, NotReadable, type Plan, type Scope, type Source } from '../collectors/source.ts';
import type { Contents, Entry } from '../lake/catalog.ts';
import type { Lake } from '../lake/lake.ts';
import { readParquet } from '../lake/parquet.ts';
import { coverage } from '../tables/coverage.ts';
import type { Run } from './run.ts';

/** The source, save that accounts outside the scope are not opened: they stay planned, and coverage says why. */
export function withinScope(source: Source, { accounts }: Scope): Source {
  if (accounts.length === 0) return source;
  return {
    plan: (scope, signal) => source.plan(scope, signal),
    async open(account, signal) {
      if (accounts.includes(account.account_id)) return source.open(account, signal);
      throw new NotReadable('not_provided', 'not asked for in this run');
    },
  };
}

/** Files of coverage of the newest snapshot before the run's date. */
function coverageBefore({ snapshots, entries }: Contents, { date }: Run): readonly Entry[] {
  const earlier = snapshots.map(({ snapshot_date }) => snapshot_date).filter((known) => known < date);
  const newest = earlier.sort().at(-1);
  return entries.filter(({ table, snapshot_date }) => table === coverage.name && snapshot_date === newest);
}

const unasked = (row: CoverageRow): CoverageRow => ({
  ...row,
  status: 'not_provided',
  error_code: null,
  message: 'asked for at an earlier snapshot, and not in this run',
  rows: 0,
  api_calls: 0,
  duration_ms: null,
});

/**
 * Coverage of the regions that the snapshot before asked about and this run does not, for accounts that are still
 * there: without it, what stands in those regions would read as gone.
 */
export async function unaskedCoverage(lake: Lake, run: Run, plan: Plan, before: Contents): Promise<CoverageRow[]> {
  const regions = new Set([GLOBAL, ...plan.regions]);
  const accounts = new Set(plan.accounts.map(({ account_id }) => account_id));
  const rows: CoverageRow[] = [];
  for (const { key } of coverageBefore(before, run)) {
    const bytes = await lake.get(key);
    const known = bytes === undefined ? [] : ((await readParquet(coverage, bytes)) as readonly CoverageRow[]);
    rows.push(...known.filter((row) => accounts.has(row.account_id) && !regions.has(row.region)).map(unasked));
  }
  return rows;
}
