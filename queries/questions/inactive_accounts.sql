-- title: Accounts that are not active
-- answers: A1. Which accounts of the organization are suspended, being closed or not yet active, so that nothing of them was read, and when were their functions last read? What a suspended account still trusts, and who trusts it, is as it was then.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   name: varchar
--   state: varchar
--   ou_path: varchar
--   team: varchar
--   last_read: varchar
with readings as (
  select account_id, max(snapshot_date) as last_read
  from coverage
  where snapshot_date <= :snapshot
    and resource = 'functions'
    and status = 'ok'
  group by account_id
)
select
  accounts.account_id,
  accounts.name,
  accounts.state,
  accounts.ou_path,
  accounts.team,
  readings.last_read
from accounts
left join readings on readings.account_id = accounts.account_id
where accounts.snapshot_date = :snapshot
  and accounts.state <> 'ACTIVE'
order by accounts.state, accounts.account_id
