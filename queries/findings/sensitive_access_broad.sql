-- title: An execution role reaches secrets or data everywhere
-- answers: B4. Which roles of functions may read or destroy data on all resources of a kind, not only on those of the function? (Admin roles have findings of their own.)
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
reached as (
  select principal_arn, array_agg(capability order by capability) as reached
  from capabilities
  where snapshot_date = :snapshot
    and kind in ('sensitive_read', 'destructive_write')
    and scope in ('all', 'broad')
    and verdict in ('allowed', 'conditional')
  group by principal_arn
)
select
  roles.account_id,
  roles.region,
  roles.arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  'On resources it has no business with, ' || roles.name || ' may: ' || array_join(reached.reached, ', ') || '.' as reason,
  0.5e0 as permission_severity
from reached
join used on used.role_arn = reached.principal_arn
join roles
  on roles.arn = reached.principal_arn
  and roles.snapshot_date = :snapshot
  and not coalesce(roles.is_admin, false)
order by resource_arn
