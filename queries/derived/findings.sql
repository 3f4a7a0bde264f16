-- Findings of rules: what they match now, and what became of what they matched at the snapshot before.
with matches as (
  :matches
),
needs as (
  :needs
),
running as (
  -- What a finding's resource lets run: the function itself, or every function of the role.
  select function_arn as resource_arn, data_sensitivity, is_public
  from functions
  where snapshot_date = :date
  union all
  select role_arn, data_sensitivity, is_public
  from functions
  where snapshot_date = :date
),
reach as (
  select
    resource_arn,
    max(:sensitivity) as data_sensitivity,
    max(case when is_public then 1e0 else 0e0 end) as internet_exposure,
    least(count(*) / 10e0, 1e0) as blast_radius
  from running
  group by resource_arn
),
numbered as (
  select
    matches.rule_id,
    matches.severity,
    matches.title,
    matches.account_id,
    matches.region,
    matches.resource_arn,
    matches.team,
    matches.reason,
    :score as score,
    :factors as factors,
    lower(to_hex(sha256(to_utf8(
      matches.rule_id || chr(10) || matches.resource_arn || chr(10) || coalesce(matches.discriminator, '')
    )))) as finding_id,
    row_number() over (
      partition by matches.rule_id, matches.resource_arn, coalesce(matches.discriminator, '')
      order by matches.reason
    ) as place
  from matches
  left join reach on reach.resource_arn = matches.resource_arn
),
found as (
  -- A rule that says the same thing twice makes one finding.
  select rule_id, severity, title, account_id, region, resource_arn, team, reason, score, factors, finding_id
  from numbered
  where place = 1
),
earlier as (
  select
    account_id, region, finding_id, rule_id, severity, score, factors, resource_arn, team, title, reason,
    lifecycle, first_seen, last_seen, resolved_at, reopened_count
  from findings
  where snapshot_date = :previous
    and rule_id in (:rules)
),
scopes as (
  select rule_id, account_id, region from found
  union
  select rule_id, account_id, region from earlier
),
gone as (
  -- Accounts that the organization, whose list was read, no longer names: nothing is left to look at.
  select distinct earlier.account_id
  from earlier
  join coverage
    on coverage.snapshot_date = :date
    and coverage.resource = 'accounts'
    and coverage.status = 'ok'
  left join accounts
    on accounts.snapshot_date = :date
    and accounts.account_id = earlier.account_id
  where accounts.account_id is null
),
unread as (
  -- Where a rule could not look: something it needs was not read to the end, or not asked for. A region that is
  -- switched off says nothing about what belongs to no region.
  select distinct scopes.rule_id, scopes.account_id, scopes.region
  from scopes
  join needs on needs.rule_id = scopes.rule_id
  left join coverage
    on coverage.snapshot_date = :date
    and coverage.account_id = scopes.account_id
    and coverage.resource = needs.resource
    and (coverage.region = scopes.region or coverage.region = 'global' or scopes.region = 'global')
  left join gone on gone.account_id = scopes.account_id
  where gone.account_id is null
  group by scopes.rule_id, scopes.account_id, scopes.region, needs.resource
  having count_if(coverage.status = 'ok') = 0
    or count_if(
      coverage.status <> 'ok'
      and (coverage.region = scopes.region or coverage.status <> 'region_disabled')
    ) > 0
),
seen as (
  select
    found.account_id, found.region, found.finding_id, found.rule_id, found.severity, found.score, found.factors,
    found.resource_arn, found.team, found.title, found.reason,
    'open' as lifecycle,
    false as carried,
    coalesce(earlier.first_seen, :date) as first_seen,
    :date as last_seen,
    cast(null as varchar) as resolved_at,
    coalesce(earlier.reopened_count, 0) + case when earlier.lifecycle = 'resolved' then 1 else 0 end as reopened_count
  from found
  left join earlier on earlier.finding_id = found.finding_id
  left join unread
    on unread.rule_id = found.rule_id
    and unread.account_id = found.account_id
    and unread.region = found.region
  where unread.rule_id is null
),
kept as (
  -- Not seen now: gone where the rule could look, as it was where it could not.
  select
    earlier.account_id, earlier.region, earlier.finding_id, earlier.rule_id, earlier.severity, earlier.score,
    earlier.factors, earlier.resource_arn, earlier.team, earlier.title, earlier.reason,
    case when unread.rule_id is null or earlier.lifecycle = 'resolved' then 'resolved' else 'open' end as lifecycle,
    earlier.lifecycle <> 'resolved' and unread.rule_id is not null as carried,
    earlier.first_seen,
    earlier.last_seen,
    case when unread.rule_id is null then coalesce(earlier.resolved_at, :date) else earlier.resolved_at end as resolved_at,
    earlier.reopened_count
  from earlier
  left join seen on seen.finding_id = earlier.finding_id
  left join unread
    on unread.rule_id = earlier.rule_id
    and unread.account_id = earlier.account_id
    and unread.region = earlier.region
  where seen.finding_id is null
    and coalesce(earlier.resolved_at, :date) >= :keep_since
),
known as (
  select
    account_id, region, finding_id, rule_id, severity, score, factors, resource_arn, team, title, reason,
    lifecycle, carried, first_seen, last_seen, resolved_at, reopened_count
  from seen
  union all
  select
    account_id, region, finding_id, rule_id, severity, score, factors, resource_arn, team, title, reason,
    lifecycle, carried, first_seen, last_seen, resolved_at, reopened_count
  from kept
)
select
  account_id,
  region,
  finding_id,
  rule_id,
  severity,
  score,
  factors,
  resource_arn,
  team,
  title,
  reason,
  case when lifecycle = 'open' and (:suppressed) then 'suppressed' else lifecycle end as lifecycle,
  carried,
  first_seen,
  last_seen,
  resolved_at,
  reopened_count
from known
