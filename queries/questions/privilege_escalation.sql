-- title: Ways to more privileges
-- answers: B4. Which roles and users can give themselves more than they have, by which method, and what does it hang on? `admin` stands for all methods that are no surer than it. `possible` needs something that was not read or is not there yet.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   principal_arn: varchar
--   method: varchar
--   verdict: varchar
--   scope: varchar
--   granted_by: varchar
--   explanation: varchar
with ranked as (
  select
    principal_arn,
    capability,
    kind,
    verdict,
    scope,
    granted_by,
    explanation,
    case verdict when 'allowed' then 1 when 'conditional' then 2 when 'unknown' then 3 else 4 end as certainty
  from capabilities
  where snapshot_date = :snapshot
    and kind in ('admin', 'escalation')
    and verdict <> 'denied'
    and principal_arn not like '%:role/aws-service-role/%'
),
admins as (
  select principal_arn, certainty
  from ranked
  where kind = 'admin'
)
select
  ranked.principal_arn,
  ranked.capability as method,
  ranked.verdict,
  ranked.scope,
  ranked.granted_by,
  ranked.explanation
from ranked
left join admins on admins.principal_arn = ranked.principal_arn and admins.certainty <= ranked.certainty
where admins.principal_arn is null or ranked.kind = 'admin'
order by ranked.certainty, ranked.principal_arn, ranked.capability
