import { describe, expect, inject, test } from 'vitest';
import { probes } from '../queries/prelude_probes.ts';
import { trinoClient } from './trino_client.ts';

const trino = trinoClient(inject('trino'));

describe('C7 what DuckDB is taught to answer is what Trino answers', () => {
  test.each(probes)('%s', async (expression, expected) => {
    expect((await trino.query(`select ${expression} as value`)).rows).toEqual([{ value: expected }]);
  });
});
