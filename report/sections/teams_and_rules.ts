import { grouped } from '../../analysis/grouped.ts';
import type { ResultRow } from '../../queries/engine.ts';
import { text } from '../cell.ts';
import type { ReportData } from '../data.ts';
import { filterTerm } from '../filter_terms.ts';
import { type Html, html } from '../markup.ts';
import { severities } from '../severity.ts';
import { teamOf } from '../team.ts';
import { count, figure, shortened } from '../words.ts';
import { empty, section } from './section.ts';

const mostTeams = 12;
const longestTeam = 20;

/** How many open findings each team has of each rule; a heat map that is a table. */
export function teamsAndRules(data: ReportData): Html {
  const rows = data.open_findings.rows;
  const title = 'Teams and rules';
  if (rows.length === 0) return section('teams', title, '', empty('No open findings in any team.'));
  const byTeam = sized(grouped(rows, teamOf));
  const teams = byTeam.slice(0, mostTeams).map(([team]) => team);
  const left = byTeam.length - teams.length;
  const introduction = html`Open findings of each rule by team: the colour is the rule's severity, stronger where there are more. Choose a number to see these findings.${left > 0 && ` ${count(left, 'more team')} with fewer findings: in the table.`}`;
  return section('teams', title, introduction, heatMap(rows, teams));
}

function sized<T>(groups: ReadonlyMap<string, readonly T[]>): readonly (readonly [string, readonly T[]])[] {
  return [...groups].sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1));
}

function heatMap(rows: readonly ResultRow[], teams: readonly string[]): Html {
  const rules = sized(grouped(rows, (row) => text(row.rule_id))).toSorted(([, a], [, b]) => worst(a) - worst(b));
  const cells = new Map([...grouped(rows, cellOf)].map(([cell, members]) => [cell, members.length]));
  const most = Math.max(...cells.values());
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Open findings by team and rule"><table class="heat">
<thead><tr><th scope="col">Rule</th>${teams.map((team) => html`<th scope="col" title="${team}">${shortened(team, longestTeam)}</th>`)}<th scope="col" class="total">all</th></tr></thead>
<tbody>${rules.map(([rule, members]) => html`<tr><th scope="row"><div>${text(members[0]?.title)}<span class="severity severity-${text(members[0]?.severity)}">${text(members[0]?.severity)}</span></div></th>${teams.map((team) => cell({ rule, team, severity: text(members[0]?.severity) }, cells.get(`${rule}\n${team}`) ?? 0, most))}<td class="total">${figure(members.length)}</td></tr>`)}</tbody>
</table></div>`;
}

const cellOf = (row: ResultRow): string => `${text(row.rule_id)}\n${teamOf(row)}`;

const worst = (rows: readonly ResultRow[]): number =>
  Math.min(...rows.map((row) => (severities as readonly string[]).indexOf(text(row.severity))));

interface Place {
  readonly rule: string;
  readonly team: string;
  readonly severity: string;
}

/** Strength grows with each doubling, so that few of them are still seen beside many of another rule. */
function cell({ rule, team, severity }: Place, amount: number, most: number): Html {
  if (amount === 0) return html`<td></td>`;
  const strength = Math.ceil((4 * Math.log(1 + amount)) / Math.log(1 + most));
  return html`<td class="heat-${severity} strength-${strength}"><button type="button" data-filter="open_findings" data-terms="${filterTerm('rule_id', rule)} ${filterTerm('team', team)}" aria-label="${amount} of ${rule} in ${team}">${figure(amount)}</button></td>`;
}
