-- title: Roles shared by several functions
-- answers: C1. Which roles serve two or more functions, and which of these serve functions that have nothing to do with each other? Functions belong together by application tag, else by team tag, else by their name up to the first `-` or `_`; roles of many unrelated groups come first. `functions` names five of them.
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
    and role_arn is not null
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
  clusters.functions
from clusters
left join roles on roles.arn = clusters.role_arn and roles.snapshot_date = :snapshot
order by clusters.unrelated_groups desc, clusters.function_count desc, clusters.role_arn
