import { afterAll, describe, expect, test } from 'vitest';
import { folderLake } from '../../lake/folder.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Sql } from '../../queries/sql.ts';
import { probes } from './prelude_probes.ts';

const engine = duckdb(folderLake('never-written'));
afterAll(() => engine.close());

describe('C7 DuckDB answers as Trino does', () => {
  test.each(probes)('%s', async (expression, expected) => {
    const { rows } = await engine.query(`select ${expression} as value` as Sql, {
      kind: 'published',
      snapshots: [],
      entries: [],
    });
    expect(rows).toEqual([{ value: expected }]);
  });
});
