-- title: Who can run code as whose role
-- answers: B5. Which users, roles, pipelines, permission sets and foreign accounts can make code run as an execution role that may do what they may not? risk_possible: every step is allowed; conditional: something nobody can decide from here decides; path_reduced: a step is missing, and `missing_step` says which. Where a principal reaches more than 20 roles by one method, `role_arn` is the one with the gravest authority and `role_count` how many there are.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   principal_arn: varchar
--   permission_set: varchar
--   account_id: varchar
--   method: varchar
--   role_arn: varchar
--   verdict: varchar
--   gained: array(varchar)
--   missing_step: varchar
--   role_count: bigint
--   function_count: bigint
--   functions: array(varchar)
--   conditions: varchar
--   steps: varchar
select
  paths.principal_arn,
  roles.sso_permission_set as permission_set,
  paths.account_id,
  paths.method,
  paths.role_arn,
  paths.verdict,
  paths.gained,
  paths.missing_step,
  paths.role_count,
  paths.function_count,
  paths.functions,
  paths.conditions,
  paths.steps
from workload_paths as paths
left join roles on roles.arn = paths.principal_arn and roles.snapshot_date = :snapshot
where paths.snapshot_date = :snapshot
order by
  case paths.verdict when 'risk_possible' then 1 when 'conditional' then 2 else 3 end,
  case when contains(paths.gained, 'admin') then 1 when contains(paths.gained, 'escalation') then 2 else 3 end,
  cardinality(paths.gained) desc,
  paths.role_count desc,
  paths.function_count desc,
  paths.principal_arn,
  paths.method,
  paths.role_arn
