-- name: of_receipt
select c.id, c.parts, c.language, c.asked_at, c.done_at, a.address as phone
from callbacks c left join addresses a on a.id = c.address_id
where c.receipt_id = :receipt_id

-- name: of_submission
select c.id, c.receipt_id, c.parts, c.language, c.asked_at, c.done_at, a.address as phone
from callbacks c left join addresses a on a.id = c.address_id
where c.agency_id = :agency_id and c.submission_id = :submission_id

-- name: tries
select at, reached, by, office from callback_tries where callback_id = :id order by at, rowid

-- name: receipt
select s.erased_at, s.words_id from submissions s where s.agency_id = :agency_id and s.id = :submission_id

-- name: put_address
insert into addresses (address) values (:phone) returning id

-- name: insert
insert into callbacks (agency_id, receipt_id, submission_id, address_id, parts, language, asked_at)
values (:agency_id, :receipt_id, :submission_id, :address_id, :parts, :language, :now)

-- name: waits
update submissions set callback = :callback, revision = revision + 1
where agency_id = :agency_id and id = :submission_id and callback <> :callback

-- name: try
insert into callback_tries (callback_id, at, reached, by, office) values (:id, :now, :reached, :by, :office)

-- name: overwrite
update addresses set address = cast(zeroblob(length(cast(address as blob))) as text)
where id in (select address_id from callbacks where submission_id = :submission_id)

-- name: done
update callbacks set address_id = null, done_at = :now where id = :id

-- name: remove_tries
delete from callback_tries where callback_id in (select id from callbacks where submission_id = :submission_id)

-- name: remove
delete from callbacks where submission_id = :submission_id
