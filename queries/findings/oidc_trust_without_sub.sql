-- title: A pipeline role trusts every identity of a provider
-- answers: B6. Which roles trust an OIDC provider, and no condition on sub says for which repository, project or account?
-- severity: high
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
  roles.name || ' may be assumed by every identity that ' || trust_edges.trusted || ' vouches for, also of others: no condition asks for a sub.' as reason,
  0.8e0 as permission_severity
from trust_edges
join roles on roles.arn = trust_edges.role_arn and roles.snapshot_date = :snapshot
where trust_edges.snapshot_date = :snapshot
  and trust_edges.problem = 'no_subject'
order by resource_arn, discriminator
