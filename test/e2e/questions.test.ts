import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine } from '../../queries/engine.ts';
import { render } from '../../queries/render.ts';
import { type Fixture, fixtureLake } from '../queries/fixture_lake.ts';
import { expectSame } from './same_rows.ts';
import { saved, tablesIn } from './saved.ts';
import { trinoClient } from './trino_client.ts';
import { exposeTables, type Shown, withSnapshotFiles } from './trino_tables.ts';

const work = mkdtempSync(join(tmpdir(), 'rolecall-fixtures-'));
const trino = trinoClient(inject('trino'));

afterAll(() => rmSync(work, { recursive: true, force: true }));

const datesOf = ({ contents }: Shown): readonly string[] => contents.snapshots.map((row) => row.snapshot_date).sort();

describe.each(saved)('given the fixture of %s', (path, question) => {
  const file = join(import.meta.dirname, '../../queries', `${path}.fixture.json`);
  const { given, cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const schema = path.replace('/', '_');
  let engine: Engine;
  let shown: Shown;

  beforeAll(async () => {
    shown = await withSnapshotFiles(await fixtureLake(given, join(work, schema)));
    engine = duckdb(shown.lake);
    await exposeTables(trino, schema, tablesIn(question.body), shown);
  });

  afterAll(() => engine?.close());

  test.each(cases)('Trino and DuckDB give the same rows: $name (C7)', async ({ parameters }) => {
    const sql = render(question, parameters, datesOf(shown));
    expectSame(await engine.query(sql, { ...shown.contents, kind: 'published' }), await trino.query(sql, schema));
  });
});
