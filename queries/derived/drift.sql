-- What changed since the snapshot before, as the question `drift` answers it.
select account_id, region, from_date as from_snapshot, kind, subject, before, after, cast(null as varchar) as direction
from (:drift) as changes
