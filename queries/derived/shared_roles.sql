-- Clusters of shared roles: one role for several functions, or the same permissions under several names.
with function_counts as (
  select role_arn, count(*) as function_count, count(distinct region) as region_count
  from functions
  where snapshot_date = :date
  group by role_arn
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
from (:same_role) as same_role
