-- name: subject
select s.id, s.language, s.words_id, s.erased_at, r.id as receipt_id, coalesce(r.parent_id, r.id) as root_id
from submissions s join receipts r on r.submission_id = s.id
where s.agency_id = :agency_id and s.id = :id

-- name: insert
insert into offers (agency_id, submission_id, receipt_id, to_id, status, note_id, office, at)
values (:agency_id, :submission_id, :receipt_id, :to_id, 'open', :note_id, :office, :now)
returning id

-- name: has
select 1 from offers o where o.receipt_id = :receipt_id and o.status in ('open', 'taken') and (o.to_id = :to_id or o.submission_id = :id and o.status = 'open')
union all
select 1 from receipts r where r.id = :receipt_id and r.agency_id = :to_id

-- name: of_submission
select o.id, o.to_id, o.status, n.text as note, o.office, o.at, y.text as reason, o.decided_by, o.decided_at
from offers o left join words n on n.id = o.note_id left join words y on y.id = o.reason_id
where o.agency_id = :agency_id and o.submission_id = :submission_id
order by o.id

-- name: of_receipt
select o.id, o.agency_id, o.to_id, o.status, n.text as note, o.office, o.at, y.text as reason, o.decided_by, o.decided_at,
  r.id as copy_receipt_id, o.copy_id, r.placement_id, r.erased_at
from offers o left join words n on n.id = o.note_id left join words y on y.id = o.reason_id
left join receipts r on r.submission_id = o.copy_id
where o.receipt_id = :receipt_id
order by o.id

-- name: incoming
select o.id, o.agency_id, n.text as note, o.office, o.at, s.language, s.severity, s.received_at
from offers o join submissions s on s.id = o.submission_id left join words n on n.id = o.note_id
where o.to_id = :agency_id and o.status = 'open'
order by o.id

-- name: open
select o.id, o.agency_id, o.submission_id, o.receipt_id, o.to_id from offers o
where o.id = :id and o.to_id = :agency_id and o.status = 'open'

-- name: open_of_submission
select o.id, o.to_id from offers o
where o.agency_id = :agency_id and o.submission_id = :submission_id and o.status = 'open'

-- name: open_of_receipt
select o.id, o.agency_id, o.submission_id, o.to_id from offers o where o.receipt_id = :receipt_id and o.status = 'open'

-- name: decide
update offers set status = :status, decided_by = :decided_by, decided_at = :now, reason_id = :reason_id, copy_id = :copy_id
where id = :id and status = 'open'

-- name: came_from
select o.agency_id, n.text as note, s.received_at
from offers o join submissions s on s.id = o.submission_id left join words n on n.id = o.note_id
where o.to_id = :agency_id and o.copy_id = :submission_id

-- name: adopt
update receipts set parent_id = :parent_id where agency_id = :agency_id and submission_id = :submission_id

-- name: copies
select r.id, r.agency_id, r.placement_id, r.submission_id, r.erased_at from receipts r where r.parent_id = :receipt_id

-- name: overwrite
update words set text = cast(zeroblob(length(cast(text as blob))) as text)
where id in (select note_id from offers where submission_id = :submission_id
  union all select reason_id from offers where submission_id = :submission_id)

-- name: forget
update offers set note_id = null, reason_id = null where submission_id = :submission_id
