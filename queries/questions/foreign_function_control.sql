-- title: Functions that another account may change
-- answers: A5. Which resource policies let a principal of another account, or anybody, replace a function's code, change its configuration or its aliases, or let others in? Whoever changes the code acts as the function's role.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   function_arn: varchar
--   account_id: varchar
--   region: varchar
--   team: varchar
--   qualifier: varchar
--   statement_id: varchar
--   principal: varchar
--   control_actions: array(varchar)
--   condition: varchar
--   role_arn: varchar
--   is_admin: boolean
with control as (
  select action
  from (
    values
      ('lambda:AddPermission'),
      ('lambda:CreateAlias'),
      ('lambda:PublishVersion'),
      ('lambda:UpdateAlias'),
      ('lambda:UpdateFunctionCode'),
      ('lambda:UpdateFunctionConfiguration')
  ) as listed (action)
),
granted as (
  select
    function_triggers.function_arn,
    function_triggers.account_id,
    function_triggers.region,
    function_triggers.qualifier,
    function_triggers.statement_id,
    function_triggers.principal,
    function_triggers.condition,
    array_agg(distinct control.action order by control.action) as control_actions
  from function_triggers
  cross join unnest(function_triggers.actions) as named (pattern)
  join control on regexp_like(
    lower(control.action),
    '^' || replace(replace(lower(named.pattern), '*', '.*'), '?', '.') || '$'
  )
  where function_triggers.snapshot_date = :snapshot
    and function_triggers.kind = 'resource_policy'
    and function_triggers.effect = 'Allow'
    and (function_triggers.is_cross_account or function_triggers.is_public)
  group by
    function_triggers.function_arn,
    function_triggers.account_id,
    function_triggers.region,
    function_triggers.qualifier,
    function_triggers.statement_id,
    function_triggers.principal,
    function_triggers.condition
)
select
  granted.function_arn,
  granted.account_id,
  granted.region,
  functions.team,
  granted.qualifier,
  granted.statement_id,
  granted.principal,
  granted.control_actions,
  granted.condition,
  functions.role_arn,
  roles.is_admin
from granted
left join functions on functions.function_arn = granted.function_arn and functions.snapshot_date = :snapshot
left join roles on roles.arn = functions.role_arn and roles.snapshot_date = :snapshot
order by
  roles.is_admin desc nulls last,
  granted.function_arn,
  granted.statement_id,
  granted.qualifier nulls first,
  granted.principal
