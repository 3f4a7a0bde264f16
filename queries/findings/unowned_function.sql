-- title: Nobody owns a function
-- answers: D8. Which functions does no tag give to a team?
-- severity: low
-- covers: [functions, function_tags]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   region: varchar
--   resource_arn: varchar
--   discriminator: varchar
--   team: varchar
--   reason: varchar
--   permission_severity: double
select
  account_id,
  region,
  function_arn as resource_arn,
  '' as discriminator,
  team,
  function_name || ' has no tag that names a team.' as reason,
  0e0 as permission_severity
from functions
where snapshot_date = :snapshot
  and team is null
order by resource_arn
