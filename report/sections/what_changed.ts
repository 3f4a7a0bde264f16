import type { ResultRow } from '../../queries/engine.ts';
import { text } from '../cell.ts';
import { type ReportData, snapshotDates } from '../data.ts';
import { driftSentence, fullTexts, type Known } from '../drift_sentence.ts';
import { groupBy } from '../groups.ts';
import { type Html, html } from '../markup.ts';
import { count, longDate } from '../words.ts';
import { empty, section } from './section.ts';

const mostPerGroup = 12;
const mostGroups = 25;
const directions = ['broader', 'narrower', 'neutral', ''];

/** The changes since the snapshot before, as sentences by account and team; what lets somebody do more comes first. */
export function whatChanged(data: ReportData): Html {
  const dates = snapshotDates(data);
  if (dates.length < 2) {
    return section(
      'changes',
      'What changed',
      '',
      empty('This is the first snapshot; changes show from the second on.'),
    );
  }
  const introduction = `Between ${longDate(dates.at(-2) ?? '')} and ${longDate(dates.at(-1) ?? '')}, in everything that was read both times.`;
  return section('changes', 'What changed', introduction, groups(data));
}

function groups(data: ReportData): Html {
  const rows = [...data.drift.rows].sort((a, b) => rank(a) - rank(b));
  if (rows.length === 0) return empty('No drift: nothing that was read in both snapshots has changed.');
  const teams = new Map(data.open_findings.rows.map((row) => [text(row.resource_arn), text(row.team)]));
  const known = { admins: new Set(data.shared_admin_roles.rows.map((row) => text(row.role_arn))) };
  const grouped = [...groupBy(rows, (row) => heading(row, teams))];
  const left = grouped.slice(mostGroups).flatMap(([, members]) => members).length;
  return html`${grouped.slice(0, mostGroups).map(([name, members]) => group(name, members, known))}
${left > 0 && html`<p class="more">And ${count(left, 'change')} elsewhere: <a href="#drift">all of them</a></p>`}`;
}

const rank = (row: ResultRow): number => directions.indexOf(text(row.direction));

function heading(row: ResultRow, teams: ReadonlyMap<string, string>): string {
  const account = text(row.account_name) || text(row.account_id);
  const team = text(row.team) || teams.get(text(row.subject));
  return team ? `${account} · ${team}` : account;
}

function group(name: string, rows: readonly ResultRow[], known: Known): Html {
  const left = rows.length - mostPerGroup;
  return html`<div class="changes"><h3>${name}</h3>
<ul>${rows.slice(0, mostPerGroup).map((row) => html`<li class="${rowClass(row)}">${mark(row)}<div>${driftSentence(row, known)}${details(row)}</div></li>`)}</ul>
${left > 0 && html`<p class="more">And ${count(left, 'more change')}: <a href="#drift" data-filter="drift" data-terms="${text(rows[0]?.account_id)}">all of this account</a></p>`}
</div>
`;
}

function rowClass(row: ResultRow): string {
  const direction = text(row.direction);
  return directions.includes(direction) ? direction : '';
}

function mark(row: ResultRow): Html {
  const direction = rowClass(row);
  const sign = { broader: '▲ broader', narrower: '▼ narrower' }[direction] ?? '';
  return html`<span class="direction">${sign}</span>`;
}

function details(row: ResultRow): Html | false {
  const texts = fullTexts(row);
  if (!texts) return false;
  return html`<details><summary>before and now</summary><p>Before: ${texts.before || 'nothing'}</p><p>Now: ${texts.after || 'nothing'}</p></details>`;
}
