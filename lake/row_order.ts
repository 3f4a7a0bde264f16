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
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  return Number(left) - Number(right);
}

/** The rows in the order of the table's key: text by code point, NULL first. Equal keys stay as they come. */
export function inKeyOrder(table: Table, rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => {
    for (const name of table.key) {
      const order = compareValues(left[name], right[name]);
      if (order !== 0) return order;
    }
    return 0;
  });
}
