-- title: Granted services that are not used
-- answers: B7, C6. How many of the services that roles are granted did they not use for 90 days, of those that were tracked all that time?
-- unit: percent
-- covers: [roles, policies]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select
  roles.account_id,
  roles.owner_team as team,
  cast(count_if(
    service_access.last_used_at is null
    or date_diff('day', service_access.last_used_at, service_access.tracked_until) >= 90
  ) as double) as numerator,
  cast(count(*) as double) as denominator
from service_access
join roles
  on roles.arn = service_access.role_arn
  and roles.snapshot_date = :snapshot
  and not roles.is_service_linked
where service_access.snapshot_date = :snapshot
  and service_access.action is null
  and coalesce(service_access.granted_actions, 1) > 0
  and date_diff('day', service_access.tracked_since, service_access.tracked_until) >= 90
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
