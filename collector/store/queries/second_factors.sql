-- name: state
select m.email, m.password is not null as has_password, m.totp_at as on_at, m.totp_salt, m.totp_step, m.wrong_codes, m.waits_until,
  (select count(*) from recovery_codes r where r.member_id = m.id and r.used_at is null) as codes_left
from members m
where m.agency_id = :agency_id and m.id = :id and m.revoked_at is null

-- name: require
update agencies set second_factor = :required where id = :agency_id

-- name: agency_of
select agency_id from members where id = :id and revoked_at is null and totp_at is not null

-- name: begin
update members set totp_salt = :salt where agency_id = :agency_id and id = :id and totp_at is null and totp_salt is null

-- name: turn_on
update members set totp_at = :now where agency_id = :agency_id and id = :id and totp_at is null

-- name: turn_off
update members set totp_at = null, totp_salt = null, totp_step = 0, wrong_codes = 0, waits_until = 0
where agency_id = :agency_id and id = :id and (totp_at is not null or totp_salt is not null)

-- name: right
update members set totp_step = max(totp_step, :step), wrong_codes = 0, waits_until = 0 where id = :id

-- name: wrong
update members set wrong_codes = case when wrong_codes + 1 >= :tries then 0 else wrong_codes + 1 end,
  waits_until = case when wrong_codes + 1 >= :tries then :until else waits_until end
where id = :id

-- name: use_code
update recovery_codes set used_at = :now where member_id = :id and hash = :hash and used_at is null

-- name: forget_codes
delete from recovery_codes where member_id = :id

-- name: insert_codes
insert into recovery_codes (member_id, hash) values (?1, ?2)

-- name: insert_half
insert into halves (hash, member_id, expires_at) values (:hash, :member_id, :expires_at)

-- name: half
select member_id from halves where hash = :hash and expires_at > :now

-- name: forget_half
delete from halves where hash = :hash or expires_at <= :now
