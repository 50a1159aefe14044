-- Barriers that people report, and what an agency states about how accessible it is.

alter table submissions add column barrier text;

create index submissions_barrier on submissions (agency_id, barrier, id) where barrier is not null;

create table statements (
  agency_id integer primary key references agencies (id),
  draft text not null,
  published text,
  published_at integer,
  revision integer not null default 1
) strict;
