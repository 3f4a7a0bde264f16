-- Metrics of a snapshot, rolled up from what they count per account and team.
-- Of an account that could not be read nothing is known. The organization and its units still count it as it was when
-- it was last read, while it is active: a week in which an account fails must not look like a week of improvement.
with metrics as (
  :metrics
),
parts as (
  :parts
),
needs as (
  :needs
),
unread as (
  select distinct needs.metric, accounts.account_id
  from needs
  cross join accounts
  left join coverage
    on coverage.account_id = accounts.account_id
    and coverage.resource = needs.resource
    and coverage.snapshot_date = :date
  where accounts.snapshot_date = :date
  group by needs.metric, accounts.account_id, needs.resource
  having count_if(coverage.status = 'ok') = 0
    or count_if(coverage.status not in ('ok', 'region_disabled')) > 0
),
known as (
  select metric, scope as account_id, max_by(value, snapshot_date) as value
  from trends
  where snapshot_date < :date
    and metric in (select metric from metrics)
    and scope_kind = 'account'
    and value is not null
  group by metric, scope
),
counted as (
  select metric, account_id, sum(numerator) as numerator, sum(denominator) as denominator
  from parts
  group by metric, account_id
),
by_account as (
  select
    metrics.metric,
    accounts.account_id,
    coalesce(accounts.ou_path, accounts.ou_id) as ou,
    unread.account_id is null as is_read,
    coalesce(counted.numerator, 0e0) as numerator,
    counted.denominator,
    case when accounts.state = 'ACTIVE' then known.value end as last_known
  from metrics
  cross join accounts
  left join unread on unread.metric = metrics.metric and unread.account_id = accounts.account_id
  left join counted on counted.metric = metrics.metric and counted.account_id = accounts.account_id
  left join known on known.metric = metrics.metric and known.account_id = accounts.account_id
  where accounts.snapshot_date = :date
),
scoped as (
  select metric, 'organization' as scope_kind, 'organization' as scope, is_read, numerator, denominator, last_known
  from by_account
  union all
  select metric, 'ou', ou, is_read, numerator, denominator, last_known
  from by_account
  where ou is not null
  union all
  select metric, 'account', account_id, is_read, numerator, denominator, null
  from by_account
  union all
  select parts.metric, 'team', coalesce(parts.team, 'unowned'), true, parts.numerator, parts.denominator, null
  from parts
  left join unread on unread.metric = parts.metric and unread.account_id = parts.account_id
  where unread.account_id is null
)
select
  scope_kind,
  scope,
  scoped.metric,
  case metrics.unit
    when 'count' then sum(case when is_read then numerator else last_known end)
    when 'percent' then 100e0 * sum(numerator) filter (where is_read) / nullif(sum(denominator) filter (where is_read), 0e0)
    else sum(numerator) filter (where is_read) / nullif(sum(denominator) filter (where is_read), 0e0)
  end as value
from scoped
join metrics on metrics.metric = scoped.metric
group by scope_kind, scope, scoped.metric, metrics.unit
