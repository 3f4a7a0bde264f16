import picocolors from 'picocolors';
import { shortName } from './arn.ts';
import { number, text } from './cell.ts';
import { type ReportData, snapshotDates } from './data.ts';
import { type Headline, headlines } from './headline.ts';
import { ranked } from './sections/fix_first.ts';
import { teamOf } from './team.ts';
import { unread } from './unread.ts';
import { visible } from './visible.ts';
import { count, figure, longDate } from './words.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

const mostAccounts = 3;
const mostFindings = 3;

/** The report in nine lines for a terminal: can it be trusted, the five numbers, what to fix first. The report's path makes ten. */
export function renderSummary(data: ReportData, colour = false): string {
  const colours = picocolors.createColors(colour);
  const numbers = headlines(data);
  const width = Math.max(...numbers.map((each) => shown(each).length));
  return [
    trust(data, colours),
    ...numbers.map((each) => numberLine(each, width, colours)),
    ...first(data, colours),
  ].join('\n');
}

function trust(data: ReportData, colours: Colours): string {
  const dates = snapshotDates(data);
  const latest = data.snapshots.rows.find((row) => text(row.snapshot_date) === dates.at(-1));
  const compared = dates.length > 1 ? `compared with ${longDate(dates.at(-2) ?? '')}` : 'the first';
  const read = `${figure(number(latest?.accounts_complete) ?? 0)} of ${count(number(latest?.accounts_planned) ?? 0, 'account')} read in full`;
  return `Snapshot of ${longDate(dates.at(-1) ?? 'no date')}, ${compared}; ${read}${notRead(data, colours)}`;
}

function notRead(data: ReportData, colours: Colours): string {
  const missing = unread(data);
  if (missing.length === 0) return '';
  const named = missing.slice(0, mostAccounts).map(({ account, what }) => visible(`${account} ${what.join(', ')}`));
  const left = missing.length - named.length;
  const words = [...named, ...(left > 0 ? [count(left, 'more account')] : [])].join('; ');
  return colours.red(`. NOT READ: ${words}`);
}

const shown = ({ value, unit }: Headline): string => (value === null ? '?' : `${figure(value)}${unit}`);

function numberLine(headline: Headline, width: number, colours: Colours): string {
  const paint = { worse: colours.red, better: colours.green, same: colours.dim, unknown: colours.dim }[
    headline.judgement
  ];
  return `  ${colours.bold(shown(headline).padStart(width))}  ${headline.label} (${paint(headline.change)})`;
}

function first(data: ReportData, colours: Colours): readonly string[] {
  const findings = ranked(data).slice(0, mostFindings);
  if (findings.length === 0) return ['Nothing to fix first: no open findings.'];
  return findings.map((row, index) => {
    const what = `${text(row.title)}: ${shortName(text(row.resource_arn))}`;
    const whose = `${text(row.severity)}, account ${text(row.account_id)}, ${teamOf(row)}`;
    return `Fix ${index + 1}. ${colours.bold(visible(what))} (${visible(whose)})`;
  });
}
