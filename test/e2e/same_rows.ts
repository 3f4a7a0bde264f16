import { expect } from 'vitest';
import type { Result, ResultRow, Value } from '../../queries/engine.ts';

const tolerance = 1e-12;

/** The judge's answer is the right one: the other engine must give the same columns, types and rows, in the same order. */
export function expectSame(answered: Result, judge: Result): void {
  expect(answered.columns).toEqual(judge.columns);
  expect(answered.rows.map((row, at) => rounded(row, judge.rows[at]))).toEqual(judge.rows);
}

/** The same, where the order says nothing. */
export function expectSameUnordered(answered: Result, judge: Result): void {
  expectSame(inTextOrder(answered), inTextOrder(judge));
}

const inTextOrder = ({ columns, rows }: Result): Result => ({
  columns,
  rows: rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
});

/** Doubles that differ by no more than the order of an addition explains are taken as the judge's. */
function rounded(row: ResultRow, judge: ResultRow = {}): ResultRow {
  const value = ([name, own]: [string, Value]): [string, Value] => [
    name,
    isNear(own, judge[name]) ? judge[name]! : own,
  ];
  return Object.fromEntries(Object.entries(row).map(value));
}

const isNear = (a: Value, b: Value | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
