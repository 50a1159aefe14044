-- name: insert
insert into tokens (agency_id, role, name, hash, placement_id, decision, created_at, created_by, expires_at)
values (:agency_id, :role, :name, :hash, :placement_id, :decision, :created_at, :created_by, :expires_at)
returning id

-- name: by_hash
select t.id, t.agency_id, t.role, t.name, null as member_id, '' as office, p.key as placement, t.decision, t.used_at
from tokens t
left join placements p on p.id = t.placement_id
where t.hash = :hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > :now)

-- name: list
select t.id, t.name, t.role, p.key as placement, t.decision, t.created_at, t.created_by, t.expires_at, t.used_at,
  t.revoked_at as ended_at
from tokens t
left join placements p on p.id = t.placement_id
where t.agency_id = :agency_id and (t.revoked_at is null or t.revoked_at = t.expires_at and t.revoked_at > :since)
order by t.revoked_at is not null, t.name, t.id

-- name: used
update tokens set used_at = :now where id = :id

-- name: over
select 1 from tokens where revoked_at is null and expires_at <= :now limit 1

-- name: expire
update tokens set revoked_at = expires_at where revoked_at is null and expires_at <= :now
returning id, agency_id

-- name: insert_link
insert into links (hash, token_id, member_id, expires_at) values (:hash, :token_id, :member_id, :expires_at)

-- name: use_link
update links set used_at = :now where hash = :hash and used_at is null and expires_at > :now
  and (member_id is null or member_id in (select id from members where password is not null and revoked_at is null))
returning token_id, member_id

-- name: revoke
update tokens set revoked_at = :now where agency_id = :agency_id and id = :id and revoked_at is null

-- name: seen
update tokens set seen_at = :at, seen_cursor = :cursor where id = :id

-- name: last_seen
select seen_at, seen_cursor from tokens where id = :id
