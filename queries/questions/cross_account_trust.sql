-- title: Who from elsewhere may assume a role
-- answers: B6, B9. Which roles let in other accounts, accounts outside the organization, anyone, or a service or identity provider without saying on whose behalf? `problem` says what the trust lacks: wildcard, no_external_id, no_subject (OIDC), unreadable, no_source_account (Lambda); it is NULL where nothing is wrong with a trust in another account.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
-- columns:
--   role_arn: varchar
--   account_id: varchar
--   owner_team: varchar
--   problem: varchar
--   trusted_kind: varchar
--   trusted: varchar
--   is_cross_account: boolean
--   is_outside_org: boolean
--   has_external_id: boolean
--   condition: varchar
--   is_admin: boolean
with ranked as (
  select
    role_arn,
    account_id,
    problem,
    trusted_kind,
    trusted,
    is_cross_account,
    is_outside_org,
    has_external_id,
    condition,
    case problem
      when 'wildcard' then 1
      when 'no_external_id' then 2
      when 'no_subject' then 3
      when 'unreadable' then 4
      when 'no_source_account' then 6
      else 5
    end as place
  from trust_edges
  where snapshot_date = :snapshot
    and (is_cross_account or problem is not null)
)
select
  ranked.role_arn,
  ranked.account_id,
  roles.owner_team,
  ranked.problem,
  ranked.trusted_kind,
  ranked.trusted,
  ranked.is_cross_account,
  ranked.is_outside_org,
  ranked.has_external_id,
  ranked.condition,
  roles.is_admin
from ranked
left join roles on roles.arn = ranked.role_arn and roles.snapshot_date = :snapshot
order by
  ranked.place,
  ranked.is_outside_org desc nulls last,
  ranked.role_arn,
  ranked.trusted,
  ranked.condition nulls first
