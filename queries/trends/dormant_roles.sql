-- title: Roles for functions that no function uses
-- answers: B8, C6. How many roles trust Lambda although nothing runs as them?
-- unit: count
-- covers: [roles, functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with used as (
  select role_arn
  from functions
  where snapshot_date = :snapshot
  union all
  select role_arn
  from function_versions
  where snapshot_date = :snapshot
)
select
  roles.account_id,
  roles.owner_team as team,
  cast(count(*) as double) as numerator,
  cast(null as double) as denominator
from roles
left join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.trusts_lambda
  and not roles.is_service_linked
  and used.role_arn is null
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
