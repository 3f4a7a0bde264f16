-- Clusters of shared roles: one role for several functions, as the question `shared_role_clusters` answers it.
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
