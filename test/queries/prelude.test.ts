import { afterAll, describe, expect, test } from 'vitest';
import { folderLake } from '../../lake/folder.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Sql } from '../../queries/sql.ts';

const engine = duckdb(folderLake('never-written'));
afterAll(() => engine.close());

/** Expected values are Trino's, from its documentation of functions and operators. */
describe('C7 DuckDB answers as Trino does', () => {
  test.each([
    ['7 / 2', 3],
    ["cardinality(array['a', 'b'])", 2],
    ['cardinality(array[1, null])', 2],
    ["regexp_like('role-a', '^role')", true],
    ["regexp_extract('abc', '\\d+')", null],
    ["regexp_extract('a12', '([a-z])(\\d+)', 2)", '12'],
    ['json_extract_scalar(\'{"a": {"b c": "x"}}\', \'$.a["b c"]\')', 'x'],
    ['json_extract_scalar(\'{"a": {"b": 1}}\', \'$.a\')', null],
    ["json_extract_scalar('{\"a\": null}', '$.a')", null],
    ["date_diff('month', date '2026-01-15', date '2026-02-14')", 0],
    ["date_diff('day', timestamp '2026-01-01 23:00:00', timestamp '2026-01-02 01:00:00')", 0],
    ["cast(date_add('month', 1, date '2026-01-31') as varchar)", '2026-02-28'],
    ["element_at(array['a'], 2)", null],
    ["array_join(array['a', 'b'], ', ')", 'a, b'],
    ["array_join(array['a', null], ',')", 'a'],
    ["array_join(array['a', null], ',', '-')", 'a,-'],
    ["array_join(array_except(array['a', 'b', 'b'], array['a']), ',')", 'b'],
    ['arrays_overlap(array[1, 2], array[2, 3])', true],
    ["array_join(filter(array['a', 'b'], x -> x <> 'a'), ',')", 'b'],
    ["array_join(slice(array['a', 'b', 'c', 'd'], 2, 2), ',')", 'b,c'],
    ["split_part('a-b', '-', 3)", null],
    ["split_part('a-b', '-', 2)", 'b'],
    ["concat('a', null)", null],
    ["split_part('a-b', '-', 2)", 'b'],
    ["split_part('a-b', '-', 3)", null],
    ['greatest(1, null)', null],
    ['least(2, 1)', 1],
    ["lower(to_hex(sha256(to_utf8('abc'))))", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['(select count_if(x = 1) from (values (cast(null as integer))) as t(x))', 0],
    ["(select min(x) from (values ('b'), ('B')) as t(x))", 'B'],
  ])('%s', async (expression, expected) => {
    const { rows } = await engine.query(`select ${expression} as value` as Sql, {
      kind: 'published',
      snapshots: [],
      entries: [],
    });
    expect(rows).toEqual([{ value: expected }]);
  });
});
