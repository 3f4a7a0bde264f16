import { type Html, html } from '../markup.ts';
import { type Point, positionOf, round } from '../series.ts';
import { figure, shortDate } from '../words.ts';

/** One layer: its values at each date of the chart, 0 where it has none. */
export interface Layer {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The numbers of two layers stand at least this share of the height apart, so that they can be read on a phone. */
const closest = 5.5;

/** Layers on top of each other over time, the first at the bottom; each is numbered at its right end as in the legend. */
export function stackedArea(layers: readonly Layer[], dates: readonly string[], label: string): Html {
  const edges = stack(layers, dates);
  const ticks = ticksUpTo(Math.max(1, ...(edges.at(-1) ?? [])));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => round(100 - (value / top) * 100);
  const x = positionOf(dates);
  const outline = (index: number) => {
    const upper = dates.map((date, at) => `${x(date)},${y(edges[index + 1]?.[at] ?? 0)}`);
    const lower = dates.map((date, at) => `${x(date)},${y(edges[index]?.[at] ?? 0)}`);
    return [...upper, ...lower.reverse()].join(' ');
  };
  return html`<svg class="stacked-area" role="img" aria-label="${label}">
<svg viewBox="0 0 100 100" preserveAspectRatio="none">${layers.map((_, index) => html`<polygon class="category-${index + 1}" points="${outline(index)}"/>`)}</svg>
${ticks.map((tick) => html`<line x1="0" x2="100%" y1="${y(tick)}%" y2="${y(tick)}%"/><text y="${y(tick)}%" dx="-8" dy="0.35em" text-anchor="end">${figure(tick)}</text>`)}
${numberPositions(edges, y).map((position, index) => html`<text class="layer" x="100%" y="${position}%" dx="8" dy="0.35em">${index + 1}</text>`)}
${dateLabels(dates)}
</svg>`;
}

/** In the middle of each layer's right end, or higher where the one below takes the place. */
function numberPositions(edges: readonly (readonly number[])[], y: (value: number) => number): readonly number[] {
  const positions: number[] = [];
  for (const [index, edge] of edges.slice(1).entries()) {
    const middle = y(((edge.at(-1) ?? 0) + (edges[index]?.at(-1) ?? 0)) / 2);
    positions.push(round(Math.min(middle, (positions.at(-1) ?? 100) - closest)));
  }
  return positions;
}

/** Running sums: element n holds the upper edge of the first n layers at each date. */
function stack(layers: readonly Layer[], dates: readonly string[]): readonly (readonly number[])[] {
  const edges = [dates.map(() => 0)];
  for (const { points } of layers) {
    const below = edges.at(-1) as number[];
    const valueAt = new Map(points.map((point) => [point.date, point.value ?? 0]));
    edges.push(dates.map((date, at) => (below[at] ?? 0) + (valueAt.get(date) ?? 0)));
  }
  return edges;
}

/** Round numbers from 0 up to at least `most`: steps of 1, 2 or 5 times a power of ten. */
function ticksUpTo(most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(most / 3));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => most / each <= 5) ?? 1);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

const mostDates = 4;

/** As many dates below the plot as fit on a phone: the last, and others before it at even steps. */
function dateLabels(dates: readonly string[]): readonly Html[] {
  const x = positionOf(dates);
  const step = Math.ceil((dates.length - 1) / (mostDates - 1)) || 1;
  const shown = dates.filter((_, index) => (dates.length - 1 - index) % step === 0);
  const anchor = (date: string) => (x(date) < 4 ? 'start' : x(date) > 96 ? 'end' : 'middle');
  return shown.map(
    (date) => html`<text x="${x(date)}%" y="100%" dy="18" text-anchor="${anchor(date)}">${shortDate(date)}</text>`,
  );
}
