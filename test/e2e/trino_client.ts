import { setTimeout as sleep } from 'node:timers/promises';
import type { Result, ResultRow, ResultType, Value } from '../../queries/engine.ts';

export interface Trino {
  /** Runs one statement in a schema and maps its answer to the engine's own types. @throws Error with Trino's message. */
  query(sql: string, schema?: string): Promise<Result>;
  /** Whether the server answers a query by now. */
  answers(): Promise<boolean>;
}

/** One page of an answer, as Trino's client protocol gives it. */
export interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string; readonly errorName: string };
  readonly stats: {
    readonly completedSplits: number;
    readonly physicalInputBytes: number;
    readonly cpuTimeMillis: number;
  };
}

/** Where table names without a catalog or schema are looked up. */
export interface Place {
  readonly catalog: string;
  readonly schema: string;
}

/** Right after the start the server knows of no worker yet, itself included. */
const notYet = 'NO_NODES_AVAILABLE';
const attempts = 50;

/** A client that looks tables up in one catalog; `hive` is that of local files. */
export function trinoClient(url: string, catalog = 'hive'): Trino {
  const query = async (sql: string, schema = 'default'): Promise<Result> => {
    for (let attempt = 1; ; attempt++) {
      const pages = await gathered(statement(url, sql, { catalog, schema }));
      const error = pages.at(-1)?.error;
      if (error === undefined) return result(pages);
      if (error.errorName !== notYet || attempt === attempts) throw new Error(`Trino: ${error.message}\n${sql}`);
      await sleep(100);
    }
  };
  const answers = () =>
    started(url).then(
      (up) => up && query('select 1').then(() => true),
      () => false,
    );
  return { query, answers };
}

async function started(url: string): Promise<boolean> {
  const info = (await (await fetch(`${url}/v1/info`)).json()) as { readonly starting: boolean };
  return !info.starting;
}

/** The pages of an answer as they come; the last one has the error, if there is one. */
export async function* statement(url: string, sql: string, { catalog, schema }: Place): AsyncGenerator<Page> {
  const headers = {
    'X-Trino-User': 'e2e',
    'X-Trino-Catalog': catalog,
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
  };
  let next = await page(`${url}/v1/statement`, { method: 'POST', headers, body: sql });
  try {
    yield next;
    while (next.nextUri !== undefined) {
      next = await page(next.nextUri);
      yield next;
    }
  } finally {
    // Who leaves early calls the statement off.
    if (next.nextUri !== undefined) await fetch(next.nextUri, { method: 'DELETE' });
  }
}

async function gathered<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function page(url: string, request?: RequestInit): Promise<Page> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Page;
}

function result(pages: readonly Page[]): Result {
  const columns = (pages.find((each) => each.columns !== undefined)?.columns ?? []).map(({ name, type }) => ({
    name,
    type: resultType(name, type),
  }));
  const row = (cells: readonly unknown[]): ResultRow =>
    Object.fromEntries(columns.map(({ name, type }, at) => [name, value(cells[at], type)]));
  return { columns, rows: pages.flatMap((each) => each.data ?? []).map(row) };
}

const types: readonly (readonly [RegExp, ResultType])[] = [
  [/^varchar(\(\d+\))?$/, 'varchar'],
  [/^(bigint|integer)$/, 'bigint'],
  [/^double$/, 'double'],
  [/^boolean$/, 'boolean'],
  [/^timestamp$/, 'timestamp'],
  [/^array\(varchar(\(\d+\))?\)$/, 'array(varchar)'],
];

function resultType(column: string, type: string): ResultType {
  const known = types.find(([pattern]) => pattern.test(type));
  if (known === undefined)
    throw new Error(`Trino gives column ${column} the type ${type}, which no question may answer.`);
  return known[1];
}

/** Timestamps come as `2026-01-05 00:00:00.000`, in UTC; infinite and undefined numbers as words. */
function value(cell: unknown, type: ResultType): Value {
  if (cell === null || cell === undefined) return null;
  if (type === 'timestamp') return new Date(`${String(cell).replace(' ', 'T')}Z`);
  if (type === 'double') return Number(cell);
  return cell as Value;
}
