import { grouped } from '../../analysis/grouped.ts';
import type { ResultRow } from '../../queries/engine.ts';
import { shortArn, withShortArns } from '../arn.ts';
import { list, number, text } from '../cell.ts';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { count, enumeration, figure, spaced } from '../words.ts';
import { empty, section } from './section.ts';

const most = 10;
/** Room that is kept for paths that were cut: they show what works. */
const mostReduced = 2;
const mostGained = 4;

/** Who can run code as whose role: the ten gravest paths, drawn from left to right. */
export function paths(data: ReportData): Html {
  const all = [...grouped(data.workload_identity_paths.rows, pathKey).values()];
  if (all.length === 0) {
    return section(
      'paths',
      'Paths',
      '',
      empty('No paths: nobody who was read can run code as a role that may do what they may not.'),
    );
  }
  const [whole, reduced] = [all.filter((some) => !isReduced(some)), all.filter(isReduced)];
  const shown = [...whole.slice(0, most - Math.min(mostReduced, reduced.length)), ...reduced].slice(0, most);
  const left = all.length - shown.length;
  return section(
    'paths',
    'Paths',
    'Who can make code run, by what control, as which role, and what that role may do and they may not. The gravest first; where a step is missing the line is broken and says what is missing.',
    html`<ol class="paths">${shown.map(path)}</ol>
${left > 0 && html`<p class="more">And ${count(left, 'more path')}: <a href="#workload_identity_paths">all of them</a></p>`}
${cuts(data)}`,
  );
}

const mostCuts = 3;

/** Which statements or roles to take away first, and how much of all paths that cuts. */
function cuts(data: ReportData): Html | false {
  const first = data.choke_points.rows.filter(({ cut }) => (number(cut) ?? 0) > 0).slice(0, mostCuts);
  const last = first.at(-1);
  if (last === undefined) return false;
  const edges = first.map(
    (row) =>
      html`<li>${text(row.kind)} ${withShortArns(text(row.edge))} <small>account ${text(row.account_id)}</small></li>`,
  );
  return html`<p class="cuts">${count(first.length, 'change')} would cut ${figure(number(last.cut_so_far_pct) ?? 0)} % of the paths that work, each taking away: <a href="#choke_points">all that they go through</a></p>
<ol>${edges}</ol>`;
}

/** The same principal, role and verdict is one line, by however many methods. */
function pathKey(row: ResultRow): string {
  return [row.principal_arn, row.role_arn, row.verdict, row.missing_step].map(text).join('\n');
}

const isReduced = ([row]: readonly ResultRow[]): boolean => text(row?.verdict) === 'path_reduced';

const verdicts: Readonly<Record<string, string>> = {
  risk_possible: 'risk possible',
  conditional: 'on a condition',
  path_reduced: 'path reduced',
};

function path(rows: readonly ResultRow[]): Html {
  const [row = {}] = rows;
  const verdict = text(row.verdict);
  const missing = text(row.missing_step);
  const others = (number(row.role_count) ?? 1) - 1;
  const role = html`${shortArn(text(row.role_arn))}${others > 0 && html` <small>and ${count(others, 'other role')}</small>`}`;
  const methods = [...new Set(rows.map(({ method }) => text(method)))];
  return html`<li class="path-${verdict}">
<div class="stop"><small>account ${text(row.account_id)}</small>${principal(row)}</div>
${link('')}
<div class="stop"><small>${verdicts[verdict] ?? verdict}</small>${enumeration(methods)}</div>
${link(missing)}
<div class="stop"><small>role</small>${role}</div>
${link('')}
<div class="stop authority"><small>may</small>${gains(list(row.gained))}</div>
</li>
`;
}

function principal(row: ResultRow): Html {
  const set = text(row.permission_set);
  return set === '' ? shortArn(text(row.principal_arn)) : html`permission set ${set}`;
}

/** An arrow; one that is broken where a step is missing. */
function link(missing: string): Html {
  const d = missing === '' ? 'M0 5H38' : 'M0 5H12M26 5H38';
  const arrow = html`<svg class="link" viewBox="0 0 44 10" aria-hidden="true"><path d="${d}"/><path d="M36 1L42 5L36 9"/></svg>`;
  if (missing === '') return html`<div class="way">${arrow}</div>`;
  return html`<div class="way gap">${arrow}<span>missing: ${missing}</span></div>`;
}

function gains(gained: readonly string[]): string {
  const named = gained.slice(0, mostGained).map((name) => (name === 'admin' ? 'do anything' : spaced(name)));
  const left = gained.length - named.length;
  return left > 0 ? `${named.join(', ')} and ${left} more` : enumeration(named);
}
