import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Staged } from '../../lake/catalog.ts';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import { derivations } from '../../queries/derivations.ts';
import { duckdb } from '../../queries/duckdb.ts';
import { render } from '../../queries/render.ts';
import type { Sql } from '../../queries/sql.ts';
import { duckdbTypes, typedColumns } from '../../queries/typed_columns.ts';
import { allTables } from '../../tables/all.generated.ts';
import { expectSame, expectSameUnordered } from './same_rows.ts';
import { saved } from './saved.ts';
import { trinoClient } from './trino_client.ts';
import { exposeTables, partitions, typedSelect, withSnapshotFiles } from './trino_tables.ts';

const trino = trinoClient(inject('trino'));
const lake = folderLake(inject('demoLake'));
const engine = duckdb(lake);
const contents = await catalogFile(lake).published();
const dates = contents.snapshots.map((row) => row.snapshot_date).sort();

describe("the demo's lake", () => {
  beforeAll(async () => exposeTables(trino, 'demo', allTables, await withSnapshotFiles({ lake, contents })));

  afterAll(() => engine.close());

  test('a partition holds the files of the catalog and no other: a table is read by its folders in AWS (A4)', async () => {
    for (const folder of allTables.flatMap((table) => [...partitions(table, contents).values()])) {
      const stored: string[] = [];
      for await (const { key } of lake.list(`${folder}/`)) stored.push(key);
      const listed = contents.entries.map(({ key }) => key).filter((key) => key.startsWith(`${folder}/`));
      expect(stored).toEqual(listed.sort());
    }
  });

  test.each(saved)('Trino and DuckDB give the same rows for %s (C7)', async (_, question) => {
    const sql = render(question, {}, dates);
    expectSame(await engine.query(sql, contents), await trino.query(sql, 'demo'));
  });

  const date = dates.at(-1)!;
  const staged: Staged = { ...contents, kind: 'staged', runId: 'judged', snapshotDate: date };
  const applying = derivations([]).filter(({ applies }) => applies?.(staged, date) ?? true);

  test.each(applying.map((derivation) => [`${derivation.table.name}/${derivation.name}`, derivation] as const))(
    'Trino and DuckDB derive the same rows: %s (C4, C5, C6)',
    async (_, { table, render: renderFor }) => {
      const sql = renderFor(staged, date);
      const own = `select ${typedColumns(Object.entries(table.columns), duckdbTypes)} from (${sql})` as Sql;
      expectSameUnordered(await engine.query(own, contents), await trino.query(typedSelect(sql, table), 'demo'));
    },
  );
});
