-- name: insert
insert into devices (agency_id, placement_id, name, hash, created_at)
values (:agency_id, :placement_id, :name, :hash, :now)
returning id

-- name: by_hash
select id, agency_id, placement_id, name, created_at, seen_at from devices where hash = :hash and revoked_at is null

-- name: of_agency
select id, agency_id, placement_id, name, created_at, seen_at from devices
where agency_id = :agency_id and revoked_at is null
order by id

-- name: seen
update devices set seen_at = :now where id = :id

-- name: revoke
update devices set revoked_at = :now where agency_id = :agency_id and id = :id and revoked_at is null
