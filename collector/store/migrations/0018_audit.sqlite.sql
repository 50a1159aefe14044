-- What those who work here did and read: for as long as their agency says, and never a citizen's words. `who` is the name
-- and office as they were then. Which words somebody read stands apart, one row a voice.

alter table agencies add column audit_days integer not null default 730;

create table audit (
  id integer primary key autoincrement,
  agency_id integer not null references agencies (id),
  at integer not null,
  who text not null,
  member_id integer references members (id),
  token_id integer references tokens (id),
  act text not null,
  subject_id integer,
  detail text,
  number integer
) strict;

create index audit_agency on audit (agency_id, id);
create index audit_subject on audit (subject_id, id) where subject_id is not null;

create table audit_words (
  submission_id integer not null,
  audit_id integer not null references audit (id),
  primary key (submission_id, audit_id)
) strict, without rowid;

create index audit_words_audit on audit_words (audit_id);
