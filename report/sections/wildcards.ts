import { type Layer, stackedArea } from '../charts/stacked_area.ts';
import { type ReportData, snapshotDates } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { metricByScope } from '../series.ts';
import { figure, shortDate } from '../words.ts';
import { empty, section } from './section.ts';
import { swatch } from './shared_roles.ts';

const mostTeams = 7;

/** Roles with wildcards by team over time. */
export function wildcards(data: ReportData): Html {
  const dates = snapshotDates(data);
  const layers = layersOf(data, dates);
  const title = 'Roles with wildcards or NotAction, by team';
  if (layers.length === 0) {
    return section(
      'wildcards',
      title,
      '',
      empty('No wildcards: no role that was read is allowed actions by a wildcard or NotAction.'),
    );
  }
  const introduction =
    'Roles that a policy allows more than single actions: all of a service, part of one, or everything.';
  const chart =
    dates.length > 1
      ? stackedArea(layers, dates, `${title} over time`)
      : empty('A trend begins with the second snapshot.');
  return section(
    'wildcards',
    title,
    introduction,
    html`<div class="area"><div>${chart}</div>${legend(layers, dates)}</div>`,
  );
}

/** The teams with the most at the latest snapshot, the largest at the bottom; the rest together. */
function layersOf(data: ReportData, dates: readonly string[]): readonly Layer[] {
  const teams = [...metricByScope(data.team_trends, 'roles_with_wildcards')].map(([name, points]) => ({
    name,
    points,
  }));
  const sorted = teams
    .filter(({ points }) => points.some(({ value }) => value))
    .sort((a, b) => valueAt(b, dates.at(-1)) - valueAt(a, dates.at(-1)) || (a.name < b.name ? -1 : 1));
  if (sorted.length <= mostTeams + 1) return sorted;
  return [...sorted.slice(0, mostTeams), together(sorted.slice(mostTeams), dates)];
}

function together(layers: readonly Layer[], dates: readonly string[]): Layer {
  const sum = (date: string) => layers.reduce((total, layer) => total + valueAt(layer, date), 0);
  return { name: `${layers.length} other teams`, points: dates.map((date) => ({ date, value: sum(date) })) };
}

const valueAt = ({ points }: Layer, date: string | undefined): number =>
  points.find((point) => point.date === date)?.value ?? 0;

/** In the order of the layers as they lie, with the first and the last value. */
function legend(layers: readonly Layer[], dates: readonly string[]): Html {
  const [first, last] = [dates[0] ?? '', dates.at(-1) ?? ''];
  const rows = layers.map((layer, index) => {
    const change = valueAt(layer, last) - valueAt(layer, first);
    return html`<tr><th scope="row">${swatch(`category-${index + 1}`)}<span class="index">${index + 1}</span>${layer.name}</th><td>${figure(valueAt(layer, first))}</td><td>${figure(valueAt(layer, last))}</td><td>${change > 0 ? '+' : change < 0 ? '−' : ''}${figure(Math.abs(change))}</td></tr>`;
  });
  return html`<table class="layers"><thead><tr><th scope="col">Team</th><th scope="col">${shortDate(first)}</th><th scope="col">${shortDate(last)}</th><th scope="col">change</th></tr></thead><tbody>${rows.reverse()}</tbody></table>`;
}
