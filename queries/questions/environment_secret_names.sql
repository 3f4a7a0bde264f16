-- title: Environment variables named like secrets
-- answers: A5. Which functions have environment variables whose names say that they hold a secret? Anyone who may read the configuration reads them. Names that say where a secret lies (`_ARN`, `_NAME`, `_PATH` …) or count something (`MAX_TOKENS`) are left out; values are never read.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   name: varchar
--   why: varchar
with names as (
  select functions.function_arn, functions.account_id, functions.region, functions.team, variables.name
  from functions
  cross join unnest(functions.environment_names) as variables (name)
  where functions.snapshot_date = :snapshot
),
judged as (
  select
    function_arn,
    account_id,
    region,
    team,
    name,
    regexp_extract(
      lower(name),
      'passwo?r?d|passphrase|secret|token|api_?key|access_?key|private_?key|signing_?key|credentials?|connection_?string'
    ) as why
  from names
)
select function_arn, account_id, region, team, name, why
from judged
where why is not null
  and not regexp_like(lower(name), '^max_|_(arn|arns|name|id|path|url|uri|endpoint|file|ttl|seconds|expiry|region|table|bucket|parameter)$')
order by function_arn, name
