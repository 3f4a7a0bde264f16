-- title: A role for functions that no function uses
-- answers: B8. Which roles trust Lambda although nothing runs as them?
-- severity: low
-- covers: [roles, functions, function_versions, microvms, capacity_providers]
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
  roles.region,
  roles.arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  'Lambda may run code as ' || roles.name || ', and no function or published version does.' as reason,
  case when roles.is_admin then 0.8e0 else 0.1e0 end as permission_severity
from roles
left join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.trusts_lambda
  and not roles.is_service_linked
  and used.role_arn is null
order by resource_arn
