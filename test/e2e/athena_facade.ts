import { type AthenaApi, type Printed, type RunStatement, startAthenaApi } from './athena_api.ts';
import { athenaType, printed } from './athena_values.ts';
import { type Page, type Place, statement } from './trino_client.ts';

/** Athena, for what asks it over the API: Trino runs the statements, over the databases and objects of a catalog. */
export const startAthena = (trino: string, catalog: string): Promise<AthenaApi> =>
  startAthenaApi(onTrino(trino, catalog));

const unloadShape = /^\s*unload\s*\((?<select>.*)\)\s*to\s*'(?<location>[^']+)'\s*with\s*\([^()]*\)\s*$/is;

let tables = 0;

function onTrino(trino: string, catalog: string): RunStatement {
  return async (sql, schema, signal) => {
    const place = { catalog, schema };
    const unload = unloadShape.exec(sql)?.groups;
    if (unload === undefined) return answered(await pagesOf(trino, sql, place, signal));
    return unloaded(trino, unload.select!, unload.location!, place, signal);
  };
}

/** What UNLOAD writes is what a table made of the query holds; dropping that table leaves its files. */
async function unloaded(
  trino: string,
  select: string,
  location: string,
  place: Place,
  signal: AbortSignal,
): Promise<Printed> {
  tables += 1;
  const table = `unload_${process.pid}_${tables}`;
  const options = `external_location = '${location}', format = 'PARQUET'`;
  const pages = await pagesOf(trino, `create table ${table} with (${options}) as ${select}`, place, signal);
  await pagesOf(trino, `drop table ${table}`, place, signal);
  return { ...answered(pages), columns: [], rows: [] };
}

/** @throws Error with what Athena tells as the reason of a query that failed */
async function pagesOf(url: string, sql: string, place: Place, signal: AbortSignal): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for await (const page of statement(url, sql, place)) {
    // Leaving the loop lets the client call the statement off.
    if (signal.aborted) break;
    pages.push(page);
  }
  const error = pages.at(-1)?.error;
  if (error) throw new Error(`${error.errorName}: ${error.message}`);
  return pages;
}

function answered(pages: readonly Page[]): Printed {
  const columns = pages.find((page) => page.columns !== undefined)?.columns ?? [];
  const rows = pages.flatMap((page) => page.data ?? []);
  return {
    columns: columns.map(({ name, type }) => ({ name, type: athenaType(type) })),
    rows: rows.map((row) => row.map((cell, at) => printed(cell, columns[at]!.type))),
    bytesScanned: pages.at(-1)?.stats.physicalInputBytes ?? 0,
  };
}
