-- title: Where a single change cuts most paths
-- answers: B5. Which statements and execution roles do most workload-identity paths go through? Taking a statement away, or a role's authority, cuts all paths that it carries. Reduced paths do not count.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   kind: varchar
--   edge: varchar
--   account_id: varchar
--   paths: bigint
--   principals: bigint
--   share_pct: double
-- chart: bar
with paths as (
  select account_id, principal_arn, method, role_arn, role_count, steps
  from workload_paths
  where snapshot_date = :snapshot
    and verdict <> 'path_reduced'
),
edges as (
  -- A statement that allows two steps of a path carries it once.
  select distinct
    'statement' as kind,
    json_extract_scalar(steps, '$[' || cast(place as varchar) || '].by.policy_id') || ' statement '
      || json_extract_scalar(steps, '$[' || cast(place as varchar) || '].by.position') as edge,
    account_id,
    principal_arn,
    method,
    role_arn,
    role_count
  from paths
  cross join unnest(sequence(0, json_array_length(steps))) as places (place)
  where json_extract_scalar(steps, '$[' || cast(place as varchar) || '].by.policy_id') is not null
  union all
  select 'role', role_arn, account_id, principal_arn, method, role_arn, role_count
  from paths
),
carried as (
  -- A row that stands for many roles goes through only one of them at a time.
  select
    kind,
    edge,
    account_id,
    cast(sum(case when kind = 'role' then 1 else role_count end) as bigint) as paths,
    count(distinct principal_arn) as principals
  from edges
  group by kind, edge, account_id
),
everything as (
  select cast(sum(role_count) as bigint) as paths
  from paths
)
select
  carried.kind,
  carried.edge,
  carried.account_id,
  carried.paths,
  carried.principals,
  round(1000e0 * carried.paths / everything.paths) / 10e0 as share_pct
from carried
cross join everything
order by carried.paths desc, carried.kind, carried.edge, carried.account_id
