/**
 * A year of an organization of 200 accounts and 20,000 roles: what each question takes on DuckDB and on Trino, which is
 * Athena's engine. Build first; Trino is what `npm run e2e` installs.
 *   npm run bench -- history [WEEKS ACCOUNTS ROLES_EACH [TIMES]]
 *
 * The seconds are the median of TIMES (5), after one that does not count. On DuckDB each time opens the database anew
 * and ends with all rows in memory, as in a command, without the start of its process. On Trino they end with the last
 * page of the answer; its CPU is that of the tasks, without planning, and without this process, which reads the pages.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Published } from '../lake/catalog.ts';
import { duckdb } from '../queries/duckdb.ts';
import type { ResultColumns } from '../queries/engine.ts';
import { loadQuestions, type Question } from '../queries/question.ts';
import { render } from '../queries/render.ts';
import type { Sql } from '../queries/sql.ts';
import { allTables } from '../tables/all.generated.ts';
import { startTrino } from '../test/e2e/trino.ts';
import { statement, type Trino, trinoClient } from '../test/e2e/trino_client.ts';
import { createTable } from '../test/e2e/trino_tables.ts';
import { type History, makeHistory, tables } from './history_lake.ts';

const [weeks = 52, accounts = 200, rolesEach = 100, times = 5] = process.argv.slice(2).map(Number);

/** Seconds that a question about one snapshot, or a trend, may take. */
const limits = { duckdb: 1, trino: 2 } as const;

/** Neither of them: a row for each function and snapshot of the year. */
const unlimited: readonly string[] = ['function_role_history'];

interface Taken {
  readonly seconds: number;
  /** Of all cores: what a busy machine does not make much longer. */
  readonly cpuSeconds: number;
  readonly splits?: number;
  readonly megabytes?: number;
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

/** Opened for this question alone, and told its columns, as the command does. */
async function onDuckdb({ lake }: History, published: Published, sql: Sql, columns: ResultColumns): Promise<Taken> {
  const engine = duckdb(lake);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await engine.query(sql, published, { columns });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = secondsSince(start);
  await engine.close();
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

async function onTrino(url: string, sql: Sql): Promise<Taken> {
  const start = performance.now();
  let taken = { cpuSeconds: 0, splits: 0, megabytes: 0 };
  for await (const { error, stats } of statement(url, sql, { catalog: 'hive', schema: 'history' })) {
    if (error !== undefined) throw new Error(error.message);
    const { cpuTimeMillis, completedSplits, physicalInputBytes } = stats;
    taken = { cpuSeconds: cpuTimeMillis / 1000, splits: completedSplits, megabytes: physicalInputBytes / 1e6 };
  }
  return { seconds: secondsSince(start), ...taken };
}

/** The one in the middle by its seconds. */
async function median(count: number, ask: () => Promise<Taken>): Promise<Taken> {
  await ask();
  const all: Taken[] = [];
  for (let time = 1; time <= count; time += 1) all.push(await ask());
  return all.toSorted((one, other) => one.seconds - other.seconds)[Math.floor(count / 2)]!;
}

function shown({ seconds, cpuSeconds, splits, megabytes }: Taken, limit: number): string {
  const words = [`${seconds.toFixed(2)} s${seconds > limit ? ' (too long)' : ''}`, `CPU ${cpuSeconds.toFixed(2)} s`];
  if (splits !== undefined) words.push(`${splits} splits`, `${megabytes?.toFixed(1)} MB`);
  return words.join(', ');
}

async function measure(history: History, url: string): Promise<void> {
  const published: Published = { kind: 'published', ...history.contents };
  const dates = published.snapshots.map(({ snapshot_date }) => snapshot_date);
  const slow: string[] = [];
  const one = async (question: Question) => {
    const sql = render(question, {}, dates);
    const isLimited = !unlimited.includes(question.name);
    const { duckdb, trino } = isLimited ? limits : { duckdb: Infinity, trino: Infinity };
    const count = isLimited ? times : 1;
    const local = await median(count, () => onDuckdb(history, published, sql, question.columns));
    const remote = await median(count, () => onTrino(url, sql));
    if (local.seconds > duckdb || remote.seconds > trino) slow.push(question.name);
    console.log(`${question.name}: DuckDB ${shown(local, duckdb)}; Trino ${shown(remote, trino)}`);
  };
  // An answer too large to be one is told, and the others are asked.
  for (const question of loadQuestions())
    await one(question).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      console.log(`${question.name}: ${error.message}`);
    });
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
