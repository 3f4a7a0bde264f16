-- title: Nobody owns a role
-- answers: D8. Which roles does no tag give to a team? Roles of AWS services and of Identity Center are left out.
-- severity: low
-- covers: [roles]
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
select
  account_id,
  region,
  arn as resource_arn,
  '' as discriminator,
  owner_team as team,
  name || ' has no tag that names a team.' as reason,
  case when is_admin then 0.4e0 else 0e0 end as permission_severity
from roles
where snapshot_date = :snapshot
  and owner_team is null
  and not is_service_linked
  and sso_permission_set is null
order by resource_arn
