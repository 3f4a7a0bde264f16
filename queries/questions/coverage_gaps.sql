-- title: What could not be read
-- answers: A4. Which accounts, regions and resources are missing from the snapshot, and why? `required` marks what an account is incomplete without; the rest only leaves questions open (not_provided: an export that holds no such file).
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   account_id: varchar
--   account_name: varchar
--   region: varchar
--   resource: varchar
--   status: varchar
--   required: boolean
--   error_code: varchar
--   message: varchar
with gaps as (
  select
    account_id,
    region,
    resource,
    status,
    resource in ('accounts', 'roles', 'users', 'groups', 'policies', 'functions') as required,
    error_code,
    message
  from coverage
  where snapshot_date = :snapshot
    and status <> 'ok'
)
select
  gaps.account_id,
  accounts.name as account_name,
  gaps.region,
  gaps.resource,
  gaps.status,
  gaps.required,
  gaps.error_code,
  gaps.message
from gaps
left join accounts on accounts.account_id = gaps.account_id and accounts.snapshot_date = :snapshot
order by gaps.required desc, gaps.account_id, gaps.region, gaps.resource
