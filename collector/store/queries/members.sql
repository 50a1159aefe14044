-- name: insert
insert into members (agency_id, email, name, office, role, invited_at)
values (:agency_id, :email, :name, :office, :role, :now)
on conflict (email) do update set name = excluded.name, office = excluded.office, role = excluded.role,
  invited_at = excluded.invited_at, joined_at = null, revoked_at = null
where members.agency_id = excluded.agency_id and (members.joined_at is null or members.revoked_at is not null)
returning id

-- name: list
select id, email, name, office, role, invited_at, joined_at, totp_at is not null as second_factor from members
where agency_id = :agency_id and revoked_at is null
order by name, id

-- name: one
select id, email, name, office, role, invited_at, joined_at, totp_at is not null as second_factor from members
where agency_id = :agency_id and id = :id and revoked_at is null

-- name: by_email
select id, agency_id, password from members where email = :email and revoked_at is null and password is not null

-- name: join
update members set password = :password, joined_at = :now where id = :id and revoked_at is null and password is null

-- name: rehash
update members set password = :password where id = :id

-- name: revoke
update members set revoked_at = :now, password = null where agency_id = :agency_id and id = :id and revoked_at is null

-- name: end_sessions
delete from sessions where member_id = :id

-- name: end_links
delete from links where member_id = :id

-- name: use_link
update links set used_at = :now where hash = :hash and member_id is not null and used_at is null and expires_at > :now
returning member_id

-- name: admins
select count(*) as number from members
where agency_id = :agency_id and revoked_at is null and role = 'admin' and joined_at is not null and id <> :id

-- name: seen
update members set seen_at = :at, seen_cursor = :cursor where id = :id

-- name: last_seen
select seen_at, seen_cursor from members where id = :id
