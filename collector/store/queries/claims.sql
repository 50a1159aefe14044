-- name: claimed
select s.erased_at, s.words_id, s.claim_holder, s.claim_by, s.claim_until from submissions s
where s.agency_id = :agency_id and s.id = :id

-- name: take
update submissions set claim_holder = :holder, claim_by = :by, claim_until = :until
where agency_id = :agency_id and id = :id

-- name: release
update submissions set claim_holder = null, claim_by = null, claim_until = null
where agency_id = :agency_id and id = :id and claim_holder = :holder
