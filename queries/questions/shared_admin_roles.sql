-- title: Admin roles shared by several functions
-- answers: C2. Which functions share a role with admin privileges, across regions, and which policies make the role admin? Columns as in shared_role_clusters.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
--   at_least: {type: integer, default: 2}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   function_count: bigint
--   region_count: bigint
--   unrelated_groups: bigint
--   teams: array(varchar)
--   is_admin: boolean
--   functions: array(varchar)
--   admin_via: array(varchar)
-- chart: bar
with running as (
  select
    role_arn,
    account_id,
    region,
    team,
    lower(coalesce(application, team, split_part(replace(function_name, '_', '-'), '-', 1))) as related_group,
    function_arn
  from functions
  where snapshot_date = :snapshot
),
clusters as (
  select
    role_arn,
    account_id,
    count(*) as function_count,
    count(distinct region) as region_count,
    count(distinct related_group) as unrelated_groups,
    filter(array_agg(distinct team order by team), team -> team is not null) as teams,
    slice(array_agg(function_arn order by function_arn), 1, 5) as functions
  from running
  group by role_arn, account_id
  having count(*) >= :at_least
)
select
  clusters.role_arn,
  clusters.account_id,
  clusters.function_count,
  clusters.region_count,
  clusters.unrelated_groups,
  clusters.teams,
  roles.is_admin,
  clusters.functions,
  roles.admin_via
from clusters
join roles on roles.arn = clusters.role_arn and roles.snapshot_date = :snapshot and roles.is_admin
order by clusters.unrelated_groups desc, clusters.function_count desc, clusters.role_arn
