-- title: Roles without an owning team
-- answers: D8, C6. How many roles does no tag give to a team?
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
  and owner_team is null
  and not is_service_linked
  and sso_permission_set is null
group by account_id, owner_team
order by account_id, team
