-- name: insert_many
insert into receipts (agency_id, placement_id, submission_id, code_hash, body_hash) values (?1, ?2, ?3, ?4, ?5)
on conflict (code_hash) do nothing

-- name: by_code
select r.id, r.agency_id, r.placement_id, r.submission_id, r.body_hash, r.erased_at, s.received_at, s.phase
from receipts r left join submissions s on s.id = r.submission_id
where r.code_hash = :code_hash

-- name: erase
update receipts set body_hash = null, felt = null, felt_at = null, erased_at = :erased_at where id = :id

-- name: state
select r.felt, r.felt_at, s.words_id, coalesce(s.by_receipt, 0) as by_receipt from receipts r left join submissions s on s.id = r.submission_id where r.id = :id

-- name: felt_of
select r.felt from receipts r where r.agency_id = :agency_id and r.submission_id = :submission_id

-- name: feel
update receipts set felt = :felt, felt_at = :now where id = :id and erased_at is null

-- name: hand
update submissions set desk = :desk, status = case when status in ('answered', 'aside') then 'new' else status end,
  aside = null, revision = revision + 1
where agency_id = :agency_id and id = :id and erased_at is null and words_id is not null
  and (desk is null or desk <> :desk)

-- name: reopen
update submissions set status = 'new', aside = null, revision = revision + 1
where agency_id = :agency_id and id = :id and erased_at is null
