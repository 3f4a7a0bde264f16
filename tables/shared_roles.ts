import { bigint, boolean, nullable, ofAccount, table, varchar } from './table.ts';

export const sharedRoles = table({
  name: 'shared_roles',
  grain: 'role of a cluster',
  filling: 'derived',
  columns: {
    ...ofAccount,
    cluster_kind: varchar('same_role (functions of one role) or cloned_role (roles with the same permissions)'),
    cluster_id: varchar('Role ARN, or hash of the permissions'),
    role_arn: varchar('A role of the cluster'),
    function_count: bigint('Functions that run as the role'),
    region_count: bigint('Regions these functions are in'),
    unrelated_groups: bigint('Groups of unrelated functions, by application tag, team tag or name prefix'),
    is_admin: nullable(boolean('Whether the role is admin, as in roles')),
  },
  key: ['account_id', 'cluster_kind', 'cluster_id', 'role_arn'],
});
