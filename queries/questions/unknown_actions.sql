-- title: Actions that nobody knows
-- answers: B2, B4. Which policies, those of AWS too, name actions or services that AWS does not document: misspelt, or newer than the catalogue? What they allow or deny is unknown.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   policy_id: varchar
--   account_id: varchar
--   is_aws_managed: boolean
--   effect: varchar
--   unknown_actions: array(varchar)
--   principals: bigint
with named as (
  select
    statements.policy_id,
    statements.account_id,
    statements.effect,
    array_sort(array_agg(distinct unknown.pattern)) as unknown_actions
  from statements
  cross join unnest(statements.unknown_actions) as unknown (pattern)
  where statements.snapshot_date = :snapshot
  group by statements.policy_id, statements.account_id, statements.effect
),
attached as (
  select policy_id, count(distinct principal_arn) as principals
  from policy_attachments
  where snapshot_date = :snapshot
  group by policy_id
)
select
  named.policy_id,
  named.account_id,
  named.account_id = 'aws' as is_aws_managed,
  named.effect,
  named.unknown_actions,
  coalesce(attached.principals, 0) as principals
from named
left join attached on attached.policy_id = named.policy_id
order by principals desc, policy_id, effect
