import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine } from '../../queries/engine.ts';
import { loadMetrics, loadQuestions, loadRules, type Question } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import { tokens } from '../../queries/tokens.ts';
import { allTables } from '../../tables/all.generated.ts';
import type { Table } from '../../tables/table.ts';
import { type Fixture, fixtureLake } from '../queries/fixture_lake.ts';
import { expectSame } from './same_rows.ts';
import { startTrino } from './trino.ts';
import { exposeTables, type Shown, withSnapshotFiles } from './trino_tables.ts';

const work = mkdtempSync(join(tmpdir(), 'rolecall-trino-'));
let trino: Awaited<ReturnType<typeof startTrino>>;

beforeAll(async () => {
  trino = await startTrino(join(work, 'server'));
});

afterAll(async () => {
  await trino?.[Symbol.asyncDispose]();
  rmSync(work, { recursive: true, force: true });
});

/** Only these are made in Trino: each costs some requests. */
function tablesIn(sql: string): readonly Table[] {
  const words = new Set(tokens(sql).map(({ text }) => text));
  return allTables.filter(({ name }) => words.has(name));
}

const datesOf = ({ contents }: Shown): readonly string[] => contents.snapshots.map((row) => row.snapshot_date).sort();

const families = { questions: loadQuestions(), findings: loadRules(), trends: loadMetrics() };
const asked = Object.entries(families).flatMap(([family, questions]) =>
  questions.map((question): [string, Question] => [`${family}/${question.name}`, question]),
);

describe.each(asked)('given the fixture of %s', (path, question) => {
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
