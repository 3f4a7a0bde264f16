import { type Html, html } from '../markup.ts';
import { type Point, positionOf, round } from '../series.ts';
import { figure, shortDate } from '../words.ts';

/** One layer: its values at each date of the chart, 0 where it has none. */
export interface Layer {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A layer thinner than this share of the height gets no number beside it: it would cover its neighbour's. */
const thinnest = 5;

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
  return html`<div class="stacked-area" role="img" aria-label="${label}">
<svg class="ticks">${ticks.map((tick) => html`<text x="100%" y="${y(tick)}%" dy="0.35em" text-anchor="end">${figure(tick)}</text>`)}</svg>
<svg class="plot"><svg viewBox="0 0 100 100" preserveAspectRatio="none">${layers.map((_, index) => html`<polygon class="category-${index + 1}" points="${outline(index)}"/>`)}</svg>${ticks.map((tick) => html`<line x1="0" x2="100%" y1="${y(tick)}%" y2="${y(tick)}%"/>`)}</svg>
<svg class="numbers">${layers.map((_, index) => layerNumber(index, y(edges[index]?.at(-1) ?? 0), y(edges[index + 1]?.at(-1) ?? 0)))}</svg>
${dateAxis(dates)}
</div>`;
}

function layerNumber(index: number, bottom: number, top: number): Html | false {
  if (bottom - top < thinnest) return false;
  return html`<text x="0" y="${round((bottom + top) / 2)}%" dy="0.35em">${index + 1}</text>`;
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
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => most / each <= 4) ?? 1);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

const mostDates = 6;

/** As many dates below the plot as fit on a phone: the first, the last, and some between at even steps. */
function dateAxis(dates: readonly string[]): Html {
  const x = positionOf(dates);
  const step = Math.ceil((dates.length - 1) / (mostDates - 1)) || 1;
  const shown = dates.filter((_, index) => (dates.length - 1 - index) % step === 0);
  const anchor = (date: string) => (x(date) < 4 ? 'start' : x(date) > 96 ? 'end' : 'middle');
  return html`<svg class="dates">${shown.map((date) => html`<text x="${x(date)}%" y="14" text-anchor="${anchor(date)}">${shortDate(date)}</text>`)}</svg>`;
}
