-- The first schema. Times are Unix milliseconds.
--
-- Words stand apart from facts, and a row of words is never moved: it is added at the end, and erased by overwriting it
-- in place with as many zeros. SQLite leaves copies of cells behind in a page when it rebuilds one; so no page of words
-- is ever rebuilt, and erased is erased. A correction is a new row, the old one is overwritten.

create table meta (
  name text primary key,
  value text not null
) strict, without rowid;

create table agencies (
  id integer primary key,
  key text not null unique,
  name text not null,
  retention_days integer not null,
  time_zone text not null,
  created_at integer not null
) strict;

create table contact_points (
  id integer primary key,
  agency_id integer not null references agencies (id),
  key text not null,
  name text not null,
  phone text,
  counter text,
  post text,
  video text,
  chat text,
  hours text,
  languages text not null,
  created_at integer not null,
  unique (agency_id, key)
) strict;

create table placements (
  id integer primary key,
  agency_id integer not null references agencies (id),
  key text not null unique,
  name text not null,
  origins text not null,
  languages text not null,
  question text not null,
  gateway integer not null,
  notice text,
  created_at integer not null,
  revision integer not null default 1
) strict;

create table submissions (
  id integer primary key,
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  received_at integer not null,
  sent_at integer,
  outcome text,
  effect text,
  reason text,
  rating integer,
  another_way text,
  impact text,
  language text,
  channel text not null,
  decision text,
  version integer,
  section text,
  masked text,
  words integer not null,
  quote integer not null,
  invite integer not null,
  status text not null,
  read_at integer,
  read_by text,
  erased_at integer,
  words_id integer,
  revision integer not null
) strict;

create index submissions_placement on submissions (placement_id, id);
create index submissions_words on submissions (agency_id, words, id);
create index submissions_outcome on submissions (agency_id, outcome, id) where outcome is not null;
create index submissions_language on submissions (agency_id, language, id);
create index submissions_channel on submissions (agency_id, channel, id) where channel <> 'web';

create table words (
  id integer primary key,
  text text,
  page text
) strict;

create table receipts (
  id integer primary key,
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  submission_id integer references submissions (id),
  code_hash blob not null unique,
  body_hash blob,
  erased_at integer
) strict;

create table changes (
  cursor integer primary key autoincrement,
  agency_id integer not null references agencies (id),
  change text not null,
  at integer not null,
  by text,
  subject_id integer
) strict;

create index changes_subject on changes (subject_id, cursor);

create table counts (
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  day text not null,
  language text not null,
  channel text not null,
  outcome text not null,
  effect text not null,
  reason text not null,
  rating integer not null,
  presses integer not null,
  words integer not null,
  primary key (agency_id, placement_id, day, language, channel, outcome, effect, reason, rating)
) strict, without rowid;

create table tokens (
  id integer primary key,
  agency_id integer not null references agencies (id),
  role text not null,
  name text not null,
  hash blob not null unique,
  created_at integer not null,
  revoked_at integer,
  seen_at integer,
  seen_cursor integer
) strict;

create table sessions (
  hash blob primary key,
  token_id integer not null references tokens (id),
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;

create table links (
  hash blob primary key,
  token_id integer not null references tokens (id),
  expires_at integer not null,
  used_at integer
) strict, without rowid;
