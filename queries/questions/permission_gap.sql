-- title: Granted against used, role by role
-- answers: B7. How many services is a role granted, how many of them did it use in so many days, how many not, and of how many does nobody know, as they were not tracked all that time? `*` counts as one that nobody knows: all services that only a wildcard or NotAction grants. Roles of which nothing was tracked are not among them.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
--   days: {type: integer, default: 90}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   owner_team: varchar
--   granted_services: bigint
--   used_services: bigint
--   unused_services: bigint
--   unknown_services: bigint
--   unused_write_actions: bigint
with services as (
  select
    role_arn,
    granted_write_actions,
    tracked_until,
    case
      when date_diff('day', last_used_at, tracked_until) < :days then 'used'
      when date_diff('day', tracked_since, tracked_until) >= :days then 'unused'
      else 'unknown'
    end as state
  from service_access
  where snapshot_date = :snapshot
    and action is null
    and coalesce(granted_actions, 1) > 0
),
gaps as (
  select
    role_arn,
    count(*) as granted_services,
    count_if(state = 'used') as used_services,
    count_if(state = 'unused') as unused_services,
    count_if(state = 'unknown') as unknown_services,
    coalesce(sum(granted_write_actions) filter (where state = 'unused'), 0) as unused_write_actions
  from services
  group by role_arn
  having count(tracked_until) > 0
)
select
  gaps.role_arn,
  roles.account_id,
  roles.owner_team,
  gaps.granted_services,
  gaps.used_services,
  gaps.unused_services,
  gaps.unknown_services,
  gaps.unused_write_actions
from gaps
join roles
  on roles.arn = gaps.role_arn
  and roles.snapshot_date = :snapshot
  and not roles.is_service_linked
order by unused_services desc, unused_write_actions desc, role_arn
