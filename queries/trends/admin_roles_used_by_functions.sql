-- title: Admin roles that functions run as
-- answers: B1, C2, C6. How many admin roles do functions run as?
-- unit: count
-- covers: [roles, policies, functions]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
with used as (
  select distinct role_arn
  from functions
  where snapshot_date = :snapshot
)
select
  roles.account_id,
  roles.owner_team as team,
  cast(count(*) as double) as numerator,
  cast(null as double) as denominator
from roles
join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.is_admin
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
