-- The inclusion test of a placement, and each verdict as it was signed, which stays as it is.

create table verdicts (
  id integer primary key,
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  signed_at integer not null,
  document text not null
) strict;

create table inclusions (
  placement_id integer primary key references placements (id),
  agency_id integer not null references agencies (id),
  answers text not null,
  steps text not null,
  authors text not null,
  verdict_id integer references verdicts (id),
  reopened text,
  published integer not null default 0,
  changed_at integer not null,
  revision integer not null default 1
) strict;
