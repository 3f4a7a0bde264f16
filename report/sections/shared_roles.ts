import type { ResultRow } from '../../queries/engine.ts';
import { shortName } from '../arn.ts';
import { list, number, text } from '../cell.ts';
import { bar } from '../charts/bar.ts';
import type { ReportData } from '../data.ts';
import { filterTerm } from '../filter_terms.ts';
import { type Html, html } from '../markup.ts';
import { count, enumeration, figure } from '../words.ts';
import { empty, section } from './section.ts';

const most = 12;

/** Roles that several functions run as: how many functions, and how many groups that have nothing to do with each other. */
export function sharedRoles(data: ReportData): Html {
  const rows = data.shared_role_clusters.rows;
  if (rows.length === 0) {
    return section(
      'shared-roles',
      'Shared roles',
      '',
      empty('No shared roles: every function that was read has a role of its own.'),
    );
  }
  const longest = Math.max(...rows.map((row) => number(row.function_count) ?? 0));
  const introduction =
    'Functions per role. The more unrelated groups share a role, the more each of them may do what only another needs. Choose a bar to see the role in its table.';
  const left = rows.length - most;
  return section(
    'shared-roles',
    'Shared roles',
    introduction,
    html`${legend()}<ol class="bars">${rows.slice(0, most).map((row) => cluster(row, longest))}</ol>
${left > 0 && html`<p class="more">And ${count(left, 'more shared role')}: <a href="#shared_role_clusters">all of them</a></p>`}`,
  );
}

function legend(): Html {
  const steps = ['1 group', '2 unrelated groups', '3 or more unrelated groups'];
  return html`<ul class="legend">${steps.map((step, index) => html`<li>${swatch(`risk-${index + 1}`)}${step}</li>`)}</ul>`;
}

/** A small square in the colour of a class. */
export const swatch = (colour: string): Html =>
  html`<svg class="swatch" aria-hidden="true"><rect class="${colour}" width="100%" height="100%"/></svg>`;

function cluster(row: ResultRow, longest: number): Html {
  const functions = number(row.function_count) ?? 0;
  const groups = number(row.unrelated_groups) ?? 0;
  const arn = text(row.role_arn);
  const facts = [
    `account ${text(row.account_id)}`,
    count(groups, 'group'),
    ...(row.is_admin === true ? ['admin'] : []),
    enumeration(list(row.teams).slice(0, 4)),
  ];
  return html`<li><button type="button" data-filter="shared_role_clusters" data-terms="${filterTerm('role_arn', arn)}" title="${arn}">
<span class="name">${shortName(arn)}</span>
<span class="facts">${facts.filter(Boolean).join(' · ')}</span>
${bar([{ value: functions, colour: `risk-${Math.min(3, Math.max(1, groups))}` }], longest)}
<span class="number">${figure(functions)}</span>
</button></li>
`;
}
