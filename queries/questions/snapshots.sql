-- title: Published snapshots
-- answers: A4. Which snapshots are there, how many of the planned accounts did each read to the end, and when was it made?
-- columns:
--   snapshot_date: varchar
--   accounts_planned: bigint
--   accounts_complete: bigint
--   started_at: timestamp
--   finished_at: timestamp
select snapshot_date, accounts_planned, accounts_complete, started_at, finished_at
from snapshots
order by snapshot_date
