-- What makes DuckDB answer as Trino does, where both know the name but differ, or only Trino knows it.
-- A macro cannot take a lambda, so transform and any_match stay unknown: unnest instead (filter is known to both).
set lambda_syntax = 'ENABLE_SINGLE_ARROW';
set integer_division = true;
set TimeZone = 'UTC';
create macro cardinality(x) as case when left(to_json(x)::varchar, 1) = '[' then json_array_length(to_json(x))::bigint else len(json_keys(to_json(x))) end;
create macro regexp_like(s, p) as regexp_matches(s, p);
create macro regexp_extract(s, p) as case when regexp_matches(s, p) then system.main.regexp_extract(s, p) end, (s, p, g) as case when regexp_matches(s, p) then system.main.regexp_extract(s, p, g) end;
create macro json_path_(p) as regexp_replace(p, '\["([^"]*)"\]', '."\1"', 'g');
create macro json_extract(j, p) as system.main.json_extract(j, json_path_(p));
create macro json_extract_scalar(j, p) as case when json_type(j, json_path_(p)) not in ('OBJECT', 'ARRAY', 'NULL') then json_extract_string(j, json_path_(p)) end;
create macro date_diff(unit, a, b) as date_sub(unit, a, b);
create macro interval_(unit, n) as case lower(unit) when 'second' then to_seconds(n) when 'minute' then to_minutes(n) when 'hour' then to_hours(n) when 'day' then to_days(n::int) when 'week' then to_days((7 * n)::int) when 'month' then to_months(n::int) when 'year' then to_years(n::int) end;
create macro date_add(unit, n, d) as cast_to_type(d + interval_(unit, n), d);
create macro element_at(m, k) as m[k];
create macro array_join(l, d) as array_to_string(l, d), (l, d, n) as array_to_string(list_transform(l, lambda x: coalesce(x::varchar, n)), d);
create macro array_except(a, b) as list_distinct(list_filter(a, lambda x: not list_contains(b, x)));
create macro arrays_overlap(a, b) as list_has_any(a, b);
create macro sequence(a, b) as generate_series(a::bigint, b::bigint);
create macro slice(l, start, length) as list_slice(l, start, start + length - 1);
create macro to_utf8(s) as encode(s);
create macro sha256(b) as unhex(system.main.sha256(b));
create macro greatest(a, b) as case when a is not null and b is not null then system.main.greatest(a, b) end;
create macro least(a, b) as case when a is not null and b is not null then system.main.least(a, b) end;
create macro concat(a, b) as a || b, (a, b, c) as a || b || c, (a, b, c, d) as a || b || c || d;
create macro count_if(x) as count(*) filter (where x);
create macro split_part(s, d, n) as case when n <= len(string_split(s, d)) then system.main.split_part(s, d, n) end;
