import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../package_root.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Result, ResultType, Value } from '../../queries/engine.ts';
import { parseMetric, parseQuestion, parseRule, type Question } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import { type Fixture, fixtureLake } from './fixture_lake.ts';

const families = [
  { row: 'C7', folder: 'queries/questions', parse: parseQuestion },
  { row: 'C5', folder: 'queries/findings', parse: parseRule },
  { row: 'C6', folder: 'queries/trends', parse: parseMetric },
];

/** Every question, rule and metric: the requirement of its family, its path, and how it is parsed. */
export const saved = families.flatMap(({ row, folder, parse }) =>
  readdirSync(join(packageRoot, folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => [row, `${folder}/${file}`, parse] as const),
);

const text = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

const plain = (value: unknown, type: ResultType | undefined): unknown =>
  type === 'timestamp' && value !== null ? new Date(value as Value as string | Date).toISOString() : value;

/** Rows as a fixture writes them. */
export function comparable(rows: readonly Readonly<Record<string, unknown>>[], question: Question): unknown {
  const types = new Map(question.columns.map(({ name, type }) => [name, type]));
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value, types.get(name))])),
  );
}

export interface FixtureAnswers {
  readonly question: Question;
  readonly fixture: Fixture;
  /** The answer of the question, or of other SQL in its place, over the fixture's rows. */
  answer(parameters: Readonly<Record<string, string>>, sql?: string): Promise<Result>;
  close(): Promise<void>;
}

/** Opens the fixture that lies beside a .sql file, written as Parquet and read by the embedded engine. */
export async function openFixture(
  path: string,
  parse: (text: string, path: string) => Question,
): Promise<FixtureAnswers> {
  const fixturePath = path.replace(/\.sql$/, '.fixture.json');
  if (!existsSync(join(packageRoot, fixturePath))) throw new Error(`${fixturePath} is missing`);
  return openWith(JSON.parse(text(fixturePath)) as Fixture, path, parse);
}

/** The same over the rows of another fixture than the one beside the .sql file. */
export async function openWith(
  fixture: Fixture,
  path: string,
  parse: (text: string, path: string) => Question,
): Promise<FixtureAnswers> {
  const question = parse(text(path), path);
  const root = mkdtempSync(join(tmpdir(), 'rolecall-questions-'));
  const { lake, contents } = await fixtureLake(fixture.given, root);
  const engine = duckdb(lake);
  const dates = contents.snapshots.map((row) => row.snapshot_date).sort();
  return {
    question,
    fixture,
    answer: (parameters, sql = question.body) =>
      engine.query(render({ ...question, body: sql }, parameters, dates), contents),
    async close() {
      await engine.close();
      rmSync(root, { recursive: true });
    },
  };
}
