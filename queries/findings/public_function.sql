-- title: Anyone may invoke a function
-- answers: A5. Which functions may an anonymous principal invoke?
-- severity: high
-- covers: [functions, function_policies, function_urls]
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
  functions.account_id,
  functions.region,
  functions.function_arn as resource_arn,
  '' as discriminator,
  functions.team,
  functions.function_name || case
    when functions.url_auth_type = 'NONE' then ' has a URL that asks nobody who they are.'
    else ' lets anonymous principals invoke it.'
  end as reason,
  case when roles.is_admin then 1e0 else 0.4e0 end as permission_severity
from functions
left join roles on roles.arn = functions.role_arn and roles.snapshot_date = :snapshot
where functions.snapshot_date = :snapshot
  and functions.is_public
order by resource_arn
