-- title: Functions open to anyone
-- answers: C6, A5. How many functions may an anonymous principal invoke?
-- unit: count
-- covers: [functions, function_policies, function_urls]
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
  and is_public
group by account_id, team
order by account_id, team
