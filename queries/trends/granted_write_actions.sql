-- title: Actions that write, per role
-- answers: B2, C6. How many actions that write, tag or manage permissions is a role granted on average, of those that are granted anything? Roles with a policy that was not read or not understood do not count.
-- unit: average
-- covers: [roles, policies]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with granted as (
  select
    role_arn,
    sum(granted_write_actions) as write_actions,
    count_if(granted_actions is null and service = '*') as uncounted
  from service_access
  where snapshot_date = :snapshot
    and action is null
  group by role_arn
)
select
  roles.account_id,
  roles.owner_team as team,
  cast(sum(granted.write_actions) as double) as numerator,
  cast(count(*) as double) as denominator
from roles
join granted
  on granted.role_arn = roles.arn
  and granted.uncounted = 0
where roles.snapshot_date = :snapshot
  and not roles.is_service_linked
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
