import { grouped } from '../../analysis/grouped.ts';
import { text } from '../cell.ts';
import { sparkline } from '../charts/sparkline.ts';
import type { ReportData } from '../data.ts';
import { type Headline, headlines } from '../headline.ts';
import { type Html, html } from '../markup.ts';
import { severities } from '../severity.ts';
import { figure } from '../words.ts';

/** The five numbers, each with its change and its way over all snapshots. */
export function tiles(data: ReportData): Html {
  const numbers = headlines(data).map((headline) => tile(headline, headline.label === 'open findings' && split(data)));
  return html`<section class="tiles" aria-label="Five numbers">${numbers}</section>
`;
}

function tile({ label, unit, value, judgement, change, points }: Headline, detail: Html | false): Html {
  return html`<div class="tile">
<p class="value">${value === null ? '?' : figure(value)}${value !== null && html`<span class="unit">${unit}</span>`}</p>
<p class="label">${label}</p>
<p class="change ${judgement}">${change}</p>
${sparkline(points, label)}
${detail}
</div>
`;
}

/** `3 critical · 12 high`, and how many of them stand only because their account could not be read. */
function split(data: ReportData): Html {
  const open = data.open_findings.rows;
  const bySeverity = grouped(open, (row) => text(row.severity));
  const parts = severities.flatMap((severity) => {
    const amount = bySeverity.get(severity)?.length ?? 0;
    return amount > 0 ? [`${figure(amount)} ${severity}`] : [];
  });
  const carried = open.filter((row) => row.carried === true).length;
  return html`<p class="detail">${parts.join(' · ')}${carried > 0 && html`<br>${figure(carried)} of them not read this time`}</p>`;
}
