-- title: Nothing caps an execution role
-- answers: B9. Which roles of functions have no permissions boundary?
-- severity: low
-- covers: [roles, functions]
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
)
select
  roles.account_id,
  roles.region,
  roles.arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  roles.name || ' has no permissions boundary, so a policy attached by mistake counts in full.' as reason,
  case when roles.is_admin then 0.5e0 else 0.1e0 end as permission_severity
from roles
join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.boundary_arn is null
  and not roles.is_service_linked
order by resource_arn
