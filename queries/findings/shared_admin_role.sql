-- title: Several functions share an administrator
-- answers: B1, C2. Which admin roles do two or more functions run as?
-- severity: critical
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
  select role_arn, count(*) as function_count, count(distinct region) as region_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
)
select
  roles.account_id,
  roles.region,
  roles.arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  cast(used.function_count as varchar) || ' functions in ' || cast(used.region_count as varchar)
    || case when used.region_count = 1 then ' region' else ' regions' end || ' run as ' || roles.name || ', which may do anything, by ' || array_join(roles.admin_via, ', ') || '.' as reason,
  case when roles.admin_conditional then 0.8e0 else 1e0 end as permission_severity
from roles
join used on used.role_arn = roles.arn and used.function_count > 1
where roles.snapshot_date = :snapshot
  and roles.is_admin
order by resource_arn
