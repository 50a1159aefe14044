-- name: insert_many
insert into receipts (agency_id, placement_id, submission_id, code_hash, body_hash) values (?1, ?2, ?3, ?4, ?5)
on conflict (code_hash) do nothing

-- name: by_code
select r.id, r.agency_id, r.placement_id, r.submission_id, r.body_hash, r.erased_at, s.received_at
from receipts r left join submissions s on s.id = r.submission_id
where r.code_hash = :code_hash

-- name: erase
update receipts set body_hash = null, erased_at = :erased_at where id = :id
