-- title: Unknown: a control policy names actions that AWS does not document
-- answers: B2, B3. Which service or resource control policies name actions or services that the catalogue does not know? Misspelt, newer than it, or withdrawn: what they forbid, or let through, is unknown.
-- severity: medium
-- covers: [organization_policies]
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
with named as (
  select
    organization_policies.policy_id,
    organization_policies.name,
    array_join(array_sort(array_agg(distinct unknown.pattern)), ', ') as patterns
  from organization_policies
  cross join unnest(organization_policies.unknown_actions) as unknown (pattern)
  where organization_policies.snapshot_date = :snapshot
  group by organization_policies.policy_id, organization_policies.name
)
select
  coverage.account_id,
  coverage.region,
  named.policy_id as resource_arn,
  '' as discriminator,
  cast(null as varchar) as team,
  'The catalogue of AWS knows no ' || named.patterns || ', which ' || named.name
    || ' names: misspelt, new or withdrawn. What it forbids or lets through is unknown.' as reason,
  0.5e0 as permission_severity
from named
-- What belongs to the organization stands where its coverage does.
join coverage
  on coverage.resource = 'organization_policies'
  and coverage.snapshot_date = :snapshot
order by resource_arn
