-- title: Services that roles are granted and do not use
-- answers: B7. Which services is a role granted, of which every source that tracks them saw no use for so many days? What was not tracked all that time is unknown, and not among them; neither is what a wildcard over all services grants unless IAM reports on it.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
--   days: {type: integer, default: 90}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   owner_team: varchar
--   service: varchar
--   granted_actions: bigint
--   granted_write_actions: bigint
--   wildcard: boolean
--   last_used_at: timestamp
--   tracked_since: timestamp
--   tracked_until: timestamp
select
  service_access.role_arn,
  service_access.account_id,
  roles.owner_team,
  service_access.service,
  service_access.granted_actions,
  service_access.granted_write_actions,
  service_access.wildcard,
  service_access.last_used_at,
  service_access.tracked_since,
  service_access.tracked_until
from service_access
join roles
  on roles.arn = service_access.role_arn
  and roles.snapshot_date = :snapshot
  and not roles.is_service_linked
where service_access.snapshot_date = :snapshot
  and service_access.action is null
  and coalesce(service_access.granted_actions, 1) > 0
  and date_diff('day', service_access.tracked_since, service_access.tracked_until) >= :days
  and (
    service_access.last_used_at is null
    or date_diff('day', service_access.last_used_at, service_access.tracked_until) >= :days
  )
order by granted_write_actions desc nulls last, role_arn, service
