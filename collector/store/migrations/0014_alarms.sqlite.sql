-- The quiet alarm: several grave voices, each for itself, at one placement, decision or theme. It stands until a named
-- person has seen it and said what is done. `voices`: ids, as JSON.

alter table agencies add column alarm_voices integer not null default 3;
alter table agencies add column alarm_days integer not null default 7;

create table alarms (
  id integer primary key,
  agency_id integer not null references agencies (id),
  about text not null check (about in ('placement', 'decision', 'theme')),
  subject_id integer not null,
  voices text not null,
  days integer not null,
  raised_at integer not null,
  seen_at integer,
  seen_by text,
  done text
) strict;

create unique index alarms_open on alarms (about, subject_id) where seen_at is null;
create index alarms_agency on alarms (agency_id, id);
create index alarms_seen on alarms (about, subject_id, seen_at);
create index submissions_grave on submissions (placement_id, id) where words = 1 and weight <= 2;
