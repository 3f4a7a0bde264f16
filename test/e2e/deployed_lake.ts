import { databases, workgroups } from '../../infra/names.ts';
import type { Published } from '../../lake/catalog.ts';
import { glueCatalog } from '../../lake/glue.ts';
import { s3Lake } from '../../lake/s3.ts';
import { runFolder } from '../../lake/unused_files.ts';
import { athena } from '../../queries/athena.ts';
import type { ResultRow } from '../../queries/engine.ts';
import { rowsWhere, type Where } from '../../queries/rows_where.ts';
import { allTables } from '../../tables/all.generated.ts';
import { athenaClient } from './aws_lake.ts';
import type { Deployed } from './deployed.ts';

/** The deployed lake as an analyst sees it: the tables of Glue, asked by Athena. */
export function deployedLake({ s3, glue, athena: api, names }: Deployed) {
  const lake = s3Lake({ client: s3, bucket: names.lake.name, prefix: '' });
  const { published: database, staging } = databases;
  const catalog = glueCatalog({ client: glue, lake, database, staging });
  const engine = athena({ client: athenaClient(api), lake, workgroup: workgroups.analyst, database, staging });
  /** Rows of a table in a published snapshot. */
  async function rows(name: string, date: string, where: Where = {}): Promise<readonly ResultRow[]> {
    const table = allTables.find((candidate) => candidate.name === name)!;
    return (await engine.query(rowsWhere(table, date, where), await catalog.published())).rows;
  }
  return { lake, catalog, engine, rows };
}

export type DeployedLake = ReturnType<typeof deployedLake>;

/** Accounts that the batches of a run wrote, each as often as it was written. */
export async function writtenBy({ lake }: DeployedLake, runId: string): Promise<readonly string[]> {
  const accounts: string[] = [];
  for await (const { key } of lake.list(`${runFolder(runId)}/manifest/`)) {
    const manifest = JSON.parse(Buffer.from((await lake.get(key))!).toString());
    accounts.push(...manifest.accounts.map(({ account_id }: { account_id: string }) => account_id));
  }
  return accounts.sort();
}

/** Whether each snapshot that is shown shows the rows that its own row counts: it does not when two runs are mixed. */
export function isWhole({ snapshots, entries }: Published): boolean {
  return snapshots.every(({ snapshot_date, row_counts }) => {
    const counts: Record<string, number> = {};
    for (const { table, snapshot_date: date, rows } of entries) {
      if (date === snapshot_date && table !== 'snapshots') counts[table] = (counts[table] ?? 0) + rows;
    }
    const sorted = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
    return JSON.stringify(sorted) === row_counts;
  });
}
