import type { ResultRow } from '../../queries/engine.ts';
import { accountNames } from '../accounts.ts';
import { shortArn, withShortArns } from '../arn.ts';
import { number, text } from '../cell.ts';
import { bar } from '../charts/bar.ts';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { teamOf } from '../team.ts';
import { count, figure, longDate, spaced } from '../words.ts';
import { empty, section } from './section.ts';

const most = 10;

/** The ten open findings with the highest scores, each with what makes up its score. */
export function fixFirst(data: ReportData): Html {
  const findings = ranked(data);
  const introduction =
    'Open findings by score: how sensitive the data, how exposed, how far it reaches, how strong the permissions. The score alone ranks them; the severity with it is that of the rule, so a high one can stand above a critical one.';
  if (findings.length === 0) {
    return section('fix-first', 'Fix first', '', empty('No open findings: no rule matched anything that was read.'));
  }
  const accountOf = accountNames(data);
  const items = findings.slice(0, most).map((row) => item(row, accountOf(row.account_id)));
  const left = findings.length - items.length;
  return section(
    'fix-first',
    'Fix first',
    introduction,
    html`<ol class="findings">${items}</ol>${left > 0 && html`<p class="more">And ${count(left, 'more open finding')}: <a href="#open_findings">all of them</a></p>`}`,
  );
}

/** Open findings, highest score first, as the question ranks them. */
export function ranked(data: ReportData): readonly ResultRow[] {
  return [...data.open_findings.rows].sort((a, b) => (number(b.score) ?? 0) - (number(a.score) ?? 0));
}

function item(row: ResultRow, account: string): Html {
  return html`<li>
<div class="score"><span class="value">${figure(Math.round(number(row.score) ?? 0))}</span><span class="severity severity-${text(row.severity)}">${text(row.severity)}</span></div>
<div class="finding"><h3>${text(row.title)}: ${shortArn(text(row.resource_arn))}</h3>
<p>${withShortArns(text(row.reason))}</p>
<p class="facts">${teamOf(row)} · account ${account} · first seen ${longDate(text(row.first_seen))}, ${age(row)}${row.carried === true && ' · not read this time, stands as it was'}</p></div>
<dl class="factors">${factors(row).map(([name, value]) => html`<div title="${name}: ${figure(value)} of 1"><dt>${name}</dt><dd>${bar([{ value, colour: riskOf(value) }], 1)}<span class="spoken">${figure(value)}</span></dd></div>`)}</dl>
</li>
`;
}

function age(row: ResultRow): string {
  const days = number(row.age_days);
  return days === null || days === 0 ? 'new' : `${count(days, 'day')} old`;
}

/** The factors of a score by name, 0 to 1 each; none when the text is not an object of numbers. */
export function factors(row: ResultRow): readonly (readonly [string, number])[] {
  try {
    const parsed: unknown = JSON.parse(text(row.factors));
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.entries(parsed).flatMap(([name, value]) =>
      typeof value === 'number' ? [[spaced(name), value]] : [],
    );
  } catch {
    return [];
  }
}

const riskOf = (value: number): string => (value >= 0.7 ? 'risk-3' : value >= 0.4 ? 'risk-2' : 'risk-1');
