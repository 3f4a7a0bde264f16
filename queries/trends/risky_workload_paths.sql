-- title: Paths to sensitive authority
-- answers: B5, C6. By how many ways can users and roles, or others whom a function's policy names, make code run as a role that may do something sensitive that they may not? Each principal, method and role counts; what hangs on a condition or lacks a step does not.
-- unit: count
-- covers: [roles, users, groups, policies, functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with owners as (
  select arn, owner_team
  from roles
  where snapshot_date = :snapshot
  union all
  select arn, owner_team
  from users
  where snapshot_date = :snapshot
)
select
  paths.account_id,
  owners.owner_team as team,
  cast(sum(paths.role_count) as double) as numerator,
  cast(null as double) as denominator
from workload_paths as paths
left join owners on owners.arn = paths.principal_arn
where paths.snapshot_date = :snapshot
  and paths.verdict = 'risk_possible'
group by paths.account_id, owners.owner_team
order by paths.account_id, owners.owner_team
