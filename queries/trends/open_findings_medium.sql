-- title: Open findings, medium
-- answers: C6. How many findings of severity medium are open?
-- unit: count
-- covers: []
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select account_id, team as team, cast(count(*) as double) as numerator, cast(null as double) as denominator
from findings
where snapshot_date = :snapshot
  and lifecycle = 'open'
  and severity = 'medium'
group by account_id, team
order by account_id, team
