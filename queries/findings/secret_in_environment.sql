-- title: An environment variable is named like a secret
-- answers: A5. Which functions keep what looks like a secret in their environment, where everyone who may read the configuration reads it?
-- severity: medium
-- covers: [functions]
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
with names as (
  select functions.account_id, functions.region, functions.function_arn, functions.team, variables.name
  from functions
  cross join unnest(functions.environment_names) as variables (name)
  where functions.snapshot_date = :snapshot
)
select
  account_id,
  region,
  function_arn as resource_arn,
  name as discriminator,
  team,
  'The variable ' || name || ' is named like a secret.' as reason,
  0.3e0 as permission_severity
from names
where regexp_like(
    lower(name),
    'passwo?r?d|passphrase|secret|token|api_?key|access_?key|private_?key|signing_?key|credentials?|connection_?string'
  )
  and not regexp_like(lower(name), '^max_|_(arn|arns|name|id|path|url|uri|endpoint|file|ttl|seconds|expiry|region|table|bucket|parameter)$')
order by resource_arn, discriminator
