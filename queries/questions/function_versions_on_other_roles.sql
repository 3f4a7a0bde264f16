-- title: Published versions that run as another role than the function
-- answers: A1. Which published versions keep a role that the function itself no longer has? Whoever changes a role's function looks at $LATEST; the version, and every alias that sends traffic to it, still has what the old role allows.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   version: varchar
--   aliases: array(varchar)
--   version_role_arn: varchar
--   version_role_is_admin: boolean
--   function_role_arn: varchar
select
  function_versions.function_arn,
  function_versions.account_id,
  function_versions.region,
  functions.team,
  function_versions.version,
  function_versions.aliases,
  function_versions.role_arn as version_role_arn,
  roles.is_admin as version_role_is_admin,
  functions.role_arn as function_role_arn
from function_versions
join functions
  on functions.function_arn = function_versions.function_arn
  and functions.snapshot_date = :snapshot
  and functions.role_arn <> function_versions.role_arn
left join roles on roles.arn = function_versions.role_arn and roles.snapshot_date = :snapshot
where function_versions.snapshot_date = :snapshot
order by
  roles.is_admin desc nulls last,
  cardinality(function_versions.aliases) desc,
  function_versions.function_arn,
  function_versions.version
