-- Filters with a name, for oneself or for the whole team.

create table saved_views (
  id integer primary key,
  agency_id integer not null references agencies (id),
  holder text not null,
  by text not null,
  name text not null,
  filter text not null,
  shared integer not null,
  created_at integer not null
) strict;

create index saved_views_agency on saved_views (agency_id);
