-- What changed since :from, as the question `drift` answers it, where nothing later than :from was read to the end:
-- so every change is compared with the last snapshot that can say what was there. With the direction, where it is plain.
with changes as (
  :changes
),
scoped as (
  -- What had to be read to know of the change. The organization is a scope of its own, and so is each policy of AWS.
  select
    account_id,
    region,
    kind,
    subject,
    before,
    after,
    case
      when kind in ('account_moved', 'organization_policy_changed') then 'organization'
      when account_id = 'aws' then subject
      else account_id
    end as scope,
    case
      when kind = 'account_moved' then array['accounts']
      when kind = 'organization_policy_changed' then array['organization_policies']
      when kind in ('policy_attached', 'policy_detached', 'policy_changed') then array['roles', 'policies']
      when kind = 'function_exposure_changed' then array['functions', 'function_policies', 'function_urls']
      when kind like 'function%' and subject like '%:capacity-provider:%' then array['capacity_providers']
      when kind like 'function%' and subject like '%:microvm%' then array['microvms']
      when kind like 'function%' then array['functions']
      else array['roles']
    end as needs
  from changes
),
read_later as (
  select
    snapshot_date,
    case when resource in ('accounts', 'organization_policies') then 'organization' else account_id end as scope,
    region,
    array_agg(resource) as resources
  from coverage
  where snapshot_date > :from
    and snapshot_date < :date
    and status = 'ok'
  group by
    snapshot_date,
    case when resource in ('accounts', 'organization_policies') then 'organization' else account_id end,
    region
  union all
  select snapshot_date, policy_id, region, array['roles', 'policies']
  from policies
  where snapshot_date > :from
    and snapshot_date < :date
    and account_id = 'aws'
    and is_default
),
last_covered as (
  select scoped.account_id, scoped.region, scoped.kind, scoped.subject, scoped.before, scoped.after
  from scoped
  left join read_later
    on read_later.scope = scoped.scope
    and read_later.region = scoped.region
    and cardinality(array_except(scoped.needs, read_later.resources)) = 0
  where read_later.scope is null
),
admins as (
  select arn, snapshot_date
  from roles
  where snapshot_date in (:from, :date)
    and is_admin
),
permits as (
  -- What a policy says at either date. Plain: it allows actions it names on resources it names, and nothing else.
  select
    policy_id,
    snapshot_date,
    bool_or(grants_admin) as grants_admin,
    bool_or(effect <> 'Allow') as has_other_effect,
    bool_and(effect = 'Allow' and actions is not null and resources is not null) as is_plain
  from statements
  where snapshot_date in (:from, :date)
  group by policy_id, snapshot_date
),
rewritten as (
  -- Not asked of the changes: Athena writes out what is named as often as it is used, and refuses too many stages.
  select policy_id
  from policies
  where snapshot_date in (:from, :date)
    and is_default
  group by policy_id
  having min(document_sha256) <> max(document_sha256)
),
grants as (
  select
    statements.policy_id,
    statements.snapshot_date,
    lower(granted.action) as action,
    replace(lower(granted.action), '*', '%') as pattern,
    array_join(array_sort(statements.resources), ' ') as resources,
    statements.has_full_resource,
    statements.condition
  from statements
  join rewritten on rewritten.policy_id = statements.policy_id
  cross join unnest(statements.actions) as granted (action)
  where statements.snapshot_date in (:from, :date)
),
uncovered as (
  -- Grants of one version that no single grant of the other holds.
  select grants.policy_id, grants.snapshot_date, bool_or(grants.action like '%*') as has_wildcard
  from grants
  left join grants as others
    on others.policy_id = grants.policy_id
    and others.snapshot_date <> grants.snapshot_date
    and grants.action like others.pattern
    and (others.has_full_resource or others.resources = grants.resources)
    and (others.condition is null or others.condition = grants.condition)
  where others.policy_id is null
  group by grants.policy_id, grants.snapshot_date
)
select
  last_covered.account_id,
  last_covered.region,
  :from as from_snapshot,
  last_covered.kind,
  last_covered.subject,
  last_covered.before,
  last_covered.after,
  case last_covered.kind
    when 'function_exposure_changed' then case when last_covered.after = 'public' then 'broader' else 'narrower' end
    when 'boundary_changed' then
      case when last_covered.after is null then 'broader' when last_covered.before is null then 'narrower' end
    when 'function_added' then case when admin_after.arn is not null then 'broader' end
    when 'function_role_changed' then
      case
        when admin_after.arn is not null and admin_before.arn is null then 'broader'
        when admin_after.arn is null and admin_before.arn is not null then 'narrower'
      end
    when 'policy_attached' then case when not permits_after.has_other_effect then 'broader' end
    when 'policy_detached' then case when not permits_before.has_other_effect then 'narrower' end
    when 'policy_changed' then
      case
        when permits_after.grants_admin and not permits_before.grants_admin then 'broader'
        when not permits_before.is_plain or not permits_after.is_plain then null
        when gained.policy_id is null and lost.policy_id is null then 'neutral'
        when gained.policy_id is null then 'narrower'
        when lost.policy_id is null or gained.has_wildcard then 'broader'
      end
  end as direction
from last_covered
left join admins as admin_before on admin_before.arn = last_covered.before and admin_before.snapshot_date = :from
left join admins as admin_after on admin_after.arn = last_covered.after and admin_after.snapshot_date = :date
left join permits as permits_before
  on permits_before.policy_id = case when last_covered.kind = 'policy_detached' then last_covered.before else last_covered.subject end
  and permits_before.snapshot_date = :from
left join permits as permits_after
  on permits_after.policy_id = case when last_covered.kind = 'policy_attached' then last_covered.after else last_covered.subject end
  and permits_after.snapshot_date = :date
left join uncovered as lost on lost.policy_id = last_covered.subject and lost.snapshot_date = :from
left join uncovered as gained on gained.policy_id = last_covered.subject and gained.snapshot_date = :date
