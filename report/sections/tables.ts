import type { Result, ResultRow, ResultType, Value } from '../../queries/engine.ts';
import { shortArn, shortName } from '../arn.ts';
import { list, number, text } from '../cell.ts';
import type { AnswerName, ReportData } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { count, figure, spaced } from '../words.ts';
import { factors } from './fix_first.ts';

/** What a page can hold: rows of one table, and characters of one table's markup. */
const mostRows = 500;
const mostCharacters = 200_000;
const mostListed = 3;
const longestText = 140;

/** Answers that are shown as tables, with what it means when one is empty. The trends are charts, and CSV. */
const shown: readonly (readonly [AnswerName, string, string])[] = [
  ['coverage_gaps', 'What was not read', 'No gaps: everything that was asked for was read.'],
  ['open_findings', 'Open findings', 'No open findings: no rule matched anything that was read.'],
  ['drift', 'Changes since the snapshot before', 'No drift: nothing that was read in both snapshots has changed.'],
  ['shared_role_clusters', 'Roles shared by several functions', 'Every function that was read has a role of its own.'],
  ['shared_admin_roles', 'Admin roles that several functions share', 'No admin role serves two functions or more.'],
  ['cloned_roles', 'Roles with the same permissions under other names', 'No two roles have the same permissions.'],
  ['public_functions', 'Functions open to anyone', 'No function that was read may be called by anyone.'],
  ['wildcard_counts', 'Wildcards', 'No statement has a wildcard.'],
  ['wildcard_trend', 'Wildcards over time', 'No statement had a wildcard in any snapshot.'],
  ['environment_secret_names', 'Environment variables named like secrets', 'No variable is named like a secret.'],
  ['dormant_roles', 'Roles for functions that no function uses', 'Every role that trusts Lambda is used.'],
  ['roles_without_boundary', 'Roles without a permissions boundary', 'Every role has a boundary.'],
  ['unowned_roles', 'Roles that nobody owns', 'Every role has an owner.'],
  ['snapshots', 'Snapshots', 'No snapshots.'],
];

/** Every answer as a table that sorts, filters and downloads. `csvFolder` is where the CSV files lie, as seen from the page. */
export function tables(data: ReportData, csvFolder: string): Html {
  return html`<section id="tables" aria-labelledby="tables-title">
<h2 id="tables-title">Everything, as tables</h2>
<p class="introduction">Choose a heading to sort. A shortened name shows the whole ARN under the pointer and copies it when chosen.</p>
${shown.map(([name, title, meaning]) => entry(name, title, meaning, data[name], csvFolder))}
</section>
`;
}

function entry(name: AnswerName, title: string, meaning: string, result: Result, csvFolder: string): Html {
  const body =
    result.rows.length === 0
      ? html`<p class="empty">${meaning}</p>`
      : filled(name, title, result, `${csvFolder}/${name}.csv`);
  return html`<details class="table" id="${name}"><summary>${title} <span class="rows">${figure(result.rows.length)}</span></summary>
${body}
</details>
`;
}

function filled(name: AnswerName, title: string, result: Result, file: string): Html {
  const rows = rowsThatFit(result);
  const cut = rows.length < result.rows.length;
  const extent = cut
    ? `first ${figure(rows.length)} of ${figure(result.rows.length)}; the rest in the CSV`
    : count(rows.length, 'row');
  return html`<div class="tools"><label>Filter <input type="search" data-filter-of="${name}" autocomplete="off" spellcheck="false"></label>
<output>${extent}</output>
<button type="button" class="download" data-csv-of="${name}">CSV of the rows shown</button>
<a href="${file}" download>CSV of all rows</a></div>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table data-table="${name}" data-extent="${extent}">
<thead><tr>${result.columns.map((column) => html`<th scope="col" class="${alignment(column.type)}"><button type="button" data-column="${column.name}">${spaced(column.name)}</button></th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}

/** Rows from the first on, until the page has enough of this table. */
function rowsThatFit(result: Result): readonly Html[] {
  const rows: Html[] = [];
  let characters = 0;
  for (const row of result.rows.slice(0, mostRows)) {
    const next = html`<tr>${result.columns.map(({ name, type }) => cell(row, name, type))}</tr>\n`;
    characters += next.markup.length;
    if (characters > mostCharacters) break;
    rows.push(next);
  }
  return rows;
}

const alignment = (type: ResultType): string => (type === 'bigint' || type === 'double' ? 'number' : 'text');

function cell(row: ResultRow, name: string, type: ResultType): Html {
  const value = row[name];
  if (value === null || value === undefined)
    return html`<td class="none">${/team$/.test(name) ? 'no owner' : '–'}</td>`;
  if (name === 'factors')
    return html`<td>${factors(row)
      .map(([factor, each]) => `${factor} ${figure(each)}`)
      .join(', ')}</td>`;
  if (type === 'array(varchar)') return listCell(list(value));
  if (typeof value === 'number') return html`<td class="number">${figure(number(value) ?? 0)}</td>`;
  return html`<td>${short(value)}</td>`;
}

function listCell(items: readonly string[]): Html {
  const some = items.slice(0, mostListed).map(shortName).join(', ');
  const left = items.length - mostListed;
  return html`<td title="${items.join('; ')}">${some}${left > 0 && `, and ${figure(left)} more`}</td>`;
}

function short(value: Value): Html | string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date)
    return html`<span class="time" title="${text(value)}">${text(value).slice(0, 16).replace('T', ' ')}</span>`;
  const full = text(value);
  if (/^[0-9a-f]{32,}$/.test(full))
    return html`<button type="button" class="arn" title="${full}" data-copy>${full.slice(0, 8)}</button>`;
  if (full.startsWith('arn:')) return shortArn(full);
  return full.length > longestText ? html`<span title="${full}">${full.slice(0, longestText)}…</span>` : full;
}
