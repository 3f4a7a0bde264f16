-- title: Wildcards over time
-- answers: C3. How do the counts of `wildcard_counts` develop from snapshot to snapshot? Scopes are the organization, its accounts, or its teams.
-- parameters:
--   scope_kind: {type: text, default: organization}
-- columns:
--   snapshot_date: varchar
--   scope_kind: varchar
--   scope: varchar
--   statements: bigint
--   full_action: bigint
--   service_wildcard: bigint
--   partial_wildcard: bigint
--   full_resource: bigint
--   broad_resource: bigint
--   not_action: bigint
--   not_resource: bigint
--   roles_with_wildcards: bigint
-- chart: line
select
  wildcards.snapshot_date,
  wildcards.scope_kind,
  wildcards.scope,
  wildcards.statements,
  wildcards.full_action,
  wildcards.service_wildcard,
  wildcards.partial_wildcard,
  wildcards.full_resource,
  wildcards.broad_resource,
  wildcards.not_action,
  wildcards.not_resource,
  wildcards.roles_with_wildcards
from snapshots
join wildcards on wildcards.snapshot_date = snapshots.snapshot_date and wildcards.scope_kind = :scope_kind
order by wildcards.scope, wildcards.snapshot_date
