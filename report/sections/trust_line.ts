import { regionsRead } from '../accounts.ts';
import { number, text } from '../cell.ts';
import { type ReportData, snapshotDates } from '../data.ts';
import { type Html, html } from '../markup.ts';
import { notProvided, type Unread, unread } from '../unread.ts';
import { count, enumeration, figure, longDate } from '../words.ts';

const mostAccounts = 8;
const mostRegions = 4;

/** Can it be trusted: which snapshot, compared with which, how much of the organization, and what is missing. */
export function trustLine(data: ReportData): Html {
  const dates = snapshotDates(data);
  const latest = data.snapshots.rows.find((row) => text(row.snapshot_date) === dates.at(-1));
  const planned = number(latest?.accounts_planned) ?? 0;
  const complete = number(latest?.accounts_complete) ?? 0;
  const date = dates.at(-1) ?? '';
  const regions = regionsRead(data);
  return html`<header>
<p class="product">rolecall</p>
<h1>Who your Lambda functions run as</h1>
<dl class="trust">
<div><dt>Snapshot</dt><dd><time datetime="${date}">${longDate(date)}</time> <span data-age="${date}"></span></dd></div>
<div><dt>Compared with</dt><dd>${dates.length > 1 ? longDate(dates.at(-2) ?? '') : 'nothing: this is the first'}</dd></div>
<div><dt>Accounts read in full</dt><dd>${figure(complete)} of ${figure(planned)}</dd></div>
<div><dt>Regions</dt><dd title="${regions.join(', ')}">${regions.length > mostRegions ? figure(regions.length) : regions.join(', ') || 'none read'}</dd></div>
<div><dt>Snapshots so far</dt><dd>${figure(dates.length)}</dd></div>
</dl>
${coverage(unread(data), notProvided(data))}
</header>
`;
}

function coverage(missing: readonly Unread[], optional: readonly string[]): Html {
  if (missing.length === 0) return complete(optional);
  const items = missing
    .slice(0, mostAccounts)
    .map(({ account, what }) => html`<li><strong>${account}</strong>: ${what.join('; ')}</li>`);
  const more = missing.length - items.length;
  return html`<div class="band missing" role="alert">
<p><strong>Not read: ${count(missing.length, 'account')} in part or in whole.</strong> What follows says nothing about them; it does not say that nothing is there.</p>
<ul>${items}</ul>
<p>${more > 0 && `And ${count(more, 'more account')}. `}<a href="#coverage_gaps">All of it, in a table</a></p>
${note(optional)}
</div>`;
}

/** Everything was read only where nothing that may be left out is missing either. */
function complete(optional: readonly string[]): Html {
  const read =
    optional.length === 0 ? 'Everything that was asked for was read.' : 'Everything that is required was read.';
  return html`<div class="band complete"><p>${read}</p>${note(optional)}</div>`;
}

function note(optional: readonly string[]): Html | false {
  if (optional.length === 0) return false;
  return html`<p class="note">Not provided, for some accounts or all: ${enumeration(optional)}. Answers that need them are left open. <a href="#coverage_gaps">Where</a></p>`;
}
