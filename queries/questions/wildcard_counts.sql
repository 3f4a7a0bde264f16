-- title: Wildcards in what roles are allowed
-- answers: B2, C3. How many statements that roles have allow whole services, parts of services or everything, on which resources, and how many roles are allowed actions by a wildcard or NotAction (`roles_with_wildcards`)? Counted for the organization, accounts and teams; a statement of a policy that several roles have counts once in each scope. Boundaries and roles of AWS services do not count.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
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
with granted as (
  select
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
    and roles.snapshot_date = :snapshot
    and not roles.is_service_linked
  join statements
    on statements.policy_id = policy_attachments.policy_id
    and statements.snapshot_date = :snapshot
    and statements.effect = 'Allow'
  where policy_attachments.snapshot_date = :snapshot
    and policy_attachments.kind <> 'boundary'
),
scoped as (
  select
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
)
select
  scope_kind,
  scope,
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
from scoped
group by scope_kind, scope
order by scope_kind, scope
