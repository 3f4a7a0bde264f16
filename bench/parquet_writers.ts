/**
 * Measures Parquet writers on 200,000 rows of the table `roles`: CPU, peak memory, size, and what becomes of a date
 * that comes as text. The writers that the project does not use are installed elsewhere first:
 *   npm install --prefix FOLDER parquetjs-lite@0.8.7 @dsnp/parquetjs@1.8.8
 *   npx tsx bench/parquet_writers.ts FOLDER
 */
import { fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeParquet } from '../lake/parquet.ts';
import { roles } from '../tables/roles.ts';
import type { Column, ColumnType, Row, RowOf } from '../tables/table.ts';

const ROWS = 200_000;
const TEXT_DATE = '2026-01-05T10:00:00.000+0000';

type RoleRow = RowOf<typeof roles>;

function role(i: number): RoleRow {
  const account_id = String(100_000_000_000 + (i % 400));
  const name = `team-${i % 97}-service-${i}`;
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Sid: name,
  };
  return {
    account_id,
    region: 'global',
    arn: `arn:aws:iam::${account_id}:role/${name}`,
    name,
    role_id: `AROA${i.toString(36).toUpperCase().padStart(17, '0')}`,
    path: '/',
    created_at: new Date(1_600_000_000_000 + i * 60_000),
    last_used_at: i % 3 === 0 ? null : new Date(1_760_000_000_000 + i * 1000),
    trust_policy: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    boundary_arn: i % 5 === 0 ? `arn:aws:iam::${account_id}:policy/boundary` : null,
    tags: JSON.stringify({ team: `team-${i % 97}`, application: `service-${i % 1009}` }),
    owner_team: `team-${i % 97}`,
    is_service_linked: false,
    trusts_lambda: i % 7 !== 0,
    sso_permission_set: null,
    is_admin: i % 50 === 0,
    admin_conditional: null,
    admin_via: i % 50 === 0 ? ['arn:aws:iam::aws:policy/AdministratorAccess'] : [],
  };
}

function* rows(): Generator<RoleRow> {
  for (let i = 0; i < ROWS; i++) yield role(i);
}

const columns = Object.entries<Column>(roles.columns);

/** The part of the parquetjs family's interface that is used here. */
interface Parquetjs {
  ParquetSchema: new (fields: object) => object;
  ParquetWriter: { openFile(schema: object, file: string): Promise<ParquetjsWriter> };
}
interface ParquetjsWriter {
  setRowGroupSize(rows: number): void;
  appendRow(row: object): Promise<void>;
  close(): Promise<void>;
}

const parquetjsTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'UTF8',
  json: 'UTF8',
  bigint: 'INT64',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP_MILLIS',
  'array(varchar)': 'UTF8',
};

const parquetjsField = ({ type, nullable }: Column): object => ({
  type: parquetjsTypes[type],
  compression: 'SNAPPY',
  optional: nullable,
  repeated: type === 'array(varchar)',
});

const withoutNull = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

async function writeParquetjs(
  { ParquetSchema, ParquetWriter }: Parquetjs,
  all: Iterable<Row>,
  file: string,
): Promise<void> {
  const fields = Object.fromEntries(columns.map(([name, column]) => [name, parquetjsField(column)]));
  const writer = await ParquetWriter.openFile(new ParquetSchema(fields), file);
  writer.setRowGroupSize(20_000);
  for (const row of all) await writer.appendRow(withoutNull(row));
  await writer.close();
}

const duckdbTypes: Partial<Record<ColumnType, string>> = { json: 'varchar', 'array(varchar)': 'varchar[]' };

async function writeDuckdb(all: Iterable<Row>, file: string): Promise<void> {
  const json = `${file}.json`;
  const lines = function* () {
    for (const row of all) yield `${JSON.stringify(row)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(json));
  const types = columns.map(([name, { type }]) => `${name}: '${duckdbTypes[type] ?? type}'`).join(', ');
  await askDuckdb(`copy (from read_json('${json}', format = 'newline_delimited', columns = {${types}})) to '${file}'
    (format parquet, compression snappy, row_group_size 20000)`);
  rmSync(json);
}

async function askDuckdb(sql: string): Promise<readonly Row[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson() as readonly Row[];
}

type Write = (rows: Iterable<Row>, file: string) => Promise<unknown>;

function writers(folder: string): Readonly<Record<string, Write>> {
  const installed = createRequire(join(resolve(folder), 'package.json'));
  const parquetjs =
    (name: string): Write =>
    (all, file) =>
      writeParquetjs(installed(name) as Parquetjs, all, file);
  return {
    'hyparquet-writer 0.17.0': (all, file) => writeParquet(roles, all, file),
    'parquetjs-lite 0.8.7': parquetjs('parquetjs-lite'),
    '@dsnp/parquetjs 1.8.8': parquetjs('@dsnp/parquetjs'),
    'DuckDB via NDJSON': writeDuckdb,
  };
}

/** What becomes of a date that comes as text, as Lambda's LastModified does. */
async function fateOfTextDate(write: Write, file: string): Promise<string> {
  const row: Row = { ...role(1), created_at: TEXT_DATE };
  try {
    await write([row], file);
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
  const [read] = await askDuckdb(`select cast(created_at as varchar) as created_at from '${file}'`);
  return `written as ${read?.created_at}`;
}

interface Measured {
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly sizeMB: number;
  readonly readBack: unknown;
  readonly textDate: string;
}

async function measure(write: Write): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parquet-writers-'));
  const file = join(folder, 'roles.parquet');
  try {
    const before = process.cpuUsage();
    await write(rows(), file);
    const { user, system } = process.cpuUsage(before);
    const peakMiB = process.resourceUsage().maxRSS / 1024;
    const checks = 'count(*)::int as n, count(distinct arn)::int as arns, max(created_at)::varchar as newest';
    const [readBack] = await askDuckdb(`select ${checks} from '${file}'`);
    const textDate = await fateOfTextDate(write, join(folder, 'date.parquet'));
    return { cpuSeconds: (user + system) / 1e6, peakMiB, sizeMB: statSync(file).size / 1e6, readBack, textDate };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A process for each writer, so that peak memory is its own. */
function inChild(folder: string, name: string): Promise<Measured> {
  return new Promise((done, failed) => {
    const child = fork(fileURLToPath(import.meta.url), [folder, name], { execArgv: process.execArgv });
    child.once('message', (measured) => done(measured as Measured));
    child.once('exit', (code) => failed(new Error(`${name} ended with ${code}`)));
  });
}

const [folder, name] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('Name the folder where the other writers are installed; see the head of this file.');
const all = writers(folder);
if (name === undefined) {
  for (const writer of Object.keys(all)) console.log(writer, await inChild(folder, writer));
} else {
  process.send?.(await measure(all[name]!));
}
