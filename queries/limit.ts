import { UsageError } from '../errors.ts';
import type { ResultRow, Value } from './engine.ts';

/** How much of an answer is taken into memory. */
export interface Limit {
  readonly rows: number;
  /** Of text, in all cells together. */
  readonly characters: number;
}

/** What a person or a report can take in. */
export const answerLimit: Limit = { rows: 1_000_000, characters: 256_000_000 };

/** Adds up what is read, so that an answer beyond the limit is refused before it fills the memory. */
export function meter({ rows, characters }: Limit): (row: ResultRow) => void {
  let [rowsLeft, charactersLeft] = [rows, characters];
  return (row) => {
    rowsLeft -= 1;
    charactersLeft -= Object.values(row).reduce<number>((sum, value) => sum + charactersIn(value), 0);
    if (rowsLeft < 0) throw tooLarge(`more than ${rows.toLocaleString('en')} rows`);
    if (charactersLeft < 0) throw tooLarge(`more than ${characters.toLocaleString('en')} characters of text`);
  };
}

function charactersIn(value: Value): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.reduce((sum: number, each: string) => sum + each.length, 0) : 0;
}

const tooLarge = (what: string): UsageError =>
  new UsageError(`The answer has ${what}. Aggregate (count, group by), select fewer columns, or add a limit.`);
