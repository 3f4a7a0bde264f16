-- title: Where a few changes cut most paths
-- answers: B5. Which statements and execution roles do most workload-identity paths go through, and in which order do the fewest changes cut most of them? Taking a statement away, or a role's authority, cuts all paths that it carries. From the top, each row cuts most of what those above it leave: `cut` of them, so that `cut_so_far_pct` of all paths are cut by then. Reduced paths do not count.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   kind: varchar
--   edge: varchar
--   account_id: varchar
--   paths: bigint
--   principals: bigint
--   cut: bigint
--   cut_so_far_pct: double
-- chart: bar
select
  kind,
  edge,
  account_id,
  paths,
  principals,
  cut,
  -- No path goes through two accounts, so their orders make one when they are merged by what is cut.
  round(
    1000e0
      * sum(cut) over (order by cut desc, account_id, turn rows between unbounded preceding and current row)
      / sum(cut) over ()
  ) / 10e0 as cut_so_far_pct
from path_cuts
where snapshot_date = :snapshot
order by cut desc, account_id, turn
