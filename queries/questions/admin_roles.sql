-- title: Roles that are admin, and by which route
-- answers: B1. Which roles may do anything: because a policy says so (`policy`, also when something blocks it: verdict denied), by leaving only some things out (`not_action`), by giving themselves whatever they lack (`changing_iam`), or by another way to more privileges (`escalation`)? `via` names the policies or methods.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   owner_team: varchar
--   route: varchar
--   verdict: varchar
--   via: array(varchar)
--   function_count: bigint
with used as (
  select role_arn, count(*) as function_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
),
effective as (
  select principal_arn, verdict
  from capabilities
  where snapshot_date = :snapshot
    and kind = 'admin'
),
by_policy as (
  select
    roles.arn as role_arn,
    case when roles.is_admin then 'policy' else 'not_action' end as route,
    coalesce(effective.verdict, 'denied') as verdict,
    roles.admin_via as via
  from roles
  left join effective on effective.principal_arn = roles.arn
  where roles.snapshot_date = :snapshot
    and (roles.is_admin or effective.verdict in ('allowed', 'conditional'))
),
by_method as (
  select
    principal_arn as role_arn,
    case
      when capability like 'iam:%' and capability not like 'iam:PassRole%' then 'changing_iam'
      else 'escalation'
    end as route,
    verdict,
    array_agg(capability order by capability) as via
  from capabilities
  where snapshot_date = :snapshot
    and kind = 'escalation'
    and verdict in ('allowed', 'conditional')
  group by
    principal_arn,
    case
      when capability like 'iam:%' and capability not like 'iam:PassRole%' then 'changing_iam'
      else 'escalation'
    end,
    verdict
),
routes as (
  select role_arn, route, verdict, via
  from by_policy
  union all
  select by_method.role_arn, by_method.route, by_method.verdict, by_method.via
  from by_method
  left join by_policy on by_policy.role_arn = by_method.role_arn and by_policy.verdict = 'allowed'
  where by_policy.role_arn is null
)
select
  routes.role_arn,
  roles.account_id,
  roles.owner_team,
  routes.route,
  routes.verdict,
  routes.via,
  coalesce(used.function_count, 0) as function_count
from routes
join roles on roles.arn = routes.role_arn and roles.snapshot_date = :snapshot and not roles.is_service_linked
left join used on used.role_arn = routes.role_arn
order by
  case routes.route when 'policy' then 1 when 'not_action' then 2 when 'changing_iam' then 3 else 4 end,
  case routes.verdict when 'allowed' then 1 when 'conditional' then 2 else 3 end,
  function_count desc,
  routes.role_arn
