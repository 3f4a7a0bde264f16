/**
 * A year of an organization of 200 accounts and 20,000 roles: what each question takes on DuckDB, a process of its own
 * asking once, and on Trino, which is Athena's engine. Build first; Trino is what `npm run e2e` installs.
 *   npm run bench -- history [WEEKS ACCOUNTS ROLES_EACH]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Published } from '../lake/catalog.ts';
import { duckdb } from '../queries/duckdb.ts';
import { loadQuestions, type Question } from '../queries/question.ts';
import { render } from '../queries/render.ts';
import type { Sql } from '../queries/sql.ts';
import { allTables } from '../tables/all.generated.ts';
import { startTrino } from '../test/e2e/trino.ts';
import { statement, type Trino, trinoClient } from '../test/e2e/trino_client.ts';
import { createTable } from '../test/e2e/trino_tables.ts';
import { type History, makeHistory, tables } from './history_lake.ts';

const [weeks = 52, accounts = 200, rolesEach = 100] = process.argv.slice(2).map(Number);

/** Seconds that a question may take. */
const limits = { duckdb: 1, trino: 2 } as const;

interface Taken {
  readonly seconds: number;
  /** Of all cores; what a busy machine makes longer is the time alone. */
  readonly cpuSeconds?: number;
  readonly splits?: number;
  readonly megabytes?: number;
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

/** Opened for this question alone, as the command does. */
async function onDuckdb({ lake }: History, published: Published, sql: Sql): Promise<Taken> {
  const engine = duckdb(lake);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await engine.query(sql, published);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = secondsSince(start);
  await engine.close();
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

async function onTrino(url: string, sql: Sql): Promise<Taken> {
  const start = performance.now();
  let taken = { splits: 0, megabytes: 0 };
  for await (const { error, stats } of statement(url, sql, { catalog: 'hive', schema: 'history' })) {
    if (error !== undefined) throw new Error(error.message);
    taken = { splits: stats.completedSplits, megabytes: stats.physicalInputBytes / 1e6 };
  }
  return { seconds: secondsSince(start), ...taken };
}

/** The better of two: the first one may wait for what other queries need as well. */
async function best(ask: () => Promise<Taken>): Promise<Taken> {
  const [one, two] = [await ask(), await ask()];
  return one.seconds < two.seconds ? one : two;
}

function shown({ seconds, cpuSeconds, splits, megabytes }: Taken, limit: number): string {
  const words = [`${seconds.toFixed(2)} s${seconds > limit ? ' (too long)' : ''}`];
  if (cpuSeconds !== undefined) words.push(`CPU ${cpuSeconds.toFixed(2)} s`);
  if (splits !== undefined) words.push(`${splits} splits`, `${megabytes?.toFixed(1)} MB`);
  return words.join(', ');
}

async function measure(history: History, url: string): Promise<void> {
  const published: Published = { kind: 'published', ...history.contents };
  const dates = published.snapshots.map(({ snapshot_date }) => snapshot_date);
  const slow: string[] = [];
  const one = async (question: Question) => {
    const sql = render(question, {}, dates);
    const local = await best(() => onDuckdb(history, published, sql));
    const remote = await best(() => onTrino(url, sql));
    if (local.seconds > limits.duckdb || remote.seconds > limits.trino) slow.push(question.name);
    console.log(`${question.name}: DuckDB ${shown(local, limits.duckdb)}; Trino ${shown(remote, limits.trino)}`);
  };
  for (const question of loadQuestions()) await one(question);
  console.log(`over ${limits.duckdb} s on DuckDB or ${limits.trino} s on Trino: ${slow.join(', ') || 'none'}`);
}

/** Trino looks for the dates in the folders: a call for each table instead of one for each date of it. */
async function expose({ lake }: History, trino: Trino): Promise<void> {
  await trino.query('create schema history');
  for (const table of allTables) {
    await trino.query(createTable(table, `local://${lake.location(`${tables}/${table.name}`)}`), 'history');
    await trino.query(`call system.sync_partition_metadata('history', '${table.name}', 'ADD')`, 'history');
  }
}

const start = performance.now();
const history = await makeHistory(weeks, accounts, rolesEach);
console.log(
  `${weeks} weeks × ${accounts} accounts × ${accounts * rolesEach} roles, made in ${secondsSince(start).toFixed(0)} s`,
);
const work = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
const trino = await startTrino(work);
try {
  await expose(history, trinoClient(trino.url));
  await measure(history, trino.url);
} finally {
  await trino.stop();
  rmSync(work, { recursive: true });
  history.remove();
}
