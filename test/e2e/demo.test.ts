import { describe, expect, inject, test } from 'vitest';
import { catalogFile } from '../../lake/catalog_file.ts';
import { folderLake } from '../../lake/folder.ts';
import { allTables } from '../../tables/all.generated.ts';
import { partitions } from './trino_tables.ts';

const lake = folderLake(inject('demoLake'));

describe("the demo's lake", () => {
  test('a partition holds the files of the catalog and no other: a table is read by its folders in AWS (A4)', async () => {
    const contents = await catalogFile(lake).published();
    for (const folder of allTables.flatMap((table) => [...partitions(table, contents).values()])) {
      const stored: string[] = [];
      for await (const { key } of lake.list(`${folder}/`)) stored.push(key);
      const listed = contents.entries.map(({ key }) => key).filter((key) => key.startsWith(`${folder}/`));
      expect(stored).toEqual(listed.sort());
    }
  });
});
