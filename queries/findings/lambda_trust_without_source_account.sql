-- title: A role trusts Lambda for whichever account
-- answers: B9. Which roles trust Lambda without aws:SourceAccount or aws:SourceArn?
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
select distinct
  trust_edges.account_id,
  trust_edges.region,
  trust_edges.role_arn as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  roles.name || ' trusts Lambda without asking for aws:SourceAccount or aws:SourceArn.' as reason,
  0.2e0 as permission_severity
from trust_edges
join roles
  on roles.arn = trust_edges.role_arn
  and roles.snapshot_date = :snapshot
  and not roles.is_service_linked
where trust_edges.snapshot_date = :snapshot
  and trust_edges.problem = 'no_source_account'
order by resource_arn, discriminator
