-- title: AWS-managed policies too broad for execution roles
-- answers: B9. Which policies that AWS made give roles that trust Lambda all actions, or all of a service, on everything? AWS writes them for people and for every use of a service; one function needs less.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   policy_id: varchar
--   grants_admin: boolean
--   wildcard_statements: bigint
--   role_count: bigint
--   account_count: bigint
--   function_count: bigint
--   roles: array(varchar)
-- chart: bar
with used as (
  select role_arn, count(*) as function_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
),
broad as (
  select policy_id, bool_or(grants_admin) as grants_admin, count(*) as wildcard_statements
  from statements
  where snapshot_date = :snapshot
    and account_id = 'aws'
    and effect = 'Allow'
    and (has_full_action or has_service_wildcard or has_not_action)
    and (has_full_resource or has_broad_resource or has_not_resource)
  group by policy_id
),
attached as (
  select
    policy_attachments.policy_id,
    roles.arn,
    roles.account_id,
    coalesce(used.function_count, 0) as function_count
  from policy_attachments
  join roles
    on roles.arn = policy_attachments.principal_arn
    and roles.snapshot_date = :snapshot
    and roles.trusts_lambda
  left join used on used.role_arn = roles.arn
  where policy_attachments.snapshot_date = :snapshot
    and policy_attachments.kind = 'managed'
)
select
  broad.policy_id,
  broad.grants_admin,
  broad.wildcard_statements,
  count(*) as role_count,
  count(distinct attached.account_id) as account_count,
  sum(attached.function_count) as function_count,
  slice(array_agg(attached.arn order by attached.function_count desc, attached.arn), 1, 5) as roles
from broad
join attached on attached.policy_id = broad.policy_id
group by broad.policy_id, broad.grants_admin, broad.wildcard_statements
order by broad.grants_admin desc, role_count desc, broad.policy_id
