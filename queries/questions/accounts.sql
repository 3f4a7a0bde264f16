-- title: Accounts of the organization
-- answers: A1, A4. Which accounts are there, where do they stand, who owns them, and in which regions were their functions read?
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   name: varchar
--   state: varchar
--   ou_path: varchar
--   team: varchar
--   is_management: boolean
--   regions: array(varchar)
--   functions: bigint
--   roles: bigint
with regions_read as (
  select account_id, array_agg(region order by region) as regions
  from coverage
  where snapshot_date = :snapshot
    and resource = 'functions'
    and status = 'ok'
  group by account_id
),
function_counts as (
  select account_id, count(*) as functions
  from functions
  where snapshot_date = :snapshot
  group by account_id
),
role_counts as (
  select account_id, count(*) as roles
  from roles
  where snapshot_date = :snapshot
  group by account_id
)
select
  accounts.account_id,
  accounts.name,
  accounts.state,
  accounts.ou_path,
  accounts.team,
  accounts.is_management,
  regions_read.regions,
  function_counts.functions,
  role_counts.roles
from accounts
left join regions_read on regions_read.account_id = accounts.account_id
left join function_counts on function_counts.account_id = accounts.account_id
left join role_counts on role_counts.account_id = accounts.account_id
where accounts.snapshot_date = :snapshot
order by accounts.account_id
