-- Hooks: programs of a team, elsewhere, that are told what happened. Each has a cursor of its own in the log, and goes on from
-- there. Its secrets are sealed with the installation's. No words here: `said` is the beginning of a refusal, masked.

-- `place`: moved by whoever sets the cursor, so that what is on its way meanwhile does not set it back
create table hooks (
  id integer primary key,
  agency_id integer not null references agencies (id),
  name text not null,
  url text not null,
  topics text not null,
  secret text not null,
  old_secret text,
  old_until integer,
  state text not null default 'on',
  because text,
  cursor integer not null,
  place integer not null default 0,
  tries integer not null default 0,
  failing_since integer,
  retry_at integer,
  sent integer not null default 0,
  sent_at integer,
  created_at integer not null,
  created_by text
) strict;

create index hooks_agency on hooks (agency_id);

create table hook_answers (
  id integer primary key,
  hook_id integer not null references hooks (id),
  at integer not null,
  event text not null,
  cursor integer,
  outcome text not null,
  status integer,
  ms integer not null,
  said text not null
) strict;

create index hook_answers_hook on hook_answers (hook_id, id);
