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
  select distinct coverage.account_id, named.region
  from coverage
  cross join unnest(array[coverage.region, 'global']) as named (region)
  where coverage.snapshot_date = :date
),
read as (
  -- What was read to the end. A region that is switched off says nothing about what belongs to no region.
  select scopes.account_id, scopes.region, coverage.resource
  from scopes
  join coverage
    on coverage.account_id = scopes.account_id
    and (coverage.region = scopes.region or coverage.region = 'global' or scopes.region = 'global')
  where coverage.snapshot_date = :date
  group by scopes.account_id, scopes.region, coverage.resource
  having count_if(coverage.status = 'ok') > 0
    and count_if(
      coverage.status <> 'ok'
      and (coverage.region = scopes.region or coverage.status <> 'region_disabled')
    ) = 0
),
judged as (
  -- Where a rule could look: all that it needs was read.
  select needs.rule_id, read.account_id, read.region
  from needs
  join read on read.resource = needs.resource
  group by needs.rule_id, read.account_id, read.region
  having count(*) = max(needs.needed)
),
organization as (
  select count_if(status = 'ok') > 0 as is_read
  from coverage
  where snapshot_date = :date
    and resource = 'accounts'
),
compared as (
  -- What is found now beside what was known, a row each. Where a rule could not look, nothing is seen. Of an account
  -- that the organization, whose list was read, no longer names, nothing is left to look at.
  select
    coalesce(found.account_id, earlier.account_id) as account_id,
    coalesce(found.region, earlier.region) as region,
    coalesce(found.finding_id, earlier.finding_id) as finding_id,
    coalesce(found.rule_id, earlier.rule_id) as rule_id,
    coalesce(found.resource_arn, earlier.resource_arn) as resource_arn,
    found.finding_id is not null and judged.rule_id is not null as is_seen,
    judged.rule_id is not null or (organization.is_read and accounts.account_id is null) as is_judged,
    earlier.finding_id is not null and coalesce(earlier.resolved_at, :date) >= :keep_since as is_kept,
    found.severity as severity_now,
    found.score as score_now,
    found.factors as factors_now,
    found.team as team_now,
    found.title as title_now,
    found.reason as reason_now,
    earlier.severity,
    earlier.score,
    earlier.factors,
    earlier.team,
    earlier.title,
    earlier.reason,
    coalesce(earlier.lifecycle = 'resolved', false) as was_resolved,
    earlier.first_seen,
    earlier.last_seen,
    earlier.resolved_at,
    coalesce(earlier.reopened_count, 0) as reopened_count
  from found
  full join earlier on earlier.finding_id = found.finding_id
  left join judged
    on judged.rule_id = coalesce(found.rule_id, earlier.rule_id)
    and judged.account_id = coalesce(found.account_id, earlier.account_id)
    and judged.region = coalesce(found.region, earlier.region)
  left join accounts
    on accounts.snapshot_date = :date
    and accounts.account_id = earlier.account_id
  cross join organization
),
known as (
  -- Not seen now: gone where the rule could look, as it was where it could not.
  select
    account_id,
    region,
    finding_id,
    rule_id,
    case when is_seen then severity_now else severity end as severity,
    case when is_seen then score_now else score end as score,
    case when is_seen then factors_now else factors end as factors,
    resource_arn,
    case when is_seen then team_now else team end as team,
    case when is_seen then title_now else title end as title,
    case when is_seen then reason_now else reason end as reason,
    case when is_seen or not (is_judged or was_resolved) then 'open' else 'resolved' end as lifecycle,
    not (is_seen or is_judged or was_resolved) as carried,
    case when is_seen then coalesce(first_seen, :date) else first_seen end as first_seen,
    case when is_seen then :date else last_seen end as last_seen,
    case
      when is_seen then null
      when is_judged then coalesce(resolved_at, :date)
      else resolved_at
    end as resolved_at,
    reopened_count + case when is_seen and was_resolved then 1 else 0 end as reopened_count
  from compared
  where is_seen or is_kept
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
