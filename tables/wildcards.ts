import { bigint, table, varchar } from './table.ts';

export const wildcards = table({
  name: 'wildcards',
  grain: 'scope',
  filling: 'derived',
  columns: {
    scope_kind: varchar('organization, account or team'),
    scope: varchar('Which one; `organization` for the whole, `(no team)` for roles of nobody'),
    statements: bigint('Statements that allow roles something; one of a policy that several roles have counts once'),
    full_action: bigint('Statements on every action (`*`)'),
    service_wildcard: bigint('Statements on every action of a service (`s3:*`)'),
    partial_wildcard: bigint('Statements on actions with a wildcard in their name (`s3:Get*`)'),
    full_resource: bigint('Statements on every resource (`*`)'),
    broad_resource: bigint('Statements on all resources of a service or kind (`arn:aws:s3:::*`)'),
    not_action: bigint('Statements on all actions but some'),
    not_resource: bigint('Statements on all resources but some'),
    roles_with_wildcards: bigint('Roles that are allowed actions by a wildcard or NotAction'),
  },
  key: ['scope_kind', 'scope'],
});
