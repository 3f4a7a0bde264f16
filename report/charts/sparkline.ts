import { type Html, html } from '../markup.ts';
import { type Point, positionOf, round } from '../series.ts';
import { figure, shortDate } from '../words.ts';

/** A small line over all snapshots that ends in a dot; the line has a gap where a value is not known. */
export function sparkline(points: readonly Point[], label: string): Html | false {
  const known = points.filter((point) => point.value !== null);
  if (known.length < 2) return false;
  const at = place(points);
  const last = known.at(-1) as Point;
  return html`<svg class="sparkline" role="img" aria-label="${label}: ${spoken(known)}"><svg viewBox="0 0 100 100" preserveAspectRatio="none">${pieces(points).map((piece) => html`<polyline points="${piece.map((point) => at(point).join(',')).join(' ')}"/>`)}</svg><circle cx="${at(last)[0]}%" cy="${at(last)[1]}%" r="3"/></svg>`;
}

/** Horizontally by date, vertically between the least and the greatest value, with room for the dot. */
function place(points: readonly Point[]): (point: Point) => readonly [number, number] {
  const values = points.flatMap((point) => point.value ?? []);
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const x = positionOf(points.map((point) => point.date));
  return ({ date, value }) => [
    round(2 + x(date) * 0.95),
    round(span === 0 ? 50 : 88 - (((value ?? least) - least) / span) * 76),
  ];
}

function pieces(points: readonly Point[]): readonly (readonly Point[])[] {
  const result: Point[][] = [[]];
  for (const point of points) {
    if (point.value === null) result.push([]);
    else result.at(-1)?.push(point);
  }
  return result.filter((piece) => piece.length > 1);
}

function spoken(points: readonly Point[]): string {
  return points.map(({ date, value }) => `${shortDate(date)} ${figure(value ?? 0)}`).join(', ');
}
