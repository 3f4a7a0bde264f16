import type { Result, Value } from '../queries/engine.ts';
import { text } from './cell.ts';
import { visible } from './visible.ts';

const gap = '  ';
/** A column is never squeezed below this; a table that is still too wide becomes records. */
const narrowest = 12;
const wideCharacters = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}]/u;

interface Printed {
  readonly cells: readonly string[];
  readonly width: number;
  readonly alignRight: boolean;
}

/**
 * The answer as a plain table for a terminal that is `width` characters wide (Infinity: cut nothing). When that would
 * leave too little of its columns: rows one below the other, a line per column, nothing cut.
 */
export function tableText(result: Result, width: number): string {
  const whole = result.columns.map(({ name, type }) => printed(result, name, type));
  const columns = squeezed(whole, width);
  return result.rows.length > 0 && widthOfAll(columns) > width ? records(whole) : table(result, columns);
}

function table(result: Result, columns: readonly Printed[]): string {
  const lines = [0, ...result.rows.map((_, index) => index + 1)].map((line) => printedLine(columns, line));
  const rule = columns.map((column) => '─'.repeat(column.width)).join(gap);
  return `${[lines[0], rule, ...lines.slice(1), ...(result.rows.length === 0 ? ['(no rows)'] : [])].join('\n')}\n`;
}

/** Each row as lines of name and value, a blank line between rows. */
function records(columns: readonly Printed[]): string {
  const names = columns.map(({ cells }) => cells[0] ?? '');
  const widest = Math.max(...names.map(widthOf));
  const label = (name: string): string => `${name}:${' '.repeat(widest - widthOf(name) + 1)}`;
  const rows = (columns[0]?.cells ?? [])
    .slice(1)
    .map((_, row) => columns.map(({ cells }, at) => `${label(names[at] ?? '')}${cells[row + 1]}\n`).join(''));
  return rows.join('\n');
}

const widthOfAll = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, column) => sum + column.width, gap.length * (columns.length - 1));

function printed(result: Result, name: string, type: string): Printed {
  const cells = [visible(name), ...result.rows.map((row) => shown(row[name]))];
  const width = cells.reduce((widest, cell) => Math.max(widest, widthOf(cell)), 0);
  return { cells, width, alignRight: type === 'bigint' || type === 'double' };
}

function shown(value: Value | undefined): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  return visible(text(value));
}

/** Takes from the widest columns first, so that short ones stay whole. */
function squeezed(columns: readonly Printed[], width: number): readonly Printed[] {
  const widths = columns.map((column) => column.width);
  let excess = widthOfAll(columns) - width;
  while (excess > 0) {
    const widest = Math.max(...widths.filter((_, index) => !columns[index]?.alignRight));
    if (!(widest > narrowest)) break;
    const at = widths.findIndex((each, index) => each === widest && !columns[index]?.alignRight);
    widths[at] = widest - 1;
    excess -= 1;
  }
  return columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}

function printedLine(columns: readonly Printed[], line: number): string {
  const cells = columns.map((column) => {
    const cell = cut(column.cells[line] ?? '', column.width);
    const padding = ' '.repeat(Math.max(0, column.width - widthOf(cell)));
    return column.alignRight ? padding + cell : cell + padding;
  });
  return cells.join(gap).trimEnd();
}

/** Cuts out of the middle: names of AWS begin alike, and end with what tells them apart. */
function cut(cell: string, width: number): string {
  if (widthOf(cell) <= width) return cell;
  const characters = [...cell];
  const head = Math.floor((width - 1) / 3);
  const shortened = [...characters.slice(0, head), '…'];
  const tail: string[] = [];
  for (const character of characters.reverse()) {
    if (widthOf([...shortened, character, ...tail].join('')) > width) break;
    tail.unshift(character);
  }
  return [...shortened, ...tail].join('');
}

/** Columns of a terminal that the text takes. */
function widthOf(cell: string): number {
  let width = 0;
  for (const character of cell) width += wideCharacters.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
  return width;
}
