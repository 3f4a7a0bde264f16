-- title: Admin roles
-- answers: B1, C6. How many roles are admin?
-- unit: count
-- covers: [roles, policies]
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
  and is_admin
group by account_id, owner_team
order by account_id, team
