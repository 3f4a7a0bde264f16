-- title: Roles without a permissions boundary
-- answers: B9. Which roles has nothing capped, those that functions run as first? Roles of AWS services cannot have a boundary and are left out.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   name: varchar
--   owner_team: varchar
--   trusts_lambda: boolean
--   is_admin: boolean
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
  roles.owner_team,
  roles.trusts_lambda,
  roles.is_admin,
  coalesce(used.function_count, 0) as function_count
from roles
left join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.boundary_arn is null
  and not roles.is_service_linked
order by function_count desc, roles.is_admin desc nulls last, roles.arn
