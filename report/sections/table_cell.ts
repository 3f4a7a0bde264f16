import type { ResultRow, ResultType } from '../../queries/engine.ts';
import { copied, shortArn, shortName } from '../arn.ts';
import { list, text } from '../cell.ts';
import { type Html, html } from '../markup.ts';
import { unowned } from '../team.ts';
import { figure, shortened } from '../words.ts';
import { factors } from './fix_first.ts';

const mostListed = 3;
/** Characters that stay on one line, and characters that a cell shows at most. */
const shortText = 40;
const longestText = 160;

/** A cell that shows what a reader needs; the script finds the whole value in data-value or title. */
export function tableCell(row: ResultRow, name: string, type: ResultType): Html {
  const value = row[name];
  if (value === null || value === undefined) {
    return html`<td class="none">${/team$/.test(name) ? unowned : '–'}</td>`;
  }
  if (name === 'factors') return factorsCell(row);
  if (type === 'array(varchar)') return listCell(list(value));
  if (typeof value === 'number') return html`<td class="number" data-value="${value}">${figure(value)}</td>`;
  if (typeof value === 'boolean') return html`<td data-value="${String(value)}">${value ? 'yes' : 'no'}</td>`;
  return textCell(text(value), type);
}

function factorsCell(row: ResultRow): Html {
  const words = factors(row).map(([name, value]) => `${name} ${figure(value)}`);
  return html`<td class="long" title="${text(row.factors)}">${words.join(', ')}</td>`;
}

function listCell(items: readonly string[]): Html {
  const some = items.slice(0, mostListed).map(shortName).join(', ');
  const left = items.length - mostListed;
  return html`<td class="${widthOf(some)}" title="${items.join('; ')}">${some}${left > 0 && `, and ${figure(left)} more`}</td>`;
}

function textCell(full: string, type: ResultType): Html {
  if (type === 'timestamp') return html`<td title="${full}">${full.slice(0, 16).replace('T', ' ')}</td>`;
  if (/^[0-9a-f]{32,}$/.test(full)) return html`<td>${copied(full, full.slice(0, 8))}</td>`;
  if (full.startsWith('arn:')) return html`<td>${shortArn(full)}</td>`;
  if (full.length > longestText) return html`<td class="long" title="${full}">${shortened(full, longestText)}</td>`;
  return html`<td class="${widthOf(full)}">${full}</td>`;
}

const widthOf = (words: string): string => (words.length > shortText ? 'long' : 'short');
