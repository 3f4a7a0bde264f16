-- title: What to fix first
-- answers: C5. Which findings are open, ranked by score, and since when? `carried` marks those that stand as they were because their account could not be read this time.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   finding_id: varchar
--   rule_id: varchar
--   severity: varchar
--   score: double
--   factors: varchar
--   resource_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   title: varchar
--   reason: varchar
--   first_seen: varchar
--   age_days: bigint
--   carried: boolean
select
  finding_id,
  rule_id,
  severity,
  score,
  factors,
  resource_arn,
  account_id,
  region,
  team,
  title,
  reason,
  first_seen,
  date_diff('day', cast(first_seen as date), cast(:snapshot as date)) as age_days,
  carried
from findings
where snapshot_date = :snapshot
  and lifecycle = 'open'
order by score desc, finding_id
