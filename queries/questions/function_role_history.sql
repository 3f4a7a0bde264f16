-- title: Which role each function had, snapshot by snapshot
-- answers: C4. Which role was attached to which function at each snapshot, and when did that change? `changed` compares with the snapshot before in which the function was read.
-- parameters:
--   function: {type: text, default: ''}
-- columns:
--   snapshot_date: varchar
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   role_arn: varchar
--   previous_role_arn: varchar
--   changed: boolean
with history as (
  select
    functions.snapshot_date,
    functions.function_arn,
    functions.account_id,
    functions.region,
    functions.role_arn,
    lag(functions.role_arn) over (
      partition by functions.function_arn
      order by functions.snapshot_date
    ) as previous_role_arn
  from snapshots
  join functions on functions.snapshot_date = snapshots.snapshot_date
  where :function in ('', functions.function_arn, functions.function_name)
)
select
  snapshot_date,
  function_arn,
  account_id,
  region,
  role_arn,
  previous_role_arn,
  previous_role_arn is not null and previous_role_arn is distinct from role_arn as changed
from history
order by function_arn, snapshot_date
