-- title: Roles of MicroVMs and capacity providers
-- answers: A1. As which roles are MicroVM images built, do MicroVMs run, and do capacity providers operate their instances? No list of functions shows them.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   kind: varchar
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   is_admin: boolean
select
  functions.role_arn,
  functions.kind,
  functions.function_arn,
  functions.account_id,
  functions.region,
  functions.team,
  roles.is_admin
from functions
left join roles on roles.arn = functions.role_arn and roles.snapshot_date = :snapshot
where functions.snapshot_date = :snapshot
  and functions.kind <> 'event_function'
order by roles.is_admin desc nulls last, functions.role_arn, functions.function_arn
