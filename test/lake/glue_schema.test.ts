import { describe, expect, it } from 'vitest';
import { glueColumns, glueLatestTable, glueTable } from '../../lake/glue_schema.ts';
import { allTables } from '../../tables/all.generated.ts';
import { functions } from '../../tables/functions.ts';
import { roles } from '../../tables/roles.ts';
import { trends } from '../../tables/trends.ts';

const typesOf = (columns: ReturnType<typeof glueColumns>) =>
  Object.fromEntries(columns.map(({ Name, Type }) => [Name, Type]));

describe('C7: tables as Glue declares them', () => {
  it('have the columns of the files in their order, and not the partition', () => {
    expect(glueColumns(trends).map(({ Name }) => Name)).toEqual(Object.keys(trends.columns));
  });

  it('have the types that Athena reads the files with', () => {
    expect(typesOf(glueColumns(functions))).toMatchObject({
      function_arn: 'string',
      tags: 'string',
      memory_mb: 'bigint',
      last_modified: 'timestamp',
      layers: 'array<string>',
      is_public: 'boolean',
    });
    expect(typesOf(glueColumns(trends))).toMatchObject({ value: 'double' });
  });

  it.each(allTables.map((table) => [table.name, table] as const))('%s has comments that Glue takes', (_, table) => {
    for (const { Comment } of glueColumns(table)) expect(Buffer.byteLength(Comment)).toBeLessThanOrEqual(255);
  });

  it('are partitioned by the date of the snapshot, below the lake', () => {
    expect(glueTable(roles, 's3://lake')).toMatchObject({
      Name: 'roles',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: 'snapshot_date', Type: 'string' }],
      StorageDescriptor: { Location: 's3://lake/' },
    });
  });

  it('of the newest snapshot alone find it without a partition', () => {
    const template = 's3://lake/runs/a/snapshot_date=${snapshot_date}/roles/';
    expect(glueLatestTable(roles, 's3://lake', { date: '2026-01-05', template })).toMatchObject({
      Name: 'roles_latest',
      Parameters: {
        'projection.enabled': 'true',
        'projection.snapshot_date.values': '2026-01-05',
        'storage.location.template': template,
      },
    });
  });
});
