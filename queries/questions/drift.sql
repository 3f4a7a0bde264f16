-- title: What changed between two snapshots
-- answers: C4. Which roles, policies, attachments, boundaries, trusts and functions differ between exactly these two snapshots? What either side did not read to the end yields no row. `before` and `after` hold what differs: the role id of a role, the role of a function, a policy's id when it is attached or detached, the document of a policy or trust, the boundary, public or private, the path of the organizational unit. A role or function that appears or disappears does so in one row.
-- parameters:
--   from: {type: snapshot, default: previous}
--   to: {type: snapshot, default: latest}
-- columns:
--   from_date: varchar
--   to_date: varchar
--   kind: varchar
--   subject: varchar
--   account_id: varchar
--   region: varchar
--   before: varchar
--   after: varchar
with read as (
  -- The organization is read as a whole: a scope of its own, whichever account manages it.
  select
    snapshot_date,
    case when resource in ('accounts', 'organization_policies') then 'organization' else account_id end as scope,
    region,
    resource
  from coverage
  where snapshot_date in (:from, :to)
    and status = 'ok'
),
read_twice as (
  select scope, region, resource
  from read
  group by scope, region, resource
  having count(*) = 2
),
covered as (
  select scope, region, array_agg(resource) as resources
  from read_twice
  group by scope, region
  union all
  -- AWS-managed policies belong to no account; what both snapshots hold can be compared.
  select 'aws', 'global', array['roles', 'policies']
),
there_twice as (
  select arn as subject
  from roles
  where snapshot_date in (:from, :to)
  group by arn
  having count(*) = 2
  union all
  select account_id
  from accounts
  where snapshot_date in (:from, :to)
  group by account_id
  having count(*) = 2
),
facts as (
  -- One row per fact and snapshot: the kinds it makes when it is new, gone or other than before (none: says nothing),
  -- what must have been read, what decides whether it changed (mark) and what a reader sees of it (shown).
  select
    snapshot_date,
    account_id as scope,
    array['roles'] as needs,
    'role_added' as added,
    'role_removed' as removed,
    'role_recreated' as changed,
    arn as subject,
    '' as detail,
    account_id,
    region,
    role_id as mark,
    role_id as shown
  from roles
  union all
  select
    snapshot_date, account_id, array['roles'], null, null, 'trust_changed',
    arn, '', account_id, region, trust_policy, trust_policy
  from roles
  union all
  select
    snapshot_date, account_id, array['roles'], null, null, 'boundary_changed',
    arn, '', account_id, region, boundary_arn, boundary_arn
  from roles
  union all
  select
    snapshot_date, account_id, array['roles', 'policies'], 'policy_attached', 'policy_detached', null,
    principal_arn, policy_id, account_id, region, policy_id, policy_id
  from policy_attachments
  where kind <> 'boundary'
    and principal_arn in (select subject from there_twice)
  union all
  select
    snapshot_date, account_id, array['roles', 'policies'], null, null, 'policy_changed',
    policy_id, '', account_id, region, document_sha256, document
  from policies
  where is_default
  union all
  select
    snapshot_date,
    account_id,
    array[
      case kind
        when 'event_function' then 'functions'
        when 'capacity_provider' then 'capacity_providers'
        else 'microvms'
      end
    ],
    'function_added',
    'function_removed',
    'function_role_changed',
    function_arn,
    '',
    account_id,
    region,
    role_arn,
    role_arn
  from functions
  union all
  select
    snapshot_date, account_id, array['functions', 'function_policies', 'function_urls'], null, null,
    'function_exposure_changed',
    function_arn, '', account_id, region,
    case when is_public then 'public' else 'private' end,
    case when is_public then 'public' else 'private' end
  from functions
  where is_public is not null
  union all
  select
    snapshot_date, 'organization', array['organization_policies'],
    'organization_policy_changed', 'organization_policy_changed', 'organization_policy_changed',
    policy_id, target, account_id, 'global', document_sha256, document
  from organization_policies
  where account_id in (select subject from there_twice)
  union all
  select
    snapshot_date, 'organization', array['accounts'], null, null, 'account_moved',
    account_id, '', account_id, 'global', ou_id, coalesce(ou_path, ou_id)
  from accounts
  where ou_id is not null
),
compared as (
  select
    facts.added,
    facts.removed,
    facts.changed,
    facts.subject,
    facts.detail,
    facts.account_id,
    facts.region,
    count(*) filter (where facts.snapshot_date = :from) as times_before,
    count(*) filter (where facts.snapshot_date = :to) as times_after,
    max(facts.mark) filter (where facts.snapshot_date = :from) as mark_before,
    max(facts.mark) filter (where facts.snapshot_date = :to) as mark_after,
    max(facts.shown) filter (where facts.snapshot_date = :from) as before,
    max(facts.shown) filter (where facts.snapshot_date = :to) as after
  from facts
  join covered on covered.scope = facts.scope and covered.region = facts.region
  where facts.snapshot_date in (:from, :to)
    and cardinality(array_except(facts.needs, covered.resources)) = 0
  group by
    facts.added, facts.removed, facts.changed, facts.subject, facts.detail, facts.account_id, facts.region
),
changes as (
  select
    case
      when times_before = 0 then added
      when times_after = 0 then removed
      when mark_before is distinct from mark_after then changed
    end as kind,
    subject,
    account_id,
    region,
    before,
    after
  from compared
)
select :from as from_date, :to as to_date, kind, subject, account_id, region, before, after
from changes
where kind is not null
order by account_id, region, kind, subject, before nulls first, after nulls first
