import type { Row, Table } from '../tables/table.ts';

/** Surrogates stand for code points above U+FFFF, so they come after every other code unit. */
const weight = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Order of the code points, which is that of the UTF-8 bytes and of SQL; JavaScript's `<` differs above U+FFFF. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return weight(a) - weight(b);
  }
  return left.length - right.length;
}

function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (Array.isArray(left) && Array.isArray(right)) return compareText(JSON.stringify(left), JSON.stringify(right));
  return Number(left) - Number(right);
}

/**
 * The rows by the table's key and then by all else, so that the same rows give the same file however they came:
 * text by code point, NULL first.
 */
export function inKeyOrder(table: Table, rows: readonly Row[]): readonly Row[] {
  const names = [...new Set([...table.key, ...Object.keys(table.columns)])];
  return rows.toSorted((left, right) => {
    for (const name of names) {
      const order = compareValues(left[name], right[name]);
      if (order !== 0) return order;
    }
    return 0;
  });
}
