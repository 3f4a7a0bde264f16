-- title: Unrelated functions share a role
-- answers: C1. Which roles do functions of three or more unrelated groups run as? What one of them needs, all of them may do.
-- severity: medium
-- covers: [functions]
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
  select
    role_arn,
    account_id,
    count(*) as function_count,
    count(distinct lower(coalesce(
      application,
      team,
      split_part(replace(function_name, '_', '-'), '-', 1)
    ))) as unrelated_groups
  from functions
  where snapshot_date = :snapshot
  group by role_arn, account_id
)
select
  used.account_id,
  'global' as region,
  used.role_arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  cast(used.function_count as varchar) || ' functions of ' || cast(used.unrelated_groups as varchar)
    || ' unrelated groups run as this role.' as reason,
  case when roles.is_admin then 1e0 else 0.4e0 end as permission_severity
from used
left join roles on roles.arn = used.role_arn and roles.snapshot_date = :snapshot
where used.role_arn is not null
  and used.unrelated_groups >= 3
order by resource_arn
