import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import pLimit from 'p-limit';
import type { Catalog, Entry, Published } from '../../lake/catalog.ts';
import { folderLake } from '../../lake/folder.ts';
import type { Lake } from '../../lake/lake.ts';
import { duckdb } from '../../queries/duckdb.ts';
import type { Engine } from '../../queries/engine.ts';
import type { Question } from '../../queries/question.ts';
import { render } from '../../queries/render.ts';
import { expectSame } from './same_rows.ts';
import { saved } from './saved.ts';

interface Aws {
  readonly lake: Lake;
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** Two engines over the same objects: Athena in the bucket, DuckDB over a copy of each. */
export interface BothEngines {
  readonly athena: Engine;
  readonly duckdb: Engine;
  /** The folder that DuckDB reads. */
  readonly copy: Lake;
  readonly published: Published;
}

const width = 16;
const questionsAtATime = 3;

async function copy(from: Lake, to: Lake, { key }: Entry): Promise<void> {
  const file = to.location(key);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, (await from.get(key))!);
}

/** Copies what the catalog shows into a folder. Close the embedded engine afterwards. */
export async function bothEngines({ lake, catalog, engine }: Aws, folder: string): Promise<BothEngines> {
  const published = await catalog.published();
  const copied = folderLake(folder);
  await pLimit(width).map(published.entries, (entry) => copy(lake, copied, entry));
  return { athena: engine, duckdb: duckdb(copied), copy: copied, published };
}

/** The question with its default parameters has the same answer, row for row, in both; Athena is the judge. */
async function expectSameAnswer({ athena, duckdb: own, published }: BothEngines, asked: Question): Promise<void> {
  const dates = published.snapshots.map((row) => row.snapshot_date).sort();
  const sql = render(asked, {}, dates);
  const asking = { columns: asked.columns };
  expectSame(await own.query(sql, published, asking), await athena.query(sql, published, asking));
}

/** The same for every saved question, rule and metric. */
export async function expectSameAnswers(both: BothEngines): Promise<void> {
  await pLimit(questionsAtATime).map(saved, ([path, question]) =>
    expectSameAnswer(both, question).catch((cause: unknown) => {
      throw new Error(`${path}: the engines answer differently`, { cause });
    }),
  );
}
