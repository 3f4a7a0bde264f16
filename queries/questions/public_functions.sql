-- title: Functions open to anyone
-- answers: A5. Which functions may an anonymous principal invoke, after conditions, by which way, and what does the role allow that they run as?
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   data_sensitivity: varchar
--   ways: array(varchar)
--   role_arn: varchar
--   is_admin: boolean
with open_ways as (
  select function_arn, array_agg(distinct kind order by kind) as ways
  from function_triggers
  where snapshot_date = :snapshot
    and is_public
  group by function_arn
)
select
  functions.function_arn,
  functions.account_id,
  functions.region,
  functions.team,
  functions.data_sensitivity,
  open_ways.ways,
  functions.role_arn,
  roles.is_admin
from functions
left join open_ways on open_ways.function_arn = functions.function_arn
left join roles on roles.arn = functions.role_arn and roles.snapshot_date = :snapshot
where functions.snapshot_date = :snapshot
  and functions.is_public
order by roles.is_admin desc nulls last, functions.function_arn
