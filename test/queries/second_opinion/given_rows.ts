import type { Given } from '../fixture_lake.ts';

export type GivenRow = Readonly<Record<string, unknown>>;

/** Computes in plain TypeScript what a question answers. */
export type Opinion = (given: Given, parameters: Readonly<Record<string, string>>) => readonly GivenRow[];

/** Rows of a table at the snapshot that is asked for. */
export function rowsAt(
  given: Given,
  table: string,
  { snapshot }: Readonly<Record<string, string>>,
): readonly GivenRow[] {
  return (given[table] ?? []).filter(({ snapshot_date }) => snapshot_date === snapshot);
}

export const text = (value: unknown): string => String(value ?? '');

/** Sorts by several values, each the smaller first; numbers as numbers. */
export function by<T>(...values: readonly ((one: T) => string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const value of values) {
      const [left, right] = [value(a), value(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
