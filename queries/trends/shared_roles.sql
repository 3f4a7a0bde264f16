-- title: Roles that several functions share
-- answers: C1, C6. How many roles do two or more functions run as?
-- unit: count
-- covers: [functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select
  shared_roles.account_id,
  roles.owner_team as team,
  cast(count(*) as double) as numerator,
  cast(null as double) as denominator
from shared_roles
left join roles on roles.arn = shared_roles.role_arn and roles.snapshot_date = :snapshot
where shared_roles.snapshot_date = :snapshot
  and shared_roles.cluster_kind = 'same_role'
group by shared_roles.account_id, roles.owner_team
order by shared_roles.account_id, roles.owner_team
