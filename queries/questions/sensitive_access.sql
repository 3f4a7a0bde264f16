-- title: Who reaches what matters
-- answers: B4. Which roles and users can read secrets and data, destroy them, write IAM, change the organization or control functions, how far, and what does it hang on?
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   principal_arn: varchar
--   account_id: varchar
--   kind: varchar
--   capability: varchar
--   verdict: varchar
--   scope: varchar
--   resource_side: varchar
--   granted_by: varchar
--   explanation: varchar
select
  principal_arn,
  account_id,
  kind,
  capability,
  verdict,
  scope,
  resource_side,
  granted_by,
  explanation
from capabilities
where snapshot_date = :snapshot
  and kind not in ('admin', 'escalation')
  and verdict <> 'denied'
  and principal_arn not like '%:role/aws-service-role/%'
order by
  case scope when 'all' then 1 when 'broad' then 2 else 3 end,
  case verdict when 'allowed' then 1 when 'conditional' then 2 when 'unknown' then 3 else 4 end,
  principal_arn,
  capability
