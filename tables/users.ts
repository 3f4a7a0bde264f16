import { boolean, json, list, nullable, ofRegion, table, timestamp, varchar } from './table.ts';

export const users = table({
  name: 'users',
  grain: 'IAM user',
  filling: 'collected',
  columns: {
    ...ofRegion,
    arn: varchar('ARN'),
    name: varchar('User name'),
    user_id: varchar('Unique id (AIDA…)'),
    path: varchar('IAM path'),
    created_at: nullable(timestamp('When it was created')),
    last_used_at: nullable(timestamp('Last use of password or access key; NULL when not given')),
    boundary_arn: nullable(varchar('Policy that is its permissions boundary')),
    tags: json('Tags, as an object'),
    owner_team: nullable(varchar('Owning team by tag')),
    groups: list('Names of the groups it belongs to, sorted'),
    is_admin: nullable(boolean('As for roles, through groups too')),
    admin_conditional: nullable(boolean('As for roles')),
    admin_via: list('Policies that make it admin, sorted'),
  },
  key: ['account_id', 'arn'],
});
