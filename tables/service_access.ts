import { bigint, boolean, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const serviceAccess = table({
  name: 'service_access',
  grain: 'role × service, and action where IAM tracks actions',
  filling: 'collected',
  columns: {
    ...ofRegion,
    role_arn: varchar('The role'),
    service: varchar('Service prefix, such as `s3`'),
    action: nullable(varchar('Action; NULL for the service as a whole')),
    granted_actions: nullable(bigint('Actions of the service that the role is granted')),
    granted_write_actions: nullable(bigint('Of these, actions that write, tag or manage permissions')),
    wildcard: nullable(boolean('Whether a wildcard grants them')),
    last_used_at: nullable(timestamp('Last successful use; NULL when none was tracked')),
    tracked_since: nullable(timestamp('Begin of the time the source tracks')),
    source: varchar('Where the usage comes from'),
  },
  key: ['account_id', 'role_arn', 'service', 'action', 'source'],
});
