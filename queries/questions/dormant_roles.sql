-- title: Roles for functions that no function uses
-- answers: B8. Which roles trust Lambda although no function, no published version, MicroVM or capacity provider runs as them? Accounts whose functions were not read in every region are left out; `certain` is false where published versions, MicroVMs or capacity providers were not read in every region: one of them may still use the role.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   name: varchar
--   owner_team: varchar
--   is_admin: boolean
--   created_at: timestamp
--   last_used_at: timestamp
--   certain: boolean
with used as (
  select role_arn
  from functions
  where snapshot_date = :snapshot
  union all
  select role_arn
  from function_versions
  where snapshot_date = :snapshot
),
looked as (
  select
    account_id,
    count_if(resource = 'functions' and status not in ('ok', 'region_disabled')) as functions_unread,
    count_if(resource <> 'functions' and status not in ('ok', 'region_disabled')) as others_unread
  from coverage
  where snapshot_date = :snapshot
    and resource in ('functions', 'function_versions', 'microvms', 'capacity_providers')
  group by account_id
)
select
  roles.arn as role_arn,
  roles.account_id,
  roles.name,
  roles.owner_team,
  roles.is_admin,
  roles.created_at,
  roles.last_used_at,
  looked.others_unread = 0 as certain
from roles
join looked on looked.account_id = roles.account_id and looked.functions_unread = 0
left join used on used.role_arn = roles.arn
where roles.snapshot_date = :snapshot
  and roles.trusts_lambda
  and not roles.is_service_linked
  and used.role_arn is null
order by certain desc, roles.is_admin desc nulls last, roles.arn
