-- title: What changed since it was last read
-- answers: C4. What is different in a snapshot from the last one that read the same to the end? `from_snapshot` says which: an earlier one than the snapshot before, where that did not read it. Kinds, `before` and `after` as in `drift`, which compares exactly two snapshots; `direction` says whether more is allowed (broader) or less (narrower), where that is plain.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   region: varchar
--   from_snapshot: varchar
--   kind: varchar
--   subject: varchar
--   before: varchar
--   after: varchar
--   direction: varchar
select account_id, region, from_snapshot, kind, subject, before, after, direction
from drift
where snapshot_date = :snapshot
order by account_id, region, kind, subject, before nulls first, after nulls first
