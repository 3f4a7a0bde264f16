-- title: Roles
-- answers: C6. How many roles are there, those of AWS services aside?
-- unit: count
-- covers: [roles]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select account_id, owner_team as team, cast(count(*) as double) as numerator, cast(null as double) as denominator
from roles
where snapshot_date = :snapshot
  and not is_service_linked
group by account_id, owner_team
order by account_id, team
