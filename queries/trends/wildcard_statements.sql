-- title: Statements that allow actions by a wildcard or NotAction
-- answers: B2, C3, C6. How many statements that roles have allow actions by a wildcard or by NotAction?
-- unit: count
-- covers: [roles, policies]
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   team: varchar
--   numerator: double
--   denominator: double
select
  roles.account_id,
  roles.owner_team as team,
  cast(count(distinct statements.policy_id || '#' || cast(statements.position as varchar)) as double) as numerator,
  cast(null as double) as denominator
from policy_attachments
join roles
  on roles.arn = policy_attachments.principal_arn
  and roles.snapshot_date = :snapshot
  and not roles.is_service_linked
join statements
  on statements.policy_id = policy_attachments.policy_id
  and statements.snapshot_date = :snapshot
  and statements.effect = 'Allow'
  and (
    statements.has_full_action
    or statements.has_service_wildcard
    or statements.has_partial_wildcard
    or statements.has_not_action
  )
where policy_attachments.snapshot_date = :snapshot
  and policy_attachments.kind <> 'boundary'
group by roles.account_id, roles.owner_team
order by roles.account_id, roles.owner_team
