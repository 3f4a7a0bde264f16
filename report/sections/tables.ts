import type { Result, ResultRow, ResultType } from '../../queries/engine.ts';
import type { AnswerName, ReportData } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { count, figure, spaced } from '../words.ts';
import { tableCell } from './table_cell.ts';

/** What a page can hold: rows of one table, and characters of all tables' rows. */
const mostRows = 500;
const mostCharacters = 2_200_000;

interface Shown {
  readonly name: AnswerName;
  readonly title: string;
  /** What it means when there is none. */
  readonly empty: string;
  /** Columns to show before the others. */
  readonly first?: readonly string[];
}

/** Answers that are shown as tables. The trends of metrics are charts, and CSV. */
const shown: readonly Shown[] = [
  { name: 'coverage_gaps', title: 'What was not read', empty: 'No gaps: everything that was asked for was read.' },
  {
    name: 'open_findings',
    title: 'Open findings',
    empty: 'No open findings: no rule matched anything that was read.',
    first: ['score', 'severity', 'title', 'resource_arn', 'team', 'account_id', 'age_days'],
  },
  {
    name: 'changes',
    title: 'Changes since it was last read',
    empty: 'No drift: nothing that was read before and now has changed.',
    first: ['kind', 'subject', 'before', 'after', 'direction', 'from_snapshot'],
  },
  {
    name: 'shared_role_clusters',
    title: 'Roles shared by several functions',
    empty: 'Every function that was read has a role of its own.',
  },
  {
    name: 'shared_admin_roles',
    title: 'Admin roles that several functions share',
    empty: 'No admin role serves two functions or more.',
  },
  {
    name: 'cloned_roles',
    title: 'Roles with the same permissions under other names',
    empty: 'No two roles have the same permissions.',
  },
  {
    name: 'public_functions',
    title: 'Functions open to anyone',
    empty: 'No function that was read may be called by anyone.',
  },
  {
    name: 'workload_identity_paths',
    title: 'Who can run code as whose role',
    empty: 'Nobody who was read can run code as a role that may do what they may not.',
  },
  {
    name: 'choke_points',
    title: 'Where a few changes cut most paths',
    empty: 'No paths: there is nothing to cut.',
  },
  { name: 'accounts', title: 'Accounts', empty: 'No account was named.' },
  { name: 'wildcard_counts', title: 'Wildcards', empty: 'No role that was read has a policy.' },
  { name: 'wildcard_trend', title: 'Wildcards over time', empty: 'No role that was read has a policy.' },
  {
    name: 'environment_secret_names',
    title: 'Environment variables named like secrets',
    empty: 'No variable is named like a secret.',
  },
  {
    name: 'dormant_roles',
    title: 'Roles for functions that no function uses',
    empty: 'Every role that trusts Lambda is used.',
  },
  {
    name: 'roles_without_boundary',
    title: 'Roles without a permissions boundary',
    empty: 'Every role has a boundary.',
  },
  { name: 'unowned_roles', title: 'Roles that nobody owns', empty: 'Every role has an owner.' },
  { name: 'snapshots', title: 'Snapshots', empty: 'No snapshots.' },
];

/** Every answer as a table that sorts, filters and downloads. `csvFolder` is where the CSV files lie, as seen from the page. */
export function tables(data: ReportData, csvFolder: string): Html {
  const results = shown.map((each) => inOrder(data[each.name], each.first ?? []));
  const rows = results.map((result) => result.rows.slice(0, mostRows).map((row) => tableRow(result, row)));
  const share = fairShare(rows.map(sizeOf), mostCharacters);
  const entries = shown.map((each, index) =>
    entry(each, results[index] as Result, upTo(share, rows[index] ?? []), `${csvFolder}/${each.name}.csv`),
  );
  return html`<section id="tables" aria-labelledby="tables-title">
<h2 id="tables-title">Everything, as tables</h2>
<p class="introduction">Choose a heading to sort. A shortened name shows the whole ARN under the pointer and copies it when chosen.</p>
${entries}
</section>
`;
}

function inOrder({ columns, rows }: Result, first: readonly string[]): Result {
  const named = first.flatMap((name) => columns.filter((column) => column.name === name));
  return { columns: [...named, ...columns.filter((column) => !named.includes(column))], rows };
}

function entry(table: Shown, result: Result, rows: readonly Html[], file: string): Html {
  const none = result.rows.length === 0;
  return html`<details class="table" id="${table.name}"><summary>${table.title} <span class="rows">${figure(result.rows.length)}</span></summary>
${none ? html`<p class="empty">${table.empty}</p>` : filled(table, result, rows, file)}
</details>
`;
}

function filled({ name, title }: Shown, result: Result, rows: readonly Html[], file: string): Html {
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

function tableRow({ columns }: Result, row: ResultRow): Html {
  return html`<tr>${columns.map(({ name, type }) => tableCell(row, name, type))}</tr>\n`;
}

const sizeOf = (rows: readonly Html[]): number => rows.reduce((size, row) => size + row.markup.length, 0);

/** The most that each may take so that all together stay below `most`: what small ones leave over goes to the large ones. */
function fairShare(sizes: readonly number[], most: number): number {
  let left = most;
  for (const [index, size] of sizes.toSorted((a, b) => a - b).entries()) {
    const share = left / (sizes.length - index);
    if (size > share) return share;
    left -= size;
  }
  return most;
}

/** Rows from the first on, until they are so many characters. */
function upTo(share: number, rows: readonly Html[]): readonly Html[] {
  let size = 0;
  return rows.filter((row) => {
    size += row.markup.length;
    return size <= share;
  });
}

const alignment = (type: ResultType): string => (type === 'bigint' || type === 'double' ? 'number' : 'text');
