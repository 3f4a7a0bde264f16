-- title: Every metric over time
-- answers: C6. How do the metrics develop, for the organization, an organizational unit, an account or a team? A value is NULL when it cannot be known.
-- parameters:
--   scope_kind: {type: text, default: organization}
-- columns:
--   snapshot_date: varchar
--   scope_kind: varchar
--   scope: varchar
--   metric: varchar
--   value: double
-- chart: line
select trends.snapshot_date, trends.scope_kind, trends.scope, trends.metric, trends.value
from snapshots
join trends on trends.snapshot_date = snapshots.snapshot_date and trends.scope_kind = :scope_kind
order by trends.metric, trends.scope, trends.snapshot_date
