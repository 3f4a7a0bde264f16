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
read as (
  select account_id, resource
  from coverage
  where snapshot_date = :date
  group by account_id, resource
  having count_if(status = 'ok') > 0
    and count_if(status not in ('ok', 'region_disabled')) = 0
),
had as (
  select needs.metric, read.account_id, count(*) as resources
  from needs
  join read on read.resource = needs.resource
  group by needs.metric, read.account_id
),
known as (
  select metric, scope as account_id, max_by(value, snapshot_date) as value
  from trends
  where snapshot_date < :date
    and metric in (:names)
    and scope_kind = 'account'
    and value is not null
  group by metric, scope
),
by_account as (
  select
    metrics.metric,
    metrics.unit,
    accounts.account_id,
    coalesce(accounts.ou_path, accounts.ou_id) as ou,
    case when coalesce(had.resources, 0) = metrics.needed then accounts.account_id end as account_read,
    case when accounts.state = 'ACTIVE' then known.value end as last_known
  from metrics
  cross join accounts
  left join had on had.metric = metrics.metric and had.account_id = accounts.account_id
  left join known on known.metric = metrics.metric and known.account_id = accounts.account_id
  where accounts.snapshot_date = :date
),
counted as (
  -- A row for each part of what was read, and one for an account without any.
  select
    by_account.metric,
    by_account.unit,
    by_account.account_id,
    by_account.ou,
    by_account.account_read is not null as is_read,
    by_account.last_known,
    case when parts.metric is not null then coalesce(parts.team, 'unowned') end as team,
    coalesce(parts.numerator, 0e0) as numerator,
    parts.denominator
  from by_account
  left join parts on parts.metric = by_account.metric and parts.account_id = by_account.account_read
),
scoped as (
  select
    metric,
    unit,
    scope_kind,
    case scope_kind when 'organization' then 'organization' when 'ou' then ou when 'account' then account_id else team end as scope,
    is_read,
    numerator,
    denominator,
    case when scope_kind in ('organization', 'ou') then last_known end as last_known
  from counted
  cross join unnest(array['organization', 'ou', 'account', 'team']) as kinds (scope_kind)
)
select
  scope_kind,
  scope,
  metric,
  case unit
    when 'count' then sum(case when is_read then numerator else last_known end)
    when 'percent' then 100e0 * sum(numerator) filter (where is_read) / nullif(sum(denominator) filter (where is_read), 0e0)
    else sum(numerator) filter (where is_read) / nullif(sum(denominator) filter (where is_read), 0e0)
  end as value
from scoped
where scope is not null
group by scope_kind, scope, metric, unit
