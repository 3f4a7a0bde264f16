-- title: Functions
-- answers: C6. How many functions are there?
-- unit: count
-- covers: [functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select account_id, team as team, cast(count(*) as double) as numerator, cast(null as double) as denominator
from functions
where snapshot_date = :snapshot
  and kind = 'event_function'
group by account_id, team
order by account_id, team
