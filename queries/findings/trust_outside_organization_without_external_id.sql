-- title: An account outside may assume a role without an external id
-- answers: B6. Which roles let in an account outside the organization without asking for sts:ExternalId? Where the organization was not read, every other account may be outside.
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
  roles.name || ' lets in ' || trust_edges.trusted || case
    when trust_edges.is_outside_org then ', which is outside the organization,'
    else ', which may be outside the organization (its accounts were not read),'
  end || ' and asks for no external id.' as reason,
  case when trust_edges.is_outside_org then 0.7e0 else 0.5e0 end as permission_severity
from trust_edges
join roles on roles.arn = trust_edges.role_arn and roles.snapshot_date = :snapshot
where trust_edges.snapshot_date = :snapshot
  and trust_edges.problem = 'no_external_id'
order by resource_arn, discriminator
