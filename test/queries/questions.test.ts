import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Published } from '../../lake/catalog.ts';
import { packageRoot } from '../../package_root.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine, Result, ResultType, Value } from '../../queries/engine.ts';
import { parseMetric, parseQuestion, parseRule, type Question } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import { tokens } from '../../queries/tokens.ts';
import { type Fixture, fixtureLake } from './fixture_lake.ts';
import { mutants } from './mutate.ts';

const families = [
  { row: 'C7', folder: 'queries/questions', parse: parseQuestion },
  { row: 'C5', folder: 'queries/findings', parse: parseRule },
  { row: 'C6', folder: 'queries/trends', parse: parseMetric },
];

const files = families.flatMap(({ row, folder, parse }) =>
  readdirSync(join(packageRoot, folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => [row, `${folder}/${file}`, parse] as const),
);

const text = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

const plain = (value: unknown, type: ResultType | undefined): unknown =>
  type === 'timestamp' && value !== null ? new Date(value as Value as string | Date).toISOString() : value;

function comparable(rows: readonly Readonly<Record<string, unknown>>[], question: Question): unknown {
  const types = new Map(question.columns.map(({ name, type }) => [name, type]));
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value, types.get(name))])),
  );
}

describe.each(files)('%s %s', (_, path, parse) => {
  const fixturePath = path.replace(/\.sql$/, '.fixture.json');
  const root = mkdtempSync(join(tmpdir(), 'rolecall-questions-'));
  let question: Question;
  let fixture: Fixture;
  let engine: Engine;
  let contents: Published;

  beforeAll(async () => {
    question = parse(text(path), path);
    expect(existsSync(join(packageRoot, fixturePath)), `${fixturePath} is missing`).toBe(true);
    fixture = JSON.parse(text(fixturePath)) as Fixture;
    const written = await fixtureLake(fixture.given, root);
    engine = duckdb(written.lake);
    contents = written.contents;
  });

  afterAll(async () => {
    await engine?.close();
    rmSync(root, { recursive: true });
  });

  const answer = (asked: Question, parameters: Readonly<Record<string, string>>): Promise<Result> => {
    const dates = contents.snapshots.map((row) => row.snapshot_date).sort();
    return engine.query(render(asked, parameters, dates), contents);
  };

  async function isNoticed(sql: string): Promise<boolean> {
    for (const { parameters, expected } of fixture.cases) {
      const result = await answer({ ...question, body: sql }, parameters).catch(() => undefined);
      if (result === undefined) return true;
      if (JSON.stringify(comparable(result.rows, question)) !== JSON.stringify(comparable(expected, question)))
        return true;
    }
    return false;
  }

  test('given the fixture, answers exactly the expected rows', async () => {
    for (const { name, parameters, expected } of fixture.cases) {
      const result = await answer(question, parameters);
      expect(comparable(result.rows, question), name).toEqual(comparable(expected, question));
      expect(result.columns, `columns of ${name}`).toEqual(question.columns);
    }
  });

  test('a dropped condition or a changed join makes a case fail', async () => {
    expect(await isNoticed(question.body), 'the unchanged question fails already').toBe(false);
    const survivors: string[] = [];
    for (const { snippet, sql } of mutants(question.body)) {
      if (!(await isNoticed(sql))) survivors.push(`${path} ${snippet}`);
    }
    expect(survivors).toEqual([]);
  });

  test('is written in lower case, names its columns and groups by name', () => {
    const code = tokens(question.body).filter(({ kind }) => kind !== 'comment' && kind !== 'space');
    const words = code.filter(({ kind, text }) => kind === 'word' && text !== text.toLowerCase());
    const stars = code.filter(({ text }, index) => text === '*' && ['select', '.'].includes(code[index - 1]!.text));
    expect({ words, stars }).toEqual({ words: [], stars: [] });
    expect(code.map(({ text }) => text).join(' ')).not.toMatch(/\b(group|order) by (\S+( , )+)*\d/);
  });
});
