-- title: Roles with the same permissions under other names
-- answers: C1, C2. Which roles are copies of one another, within an account and across accounts? Roles are alike when the documents of their policies and of their boundary are the same, whatever the policies are called. Roles without a policy, with a policy that was not read, of AWS services and of Identity Center (which copies its roles itself) are left out.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   cluster_id: varchar
--   role_count: bigint
--   account_count: bigint
--   function_count: bigint
--   is_admin: boolean
--   account_ids: array(varchar)
--   role_arns: array(varchar)
-- chart: bar
with permissions as (
  select distinct
    roles.arn,
    roles.account_id,
    roles.is_admin,
    policy_attachments.kind = 'boundary' as caps,
    policies.document_sha256
  from policy_attachments
  join roles
    on roles.arn = policy_attachments.principal_arn
    and roles.snapshot_date = :snapshot
    and not roles.is_service_linked
    and roles.sso_permission_set is null
  left join policies
    on policies.policy_id = policy_attachments.policy_id
    and policies.snapshot_date = :snapshot
    and policies.is_default
  where policy_attachments.snapshot_date = :snapshot
),
fingerprints as (
  select
    arn,
    account_id,
    is_admin,
    lower(to_hex(sha256(to_utf8(array_join(
      array_agg(case when caps then 'boundary ' else 'policy ' end || document_sha256 order by caps, document_sha256),
      ','
    ))))) as cluster_id
  from permissions
  group by arn, account_id, is_admin
  having count(*) = count(document_sha256)
    and count_if(not caps) > 0
),
used as (
  select role_arn, count(*) as function_count
  from functions
  where snapshot_date = :snapshot
  group by role_arn
)
select
  fingerprints.cluster_id,
  count(*) as role_count,
  count(distinct fingerprints.account_id) as account_count,
  coalesce(sum(used.function_count), 0) as function_count,
  bool_or(fingerprints.is_admin) as is_admin,
  array_agg(distinct fingerprints.account_id order by fingerprints.account_id) as account_ids,
  array_agg(fingerprints.arn order by fingerprints.arn) as role_arns
from fingerprints
left join used on used.role_arn = fingerprints.arn
group by fingerprints.cluster_id
having count(*) > 1
order by is_admin desc nulls last, account_count desc, role_count desc, cluster_id
