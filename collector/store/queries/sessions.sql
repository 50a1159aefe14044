-- name: insert
insert into sessions (hash, token_id, member_id, way, device, created_at, seen_at, expires_at)
values (:hash, :token_id, :member_id, :way, :device, :now, :now, :expires_at)

-- name: by_hash
select s.id as session_id, s.seen_at as session_seen_at, coalesce(t.id, 0) as id, coalesce(t.agency_id, m.agency_id) as agency_id,
  coalesce(t.role, m.role) as role, coalesce(t.name, m.name) as name, m.id as member_id, coalesce(m.office, '') as office,
  null as placement, null as decision, t.used_at,
  m.totp_at is null and s.way in ('password', 'invitation')
    and (select a.second_factor from agencies a where a.id = m.agency_id) as must_enrol
from sessions s
left join tokens t on t.id = s.token_id and t.revoked_at is null and (t.expires_at is null or t.expires_at > :now)
left join members m on m.id = s.member_id and m.revoked_at is null
where s.hash = :hash and s.expires_at > :now and s.seen_at > :idle_since and (t.id is not null or m.id is not null)

-- name: touch
update sessions set seen_at = :now where id = :id

-- name: list
select id, way, device, created_at, seen_at, expires_at from sessions
where (member_id = :member_id or token_id = :token_id) and expires_at > :now and seen_at > :idle_since
order by seen_at desc, id desc

-- name: end
delete from sessions where id = :id and (member_id = :member_id or token_id = :token_id) returning id

-- name: end_all
delete from sessions where (member_id = :member_id or token_id = :token_id) returning id

-- name: end_by_hash
delete from sessions where hash = :hash returning id, coalesce(
  (select agency_id from members where id = sessions.member_id), (select agency_id from tokens where id = sessions.token_id)
) as agency_id

-- name: over
select 1 from sessions where expires_at <= :now or seen_at <= :idle_since limit 1

-- name: end_over
delete from sessions where expires_at <= :now or seen_at <= :idle_since returning id, coalesce(
  (select agency_id from members where id = sessions.member_id), (select agency_id from tokens where id = sessions.token_id)
) as agency_id
