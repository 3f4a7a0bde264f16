-- title: Functions with a role of their own, percent
-- answers: C6. How many functions run as a role that no other function runs as?
-- unit: percent
-- covers: [functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with used as (
  select role_arn, count(*) as function_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
)
select
  functions.account_id,
  functions.team,
  cast(count_if(used.function_count = 1) as double) as numerator,
  cast(count(*) as double) as denominator
from functions
join used on used.role_arn = functions.role_arn
where functions.snapshot_date = :snapshot
group by functions.account_id, functions.team
order by functions.account_id, functions.team
