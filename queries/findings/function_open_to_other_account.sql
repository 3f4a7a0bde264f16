-- title: Another account may use a function
-- answers: A5. Which functions does a resource policy open to a principal of another account?
-- severity: medium
-- covers: [functions, function_policies]
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
select distinct
  account_id,
  region,
  function_arn as resource_arn,
  coalesce(principal, '') as discriminator,
  cast(null as varchar) as team,
  'The function’s policy lets in ' || coalesce(principal, 'a principal that cannot be read') || '.' as reason,
  0.3e0 as permission_severity
from function_triggers
where snapshot_date = :snapshot
  and kind = 'resource_policy'
  and effect = 'Allow'
  and is_cross_account
  and not is_public
order by resource_arn, discriminator
