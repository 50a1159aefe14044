-- Kiosks: each has a key of its own, for one placement. And a clip in sign language beside a placement's question.

create table devices (
  id integer primary key,
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  name text not null,
  hash blob not null unique,
  created_at integer not null,
  seen_at integer,
  revoked_at integer
) strict;

alter table placements add column clips text not null default '{}';
