-- title: Anyone may assume a role
-- answers: B6. Which roles let in everybody, whatever their account, and no condition or Deny narrows it to known accounts or an organization?
-- severity: critical
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
select distinct
  trust_edges.account_id,
  trust_edges.region,
  trust_edges.role_arn as resource_arn,
  trust_edges.trusted as discriminator,
  roles.owner_team as team,
  roles.name || ' may be assumed by anyone in any AWS account' || case
    when trust_edges.has_external_id then ' who knows its external id.'
    else '.'
  end as reason,
  case when trust_edges.has_external_id then 0.8e0 else 1e0 end as permission_severity
from trust_edges
join roles on roles.arn = trust_edges.role_arn and roles.snapshot_date = :snapshot
where trust_edges.snapshot_date = :snapshot
  and trust_edges.problem = 'wildcard'
order by resource_arn, discriminator
