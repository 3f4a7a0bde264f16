import { bigint, json, nullable, table, timestamp, varchar } from './table.ts';

export const snapshots = table({
  name: 'snapshots',
  grain: 'published snapshot',
  filling: 'published',
  columns: {
    run_id: varchar('The run whose files the snapshot shows'),
    previous_run_id: nullable(varchar('The run that this date showed before; NULL the first time')),
    started_at: timestamp('When the run began'),
    finished_at: timestamp('When the run was published'),
    accounts_planned: bigint('Accounts of the organization that the run set out to read'),
    accounts_complete: bigint('Accounts of which everything asked was read'),
    rolecall_version: varchar('Version of rolecall that made the snapshot'),
    row_counts: json('Rows of the snapshot by table name'),
    derived_run_id: nullable(
      varchar(
        'The run that made its findings, drift, shared roles and trends: a later one when an earlier date was published again; NULL when it was published before anybody noted it',
      ),
    ),
  },
  key: ['run_id'],
});
