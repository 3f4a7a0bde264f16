import { bigint, boolean, list, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const serviceAccess = table({
  name: 'service_access',
  grain: 'role × service, and action where IAM tracks actions',
  filling: 'collected',
  columns: {
    ...ofRegion,
    role_arn: varchar('The role'),
    service: varchar(
      'Service prefix, such as `s3`; `*` for all services together that a wildcard or NotAction grants and that have no row of their own, as neither a policy nor a report of usage names them',
    ),
    action: nullable(varchar('Action; NULL for the service as a whole')),
    granted_actions: nullable(
      bigint(
        'Actions that the role is granted at most, each on some resource or other: what an Allow of its attached and inline policies names whatever its Resource and Condition, less what a Deny without Condition on Resource `*` names, less what its boundary or a level of SCPs lets nobody do. RCPs, policies of resources and other Deny statements are not counted. NULL when a policy was not read or not understood, or nobody knows the service',
      ),
    ),
    granted_write_actions: nullable(bigint('Of these, actions that write, tag or manage permissions')),
    wildcard: nullable(boolean('Whether a wildcard or NotAction grants some of them')),
    last_used_at: nullable(
      timestamp(
        'Last use that was tracked. IAM counts attempts, refused ones too: where nothing is granted there was none',
      ),
    ),
    tracked_since: nullable(
      timestamp('Begin of the time that is tracked; NULL when nobody knows, and then no use in sight says nothing'),
    ),
    source: varchar(
      'Where the usage comes from: `service_last_accessed`, or `granted` when none was read: whether it is used is unknown',
    ),
    tracked_until: nullable(timestamp('End of the time that is tracked: when the report was made')),
    unknown_actions: list(
      'Action patterns of an Allow that match nothing AWS documents: what they grant is not counted',
    ),
  },
  key: ['account_id', 'role_arn', 'service', 'action', 'source'],
});
