import { bigint, nullable, ofRegion, table, varchar } from './table.ts';

export const coverage = table({
  name: 'coverage',
  grain: 'account × region × resource that was asked for',
  filling: 'collected',
  columns: {
    ...ofRegion,
    resource: varchar('What was asked for, by the name of the collected resource'),
    status: varchar(
      'ok, denied, region_disabled, role_missing, account_inactive, throttled, error or not_provided; only ok means that all of it was read',
    ),
    error_code: nullable(varchar('Error code as AWS or the file system gave it')),
    message: nullable(varchar('What happened and where, in words')),
    rows: bigint('Items that were read; 0 unless ok'),
    api_calls: bigint('Requests sent to AWS, retries included; 0 for exports'),
    duration_ms: nullable(bigint('Time the reading took; NULL for exports, which were read by somebody else')),
  },
  key: ['account_id', 'region', 'resource'],
});
