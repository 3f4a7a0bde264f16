-- Clusters of roles: one role for several functions, or the same permissions under several names.
with used as (
  select account_id, role_arn, function_count, region_count, unrelated_groups, is_admin
  from (:used_roles) as used_roles
),
clones as (
  select clusters.cluster_id, members.role_arn
  from (:cloned_roles) as clusters
  cross join unnest(clusters.role_arns) as members (role_arn)
)
select
  account_id,
  'same_role' as cluster_kind,
  role_arn as cluster_id,
  role_arn,
  function_count,
  region_count,
  unrelated_groups,
  is_admin
from used
where function_count > 1
union all
select
  roles.account_id,
  'cloned_role',
  clones.cluster_id,
  clones.role_arn,
  coalesce(used.function_count, 0),
  coalesce(used.region_count, 0),
  coalesce(used.unrelated_groups, 0),
  roles.is_admin
from clones
join roles on roles.arn = clones.role_arn and roles.snapshot_date = :date
left join used on used.role_arn = clones.role_arn
