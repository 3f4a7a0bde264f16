import { grouped } from '../analysis/grouped.ts';
import type { Result, ResultRow } from '../queries/engine.ts';
import { number, text } from './cell.ts';

/** A value at a snapshot; null when it cannot be known. */
export interface Point {
  readonly date: string;
  readonly value: number | null;
}

/** What the metric was over the snapshots, oldest first, by scope (organization, or the names of the teams). */
export function metricByScope(trends: Result, metric: string): ReadonlyMap<string, readonly Point[]> {
  const rows = trends.rows.filter((row) => row.metric === metric);
  const oldestFirst = rows.toSorted((a, b) => (text(a.snapshot_date) < text(b.snapshot_date) ? -1 : 1));
  const pointOf = (row: ResultRow) => ({ date: text(row.snapshot_date), value: number(row.value) });
  return new Map(
    [...grouped(oldestFirst, (row) => text(row.scope))].map(([scope, each]) => [scope, each.map(pointOf)]),
  );
}

/** Where each date lies between the first and the last, 0 to 100; a single date lies at the end. */
export function positionOf(dates: readonly string[]): (date: string) => number {
  const first = Date.parse(dates[0] ?? '');
  const span = Date.parse(dates.at(-1) ?? '') - first;
  return (date) => (span > 0 ? round(((Date.parse(date) - first) / span) * 100) : 100);
}

/** Two decimals are finer than a screen. */
export const round = (value: number): number => Math.round(value * 100) / 100;
