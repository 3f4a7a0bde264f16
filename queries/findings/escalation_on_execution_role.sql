-- title: An execution role can give itself more privileges
-- answers: B4. With which roles of functions can whoever runs code in the function gain more than the role has, for sure? (Admin roles have findings of their own.)
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
  select distinct role_arn
  from functions
  where snapshot_date = :snapshot
),
methods as (
  select
    principal_arn,
    count(*) as method_count,
    slice(array_agg(capability order by capability), 1, 3) as examples
  from capabilities
  where snapshot_date = :snapshot
    and kind = 'escalation'
    and verdict = 'allowed'
  group by principal_arn
)
select
  roles.account_id,
  roles.region,
  roles.arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  'Code that runs as ' || roles.name || ' has ' || cast(methods.method_count as varchar)
    || case when methods.method_count = 1 then ' way to more privileges: ' else ' ways to more privileges, such as ' end
    || array_join(methods.examples, '; ') || '.' as reason,
  0.95e0 as permission_severity
from methods
join used on used.role_arn = methods.principal_arn
join roles
  on roles.arn = methods.principal_arn
  and roles.snapshot_date = :snapshot
  and not coalesce(roles.is_admin, false)
order by resource_arn
