-- One story every working morning: who owns a decision and gets it, and which were drawn.

-- `drawn_day`: the last day on which it was dealt with, so that it happens once a day, however often it is looked at
create table mornings (
  decision_id integer primary key references decisions (id),
  agency_id integer not null references agencies (id),
  owner_id integer not null references members (id),
  reader_id integer not null references members (id),
  language text not null,
  on_at integer not null,
  off_because text,
  paused_until text,
  drawn_day text
) strict;

-- no words here: they are read where they stand when the mail is made. A voice is drawn once, for whomever
create table stories (
  id integer primary key,
  agency_id integer not null references agencies (id),
  decision_id integer not null references decisions (id),
  submission_id integer not null unique references submissions (id),
  member_id integer not null references members (id),
  language text not null,
  hash blob not null unique,
  day text not null,
  drawn_at integer not null,
  tries integer not null default 0,
  retry_at integer,
  sent_at integer,
  read_at integer,
  recalled_at integer,
  unique (decision_id, day)
) strict;

create index stories_unsent on stories (id) where sent_at is null;
create index stories_member on stories (decision_id, member_id, id);
