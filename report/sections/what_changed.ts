import { grouped } from '../../analysis/grouped.ts';
import { accountNames } from '../accounts.ts';
import { text } from '../cell.ts';
import { type ReportData, snapshotDates } from '../data.ts';
import { documentDifference } from '../document_difference.ts';
import { type ToldChange, toldChange } from '../drift_sentence.ts';
import { filterTerm } from '../filter_terms.ts';
import { knownFrom } from '../known.ts';
import { type Html, html } from '../markup.ts';
import { count, longDate, shortened } from '../words.ts';
import { empty, section } from './section.ts';

const mostPerGroup = 12;
const mostGroups = 25;
/** After so many changes a phone folds the groups that follow. */
const beforeFold = 10;
const mostLines = 8;
const longestLine = 120;

/** The changes since the snapshot before, as sentences by account and team; what lets somebody do more comes first. */
export function whatChanged(data: ReportData): Html {
  const dates = snapshotDates(data);
  if (dates.length < 2) {
    return section(
      'what-changed',
      'What changed',
      '',
      empty('This is the first snapshot; changes show from the second on.'),
    );
  }
  const previous = dates.at(-2) ?? '';
  const introduction = `Between ${longDate(previous)} and ${longDate(dates.at(-1) ?? '')}; what was not read then is compared with the last snapshot that read it.`;
  return section('what-changed', 'What changed', introduction, groups(data, previous));
}

function groups(data: ReportData, previous: string): Html {
  const { admins, teams } = knownFrom(data);
  const changes = data.changes.rows.map((row) => toldChange(row, { admins, previous })).sort((a, b) => a.rank - b.rank);
  if (changes.length === 0) return empty('No drift: nothing that was read before and now has changed.');
  const nameOf = accountNames(data);
  const account = ({ row }: ToldChange) => nameOf(row.account_id);
  const told = [...grouped(changes, account).values()].flatMap((some) => byTeam(some, account, teams));
  const left = told.slice(mostGroups).flatMap(([, members]) => members).length;
  const shown = told.slice(0, mostGroups);
  const fold = shown.findIndex((_, index) => rowsOf(shown.slice(0, index)) >= beforeFold);
  const [first, rest] = fold < 0 ? [shown, []] : [shown.slice(0, fold), shown.slice(fold)];
  return html`${first.map(([name, members]) => group(name, members))}
${rest.length > 0 && folded(rest)}
${left > 0 && html`<p class="more">And ${count(left, 'change')} elsewhere: <a href="#changes">all of them</a></p>`}`;
}

type Group = readonly [string, readonly ToldChange[]];

const rowsOf = (some: readonly Group[]): number =>
  some.reduce((rows, [, members]) => rows + Math.min(members.length, mostPerGroup), 0);

/** Open unless the script folds it on a phone, so that nothing is hidden on a desk, in print and without script. */
function folded(rest: readonly Group[]): Html {
  return html`<details class="fold" open><summary>${count(rowsOf(rest), 'more change')} in other accounts and teams</summary>
${rest.map(([name, members]) => group(name, members))}
</details>`;
}

/** Changes of one account by team, where some answer names the team; the accounts stay together. */
function byTeam(
  changes: readonly ToldChange[],
  account: (change: ToldChange) => string,
  teams: ReadonlyMap<string, string>,
) {
  const teamOf = ({ row }: ToldChange) => teams.get(text(row.subject).split('#')[0] ?? '') ?? '';
  return [...grouped(changes, (change) => [account(change), teamOf(change)].filter(Boolean).join(' · '))];
}

function group(name: string, changes: readonly ToldChange[]): Html {
  const left = changes.length - mostPerGroup;
  return html`<div class="changes"><h3>${name}</h3>
<ul>${changes.slice(0, mostPerGroup).map(item)}</ul>
${left > 0 && html`<p class="more">And ${count(left, 'more change')}: <a href="#changes" data-filter="changes" data-terms="${filterTerm('account_id', text(changes[0]?.row.account_id))}">all of this account</a></p>`}
</div>
`;
}

const signs = { broader: '▲ broader', narrower: '▼ narrower', '': '' };

function item(change: ToldChange): Html {
  return html`<li class="${change.direction}"><span class="direction">${signs[change.direction] || change.topic}</span><div>${change.sentence}${change.documents && difference(change)}</div></li>
`;
}

/** What only one of the two documents says; where both say it, nothing is shown. */
function difference({ row }: ToldChange): Html | false {
  const { gone, come } = documentDifference(text(row.before), text(row.after));
  if (gone.length + come.length === 0) return false;
  return html`<ul class="difference">${said('− no longer', gone)}${said('+ now', come)}</ul>`;
}

function said(sign: string, lines: readonly string[]): Html | false {
  const shown = lines.slice(0, mostLines).map((line) => shortened(line, longestLine));
  const left = lines.length - shown.length;
  return (
    lines.length > 0 &&
    html`<li>${sign} ${[...shown, ...(left > 0 ? [`${count(left, 'more line')}`] : [])].join(', ')}</li>`
  );
}
