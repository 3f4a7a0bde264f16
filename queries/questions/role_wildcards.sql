-- title: Wildcards, NotAction and NotResource of each role
-- answers: B2. Which roles have wildcards, NotAction or NotResource in the Allow statements of their attached and inline policies, of which kind, in how many statements, and through which policies? `statements` counts those with any of these. Boundaries and roles of AWS services do not count; wildcard_counts adds up per account and team.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   team: varchar
--   statements: bigint
--   full_action: bigint
--   service_wildcard: bigint
--   partial_wildcard: bigint
--   full_resource: bigint
--   broad_resource: bigint
--   not_action: bigint
--   not_resource: bigint
--   policies: array(varchar)
with wild as (
  select
    policy_attachments.principal_arn as role_arn,
    roles.account_id,
    roles.owner_team as team,
    statements.policy_id,
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
    and (
      statements.has_full_action
      or statements.has_service_wildcard
      or statements.has_partial_wildcard
      or statements.has_full_resource
      or statements.has_broad_resource
      or statements.has_not_action
      or statements.has_not_resource
    )
  where policy_attachments.snapshot_date = :snapshot
    and policy_attachments.kind <> 'boundary'
),
counted as (
  select
    role_arn,
    account_id,
    team,
    count(*) as statements,
    count(*) filter (where has_full_action) as full_action,
    count(*) filter (where has_service_wildcard) as service_wildcard,
    count(*) filter (where has_partial_wildcard) as partial_wildcard,
    count(*) filter (where has_full_resource) as full_resource,
    count(*) filter (where has_broad_resource) as broad_resource,
    count(*) filter (where has_not_action) as not_action,
    count(*) filter (where has_not_resource) as not_resource,
    array_agg(distinct policy_id order by policy_id) as policies
  from wild
  group by role_arn, account_id, team
)
select
  role_arn,
  account_id,
  team,
  statements,
  full_action,
  service_wildcard,
  partial_wildcard,
  full_resource,
  broad_resource,
  not_action,
  not_resource,
  policies
from counted
order by full_action desc, service_wildcard desc, role_arn
