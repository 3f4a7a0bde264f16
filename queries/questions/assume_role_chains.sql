-- title: Roles that lead to other roles
-- answers: B6. Which roles can a user or role come to, by assuming one role after the other, in up to five hops within and across accounts? Across accounts the policies of the one and the trust of the other must both allow; within an account a trust that names the principal is enough. Every Deny, boundary and control policy counts. The shortest chain of each pair is shown; it is conditional when a condition decides somewhere on it.
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
with asked as (
  -- Who asks for a role, by each name that a trust policy may know it by. Across accounts the policies of the one and
  -- the trust of the other must both allow; within an account a trust that names the principal stands for its policies.
  select principal_arn, name, role_patterns, spared_patterns, not is_conditional as is_sure
  from assume_role_grants
  cross join unnest(
    case when when_named then array['named ' || principal_arn] else array['*', principal_arn, split_part(principal_arn, ':', 5)] end
  ) as names (name)
  where snapshot_date = :snapshot
),
letting as (
  select role_arn, name, condition is null and kept_out is not null as is_sure
  from trust_edges
  cross join unnest(
    case
      when trusted_kind = 'anyone' then array['*']
      when trusted_kind = 'account' then array[regexp_extract(trusted, '[0-9]{12}')]
      when is_cross_account then array[trusted]
      else array[trusted, 'named ' || trusted]
    end
  ) as names (name)
  where snapshot_date = :snapshot
    and coalesce(kept_out, false) = false
),
edges as (
  -- Patterns of a policy as those of LIKE: the role matches all of the ones, and none of the others.
  select asked.principal_arn, letting.role_arn, bool_or(letting.is_sure and asked.is_sure) as is_sure
  from letting, asked
  where asked.name = letting.name
    and cardinality(filter(
      asked.role_patterns,
      pattern -> not letting.role_arn like replace(replace(replace(replace(pattern, '_', '\_'), '%', '\%'), '*', '%'), '?', '_') escape '\'
    )) = 0
    and cardinality(filter(
      asked.spared_patterns,
      pattern -> letting.role_arn like replace(replace(replace(replace(pattern, '_', '\_'), '%', '\%'), '*', '%'), '?', '_') escape '\'
    )) = 0
  group by asked.principal_arn, letting.role_arn
),
-- A chain is a text that sorts: a letter for its verdict, how many hops, then its stops from the last one back. Chains
-- grow where they meet, as lists at a stop: an engine that reads what is named twice twice reads the edges once.
-- The best of a pair is kept for each verdict: what is conditional further on may as well come by the shorter way.
one_hop as (
  select principal_arn, role_arn, case when is_sure then 'a1 ' else 'c1 ' end || role_arn || ' ' || principal_arn as chain
  from edges
),
at_stops_of_one as (
  select
    stop,
    filter(array_agg(case when stop = role_arn then array[principal_arn, chain] end), chain -> chain is not null) as coming,
    filter(
      array_agg(case when stop = principal_arn then array[role_arn, chain] end) || array[array[stop, 'a0 ' || stop]],
      chain -> chain is not null
    ) as going
  from one_hop
  cross join unnest(array[principal_arn, role_arn]) as stops (stop)
  group by stop
),
two_hops as (
  select
    element_at(earlier, 1) as principal_arn,
    element_at(later, 1) as role_arn,
    min(
      greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
      || cast(cast(substr(element_at(earlier, 2), 2, 1) as bigint) + cast(substr(element_at(later, 2), 2, 1) as bigint) as varchar)
      || substr(element_at(later, 2), 3)
      || substr(element_at(earlier, 2), length(stop) + 4)
    ) as chain
  from at_stops_of_one
  cross join unnest(coming) as chains_coming (earlier)
  cross join unnest(going) as chains_going (later)
  group by
    element_at(earlier, 1),
    element_at(later, 1),
    greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
),
at_stops_of_two as (
  select
    stop,
    filter(array_agg(case when stop = role_arn then array[principal_arn, chain] end), chain -> chain is not null) as coming,
    filter(
      array_agg(case when stop = principal_arn then array[role_arn, chain] end) || array[array[stop, 'a0 ' || stop]],
      chain -> chain is not null
    ) as going
  from two_hops
  cross join unnest(array[principal_arn, role_arn]) as stops (stop)
  group by stop
),
four_hops as (
  select
    element_at(earlier, 1) as principal_arn,
    element_at(later, 1) as role_arn,
    min(
      greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
      || cast(cast(substr(element_at(earlier, 2), 2, 1) as bigint) + cast(substr(element_at(later, 2), 2, 1) as bigint) as varchar)
      || substr(element_at(later, 2), 3)
      || substr(element_at(earlier, 2), length(stop) + 4)
    ) as chain
  from at_stops_of_two
  cross join unnest(coming) as chains_coming (earlier)
  cross join unnest(going) as chains_going (later)
  group by
    element_at(earlier, 1),
    element_at(later, 1),
    greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
),
at_stops_of_four as (
  select
    stop,
    filter(array_agg(case when stop = role_arn then array[principal_arn, chain] end), chain -> chain is not null) as coming,
    filter(
      array_agg(case when stop = principal_arn and substr(chain, 2, 1) = '1' then array[role_arn, chain] end) || array[array[stop, 'a0 ' || stop]],
      chain -> chain is not null
    ) as going
  from four_hops
  cross join unnest(array[principal_arn, role_arn]) as stops (stop)
  group by stop
),
five_hops as (
  select
    element_at(earlier, 1) as principal_arn,
    element_at(later, 1) as role_arn,
    min(
      greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
      || cast(cast(substr(element_at(earlier, 2), 2, 1) as bigint) + cast(substr(element_at(later, 2), 2, 1) as bigint) as varchar)
      || substr(element_at(later, 2), 3)
      || substr(element_at(earlier, 2), length(stop) + 4)
    ) as chain
  from at_stops_of_four
  cross join unnest(coming) as chains_coming (earlier)
  cross join unnest(going) as chains_going (later)
  group by
    element_at(earlier, 1),
    element_at(later, 1),
    greatest(substr(element_at(earlier, 2), 1, 1), substr(element_at(later, 2), 1, 1))
),
best as (
  select principal_arn, role_arn, min(chain) as chain
  from five_hops
  where principal_arn <> role_arn
  group by principal_arn, role_arn
),
stops as (
  select principal_arn, role_arn, substr(chain, 1, 1) as verdict, cast(substr(chain, 2, 1) as bigint) as hops, place, stop
  from best
  cross join unnest(split(substr(chain, 4), ' ')) with ordinality as stops (stop, place)
)
select
  stops.principal_arn,
  stops.role_arn,
  stops.hops,
  count(distinct split_part(stop, ':', 5)) as accounts,
  case stops.verdict when 'a' then 'allowed' else 'conditional' end as verdict,
  array_agg(stop order by place desc) as path,
  roles.is_admin as role_is_admin
from stops
left join roles on roles.arn = stops.role_arn and roles.snapshot_date = :snapshot
where hops >= :at_least
group by stops.principal_arn, stops.role_arn, stops.hops, stops.verdict, roles.is_admin
order by hops desc, accounts desc, stops.principal_arn, stops.role_arn
