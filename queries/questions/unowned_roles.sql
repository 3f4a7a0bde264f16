-- title: Roles without an owning team
-- answers: D8. Which roles does no tag give to a team, those that functions run as first? Roles of AWS services and of Identity Center are left out.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   name: varchar
--   is_admin: boolean
--   created_at: timestamp
--   function_count: bigint
with used as (
  select role_arn, count(*) as function_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
)
select
  roles.arn as role_arn,
  roles.account_id,
  roles.name,
  roles.is_admin,
  roles.created_at,
  coalesce(used.function_count, 0) as function_count
from roles
left join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.owner_team is null
  and not roles.is_service_linked
  and roles.sso_permission_set is null
order by function_count desc, roles.is_admin desc nulls last, roles.arn
