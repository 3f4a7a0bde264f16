-- title: Unknown: a policy names actions that AWS does not document
-- answers: B2, B4. Which policies of an account name actions or services that the catalogue does not know? Misspelt, newer than it, or withdrawn: what they allow or deny is unknown, and judged by no other rule. (Of policies of AWS the question unknown_actions tells.)
-- severity: medium
-- covers: [policies]
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
    statements.account_id,
    statements.region,
    statements.policy_id,
    array_join(array_sort(array_agg(distinct unknown.pattern)), ', ') as patterns
  from statements
  cross join unnest(statements.unknown_actions) as unknown (pattern)
  where statements.snapshot_date = :snapshot
    and statements.account_id <> 'aws'
  group by statements.account_id, statements.region, statements.policy_id
)
select
  named.account_id,
  named.region,
  named.policy_id as resource_arn,
  '' as discriminator,
  roles.owner_team as team,
  'The catalogue of AWS knows no ' || named.patterns || ': misspelt, new or withdrawn. What it allows or denies is unknown.' as reason,
  0.5e0 as permission_severity
from named
left join roles
  on roles.arn = split_part(named.policy_id, '#', 1)
  and roles.snapshot_date = :snapshot
order by resource_arn
