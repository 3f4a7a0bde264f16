import type { Result } from '../queries/engine.ts';
import { number, text } from './cell.ts';

/** A value at a snapshot; null when it cannot be known. */
export interface Point {
  readonly date: string;
  readonly value: number | null;
}

/** What a metric was over the snapshots, oldest first, by scope (organization, or the teams' names). */
export function seriesByScope(trends: Result, metric: string): ReadonlyMap<string, readonly Point[]> {
  const series = new Map<string, Point[]>();
  for (const row of trends.rows) {
    if (row.metric !== metric) continue;
    const scope = text(row.scope);
    series.set(scope, [...(series.get(scope) ?? []), { date: text(row.snapshot_date), value: number(row.value) }]);
  }
  for (const points of series.values()) points.sort((a, b) => (a.date < b.date ? -1 : 1));
  return series;
}

/** Where each date lies between the first and the last, 0 to 100; a single date lies at the end. */
export function positionOf(dates: readonly string[]): (date: string) => number {
  const first = Date.parse(dates[0] ?? '');
  const span = Date.parse(dates.at(-1) ?? '') - first;
  return (date) => (span > 0 ? round(((Date.parse(date) - first) / span) * 100) : 100);
}

/** Two decimals are finer than a screen. */
export const round = (value: number): number => Math.round(value * 100) / 100;
