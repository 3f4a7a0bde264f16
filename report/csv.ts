import type { Result, Value } from '../queries/engine.ts';
import { text } from './cell.ts';
import { visible } from './visible.ts';

/** The answer as CSV (RFC 4180, UTF-8, CRLF): lists joined by `; `, times as ISO 8601, NULL as an empty cell. */
export function csv(result: Result): string {
  const header = result.columns.map(({ name }) => quoted(name));
  const rows = result.rows.map((row) => result.columns.map(({ name }) => cell(row[name])));
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cell(value: Value | undefined): string {
  return typeof value === 'number' ? text(value) : quoted(defused(text(value)));
}

/** A spreadsheet takes text that begins like this for a formula (OWASP, CSV Injection); an apostrophe makes it text again. */
function defused(value: string): string {
  return /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  const harmless = value.split(/([\t\r\n]+)/).map((part, index) => (index % 2 === 0 ? visible(part) : part));
  const joined = harmless.join('');
  return /[",\r\n]/.test(joined) ? `"${joined.replaceAll('"', '""')}"` : joined;
}
