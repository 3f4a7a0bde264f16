-- title: Policies per role
-- answers: B9, C6. How many policies has a role on average, inline ones included, boundaries not?
-- unit: average
-- covers: [roles, policies]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with attached as (
  select principal_arn, count(*) as policy_count
  from policy_attachments
  where snapshot_date = :snapshot
    and kind <> 'boundary'
  group by principal_arn
)
select
  roles.account_id,
  roles.owner_team as team,
  cast(coalesce(sum(attached.policy_count), 0) as double) as numerator,
  cast(count(*) as double) as denominator
from roles
left join attached on attached.principal_arn = roles.arn
where roles.snapshot_date = :snapshot
  and not roles.is_service_linked
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
