-- What became of the findings of rules that are no more: nothing finds them any longer, so they are resolved.
select
  account_id,
  region,
  finding_id,
  rule_id,
  severity,
  score,
  factors,
  resource_arn,
  team,
  title,
  reason,
  'resolved' as lifecycle,
  false as carried,
  first_seen,
  last_seen,
  coalesce(resolved_at, :date) as resolved_at,
  reopened_count
from findings
where snapshot_date = :previous
  and rule_id not in (:rules)
  and coalesce(resolved_at, :date) >= :keep_since
