import type { ResultRow } from '../../queries/engine.ts';
import { number, text } from '../cell.ts';
import { bar } from '../charts/bar.ts';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { severities } from '../severity.ts';
import { figure } from '../words.ts';
import { empty, section } from './section.ts';
import { swatch } from './shared_roles.ts';

/** Ages in days, from and below. */
const ages = [
  { label: 'under a week', from: 0, below: 7 },
  { label: '1 to 2 weeks', from: 7, below: 14 },
  { label: '2 to 4 weeks', from: 14, below: 28 },
  { label: '1 to 3 months', from: 28, below: 91 },
  { label: '3 to 6 months', from: 91, below: 182 },
  { label: 'over 6 months', from: 182, below: Number.POSITIVE_INFINITY },
];

/** Open findings by how long they have been known, each bar divided by severity. */
export function age(data: ReportData): Html {
  const rows = data.open_findings.rows;
  const title = 'Age of open findings';
  if (rows.length === 0) return section('age', title, '', empty('No open findings, so none grows old.'));
  const groups = ages.map(({ label, from, below }) => ({
    label,
    rows: rows.filter((row) => (number(row.age_days) ?? 0) >= from && (number(row.age_days) ?? 0) < below),
  }));
  const most = Math.max(...groups.map((group) => group.rows.length));
  const present = severities.filter((severity) => rows.some((row) => row.severity === severity));
  return section(
    'age',
    title,
    'Counted from the first snapshot that saw them, by severity.',
    html`<ul class="legend">${present.map((severity) => html`<li>${swatch(`severity-${severity}`)}${severity}</li>`)}</ul>
<ul class="bars ages">${groups.map(({ label, rows }) => group(label, rows, most))}</ul>`,
  );
}

function group(label: string, rows: readonly ResultRow[], most: number): Html {
  const counts = severities.map((severity) => ({
    severity,
    value: rows.filter((row) => text(row.severity) === severity).length,
  }));
  const words = counts.filter(({ value }) => value > 0).map(({ severity, value }) => `${figure(value)} ${severity}`);
  return html`<li><span class="name">${label}</span><span class="facts">${words.join(' · ') || 'none'}</span>${bar(
    counts.map(({ severity, value }) => ({ value, colour: `severity-${severity}` })),
    most,
  )}<span class="number">${figure(rows.length)}</span></li>
`;
}
