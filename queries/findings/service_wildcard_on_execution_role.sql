-- title: An execution role may do all of a service
-- answers: B2. Which roles of functions are allowed every action of a service on every resource of it? (Admin roles have findings of their own.)
-- severity: medium
-- covers: [roles, policies, functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   region: varchar
--   resource_arn: varchar
--   discriminator: varchar
--   team: varchar
--   reason: varchar
--   permission_severity: double
with used as (
  select distinct role_arn
  from functions
  where snapshot_date = :snapshot
),
granted as (
  select
    roles.arn,
    roles.account_id,
    roles.region,
    roles.owner_team,
    array_agg(distinct policy_attachments.policy_id order by policy_attachments.policy_id) as policy_ids
  from policy_attachments
  join used on used.role_arn = policy_attachments.principal_arn
  join roles
    on roles.arn = policy_attachments.principal_arn
    and roles.snapshot_date = :snapshot
    and not coalesce(roles.is_admin, false)
  join statements
    on statements.policy_id = policy_attachments.policy_id
    and statements.snapshot_date = :snapshot
    and statements.effect = 'Allow'
    and statements.has_service_wildcard
    and (statements.has_full_resource or statements.has_broad_resource)
  where policy_attachments.snapshot_date = :snapshot
    and policy_attachments.kind <> 'boundary'
  group by roles.arn, roles.account_id, roles.region, roles.owner_team
)
select
  account_id,
  region,
  arn as resource_arn,
  '' as discriminator,
  owner_team as team,
  'Whole services are allowed by ' || array_join(policy_ids, ', ') || '.' as reason,
  0.6e0 as permission_severity
from granted
order by resource_arn
