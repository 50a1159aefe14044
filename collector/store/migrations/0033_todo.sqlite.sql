-- What is grave and not answered, in the order in which it is worked off.

create index submissions_unanswered on submissions (agency_id, weight, id)
where words = 1 and weight <= 2 and erased_at is null and status in ('new', 'read', 'with');
