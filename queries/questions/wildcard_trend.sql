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
with granted as (
  select
    policy_attachments.snapshot_date,
    roles.arn,
    roles.account_id,
    coalesce(roles.owner_team, '(no team)') as team,
    statements.policy_id,
    statements.position,
    statements.has_full_action,
    statements.has_service_wildcard,
    statements.has_partial_wildcard,
    statements.has_full_resource,
    statements.has_broad_resource,
    statements.has_not_action,
    statements.has_not_resource
  from policy_attachments
  join roles
    on roles.arn = policy_attachments.principal_arn
    and roles.snapshot_date = policy_attachments.snapshot_date
    and not roles.is_service_linked
  join statements
    on statements.policy_id = policy_attachments.policy_id
    and statements.snapshot_date = policy_attachments.snapshot_date
    and statements.effect = 'Allow'
  where policy_attachments.kind <> 'boundary'
),
scoped as (
  select
    granted.snapshot_date,
    scopes.scope_kind,
    case scopes.scope_kind when 'organization' then 'organization' when 'account' then granted.account_id else granted.team end as scope,
    granted.arn,
    granted.policy_id || '#' || cast(granted.position as varchar) as statement,
    granted.has_full_action,
    granted.has_service_wildcard,
    granted.has_partial_wildcard,
    granted.has_full_resource,
    granted.has_broad_resource,
    granted.has_not_action,
    granted.has_not_resource
  from granted
  cross join (values ('organization'), ('account'), ('team')) as scopes (scope_kind)
  where scopes.scope_kind = :scope_kind
)
select
  snapshots.snapshot_date,
  scoped.scope_kind,
  scoped.scope,
  count(distinct statement) as statements,
  count(distinct statement) filter (where has_full_action) as full_action,
  count(distinct statement) filter (where has_service_wildcard) as service_wildcard,
  count(distinct statement) filter (where has_partial_wildcard) as partial_wildcard,
  count(distinct statement) filter (where has_full_resource) as full_resource,
  count(distinct statement) filter (where has_broad_resource) as broad_resource,
  count(distinct statement) filter (where has_not_action) as not_action,
  count(distinct statement) filter (where has_not_resource) as not_resource,
  count(distinct arn) filter (
    where has_full_action or has_service_wildcard or has_partial_wildcard or has_not_action
  ) as roles_with_wildcards
from snapshots
join scoped on scoped.snapshot_date = snapshots.snapshot_date
group by snapshots.snapshot_date, scoped.scope_kind, scoped.scope
order by scoped.scope, snapshots.snapshot_date
