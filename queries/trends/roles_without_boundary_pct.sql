-- title: Roles without a permissions boundary, percent
-- answers: B9, C6. Of the roles that can have a boundary, how many have none?
-- unit: percent
-- covers: [roles]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select
  account_id,
  owner_team as team,
  cast(count_if(boundary_arn is null) as double) as numerator,
  cast(count(*) as double) as denominator
from roles
where snapshot_date = :snapshot
  and not is_service_linked
group by account_id, owner_team
order by account_id, team
