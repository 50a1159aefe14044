-- The second factor of members, and sessions that can be listed and ended one by one. Whoever is signed in signs in again
-- once. Of the key of a phone only a salt is kept: with the installation's secret it is derived again.

alter table agencies add column second_factor integer not null default 0;
alter table members add column totp_salt blob;
alter table members add column totp_at integer;
alter table members add column totp_step integer not null default 0;
alter table members add column wrong_codes integer not null default 0;
alter table members add column waits_until integer not null default 0;

create table recovery_codes (
  member_id integer not null references members (id),
  hash blob not null,
  used_at integer,
  primary key (member_id, hash)
) strict, without rowid;

-- somebody whose password was right and whose code is still to come
create table halves (
  hash blob primary key,
  member_id integer not null references members (id),
  expires_at integer not null
) strict, without rowid;

drop table sessions;
create table sessions (
  id integer primary key autoincrement,
  hash blob not null unique,
  token_id integer references tokens (id),
  member_id integer references members (id),
  way text not null,
  device text not null,
  created_at integer not null,
  seen_at integer not null,
  expires_at integer not null
) strict;

create index sessions_member on sessions (member_id) where member_id is not null;
