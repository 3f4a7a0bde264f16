-- title: Roles that lead to other roles
-- answers: B6. Which roles can a user or role come to, by assuming one role after the other, in up to five hops within and across accounts? Across accounts the policies of the one and the trust of the other must both allow; within an account a trust that names the principal is enough. The shortest chain of each pair is shown; it is conditional when a condition decides somewhere on it.
-- parameters:
--   snapshot: {type: snapshot, default: latest}
--   at_least: {type: integer, default: 1}
-- columns:
--   principal_arn: varchar
--   role_arn: varchar
--   hops: bigint
--   accounts: bigint
--   verdict: varchar
--   path: array(varchar)
--   role_is_admin: boolean
with granted as (
  -- What allows sts:AssumeRole: the identity statements that the judgement names, one row each.
  select
    principal_arn,
    verdict,
    json_extract_scalar(granted_by, '$[' || cast(place as varchar) || '].policy_id') as policy_id,
    cast(json_extract_scalar(granted_by, '$[' || cast(place as varchar) || '].position') as bigint) as position
  from capabilities
  cross join unnest(sequence(0, json_array_length(granted_by))) as places (place)
  where snapshot_date = :snapshot
    and capability = 'sts:AssumeRole'
    and verdict <> 'denied'
    and json_extract_scalar(granted_by, '$[' || cast(place as varchar) || '].layer') = 'identity'
),
asking as (
  -- Patterns of a policy as those of LIKE; a statement that was not read, or says what it spares, may mean any role.
  select
    granted.principal_arn,
    granted.verdict in ('allowed', 'possible') and statements.condition is null and statements.resources is not null as is_sure,
    replace(replace(replace(replace(pattern, '_', '\_'), '%', '\%'), '*', '%'), '?', '_') as pattern
  from granted
  left join statements
    on statements.snapshot_date = :snapshot
    and statements.policy_id = granted.policy_id
    and statements.position = granted.position
  cross join unnest(coalesce(statements.resources, array['*'])) as patterns (pattern)
),
letting as (
  select
    role_arn,
    trusted_kind,
    trusted,
    is_cross_account,
    case trusted_kind when 'anyone' then '*' when 'account' then regexp_extract(trusted, '[0-9]{12}') else trusted end as named,
    condition is null as is_sure
  from trust_edges
  where snapshot_date = :snapshot
),
single as (
  select asking.principal_arn, letting.role_arn, asking.is_sure and letting.is_sure as is_sure
  from asking
  cross join unnest(array['*', principal_arn, split_part(principal_arn, ':', 5)]) as names (name)
  cross join letting
  where letting.named = names.name
    and letting.role_arn like asking.pattern escape '\'
  union all
  -- Within an account a trust that names the principal needs no policy besides.
  select trusted, role_arn, is_sure
  from letting
  where trusted_kind = 'principal'
    and not is_cross_account
),
edges as (
  -- A role also leads to itself, by a step that is none: a hop keeps what was reached before, and is a plain join.
  select
    edge_from as principal_arn,
    role_arn,
    case when edge_from <> role_arn then role_arn else '' end as step,
    case when edge_from = role_arn or bool_or(is_sure) then 'allowed' else 'conditional' end as verdict
  from single
  cross join unnest(array[principal_arn, role_arn]) as ends (edge_from)
  group by edge_from, role_arn
),
-- The best chain of each pair as a list that sorts: its verdict, then its stops from the last one back; steps that are
-- none come first, so fewer hops sort first. A chain that comes by a role twice is never the best.
one_hop as (
  select principal_arn, role_arn, array[verdict, step, principal_arn] as best
  from edges
),
two_hops as (
  select
    one_hop.principal_arn,
    edges.role_arn,
    min(array[greatest(element_at(best, 1), edges.verdict), step] || slice(best, 2, 9)) as best
  from one_hop
  cross join edges
  where edges.principal_arn = one_hop.role_arn
  group by one_hop.principal_arn, edges.role_arn
),
three_hops as (
  select
    two_hops.principal_arn,
    edges.role_arn,
    min(array[greatest(element_at(best, 1), edges.verdict), step] || slice(best, 2, 9)) as best
  from two_hops
  cross join edges
  where edges.principal_arn = two_hops.role_arn
  group by two_hops.principal_arn, edges.role_arn
),
four_hops as (
  select
    three_hops.principal_arn,
    edges.role_arn,
    min(array[greatest(element_at(best, 1), edges.verdict), step] || slice(best, 2, 9)) as best
  from three_hops
  cross join edges
  where edges.principal_arn = three_hops.role_arn
  group by three_hops.principal_arn, edges.role_arn
),
five_hops as (
  select
    four_hops.principal_arn,
    edges.role_arn,
    min(array[greatest(element_at(best, 1), edges.verdict), step] || slice(best, 2, 9)) as best
  from four_hops
  cross join edges
  where edges.principal_arn = four_hops.role_arn
  group by four_hops.principal_arn, edges.role_arn
),
stops as (
  select principal_arn, role_arn, element_at(best, 1) as verdict, place, element_at(best, place) as stop
  from five_hops
  cross join unnest(sequence(2, cardinality(best))) as places (place)
)
select
  stops.principal_arn,
  stops.role_arn,
  count(*) - 1 as hops,
  count(distinct split_part(stop, ':', 5)) as accounts,
  stops.verdict,
  array_agg(stop order by place desc) as path,
  roles.is_admin as role_is_admin
from stops
left join roles on roles.arn = stops.role_arn and roles.snapshot_date = :snapshot
where stop <> ''
group by stops.principal_arn, stops.role_arn, stops.verdict, roles.is_admin
having count(*) > :at_least
order by hops desc, accounts desc, stops.principal_arn, stops.role_arn
