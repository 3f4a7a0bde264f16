-- title: A published version runs as an administrator that its function no longer runs as
-- answers: A1, B1, C2. Which published versions of functions keep an admin role? Whoever invokes the version, or an alias that sends traffic to it, runs code as that role, whatever the function itself runs as now.
-- severity: high
-- covers: [roles, policies, functions, function_versions]
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
  function_versions.account_id,
  function_versions.region,
  function_versions.function_arn as resource_arn,
  function_versions.version as discriminator,
  functions.team,
  'Version ' || function_versions.version || ' of ' || functions.function_name
    || case when cardinality(function_versions.aliases) = 0 then '' else ', which ' || array_join(function_versions.aliases, ', ') || ' leads to,' end
    || ' runs as ' || roles.name || ', which may do anything, by ' || array_join(roles.admin_via, ', ') || '.' as reason,
  case
    when cardinality(function_versions.aliases) = 0 then 0.6e0
    when roles.admin_conditional then 0.8e0
    else 1e0
  end as permission_severity
from function_versions
join functions
  on functions.snapshot_date = :snapshot
  and functions.function_arn = function_versions.function_arn
  and functions.role_arn <> function_versions.role_arn
join roles
  on roles.snapshot_date = :snapshot
  and roles.arn = function_versions.role_arn
  and roles.is_admin
where function_versions.snapshot_date = :snapshot
order by resource_arn, discriminator
