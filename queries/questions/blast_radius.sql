-- title: How far each principal reaches through functions
-- answers: B5, B6. How many roles, and what authority, does each principal come to by making code run? A permission set counts once, with all its accounts. Reduced paths do not count; `certain` are those that no condition decides.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   principal: varchar
--   accounts: bigint
--   roles: bigint
--   functions: bigint
--   certain: bigint
--   methods: array(varchar)
--   gained: array(varchar)
--   reaches_admin: boolean
with paths as (
  select
    coalesce('permission set ' || roles.sso_permission_set, workload_paths.principal_arn) as principal,
    workload_paths.account_id,
    workload_paths.method,
    workload_paths.role_arn,
    workload_paths.role_count,
    workload_paths.function_count,
    workload_paths.verdict,
    workload_paths.gained
  from workload_paths
  left join roles on roles.arn = workload_paths.principal_arn and roles.snapshot_date = :snapshot
  where workload_paths.snapshot_date = :snapshot
    and workload_paths.verdict <> 'path_reduced'
),
by_method as (
  -- By two methods a principal comes to the same roles: the one that leads to most says how many.
  select
    principal,
    account_id,
    method,
    sum(role_count) as roles,
    sum(function_count) as functions,
    count_if(verdict = 'risk_possible') as certain,
    flatten(array_agg(gained)) as gained
  from paths
  group by principal, account_id, method
),
by_account as (
  select
    principal,
    account_id,
    max(roles) as roles,
    max(functions) as functions,
    sum(certain) as certain,
    array_agg(method) as methods,
    flatten(array_agg(gained)) as gained
  from by_method
  group by principal, account_id
),
reached as (
  select
    principal,
    count(*) as accounts,
    cast(sum(roles) as bigint) as roles,
    cast(sum(functions) as bigint) as functions,
    cast(sum(certain) as bigint) as certain,
    array_sort(array_distinct(flatten(array_agg(methods)))) as methods,
    array_sort(array_distinct(flatten(array_agg(gained)))) as gained
  from by_account
  group by principal
)
select
  principal,
  accounts,
  roles,
  functions,
  certain,
  methods,
  gained,
  contains(gained, 'admin') as reaches_admin
from reached
order by reaches_admin desc, cardinality(gained) desc, roles desc, principal
