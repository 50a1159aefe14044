-- Alerts of saved views: who is told, in which rhythm, and up to where in the log she was. And what is to be mailed to colleagues:
-- it stands here in the transaction that moves the cursor, so that it is neither lost nor made twice.

-- `member_id` null: the hooks of the agency. `cursor`: told up to there; `seen`: looked through up to there, and what was found
-- since `cursor` waits from `first_at` to `last_at`. `monday_at`: when what is unanswered was told last
create table alerts (
  id integer primary key autoincrement,
  agency_id integer not null references agencies (id),
  view_id integer not null references saved_views (id),
  member_id integer references members (id),
  rhythm text,
  unanswered integer not null,
  language text not null,
  cursor integer not null,
  seen integer not null,
  first_at integer,
  last_at integer,
  told_at integer not null,
  monday_at integer not null,
  created_at integer not null,
  unique (view_id, member_id)
) strict;

create unique index alerts_hook on alerts (view_id) where member_id is null;
create index alerts_member on alerts (member_id);

-- no number is given twice: it is the name of the mail. `facts`: figures and names of placements, no words
create table letters (
  id integer primary key autoincrement,
  agency_id integer not null references agencies (id),
  member_id integer not null references members (id),
  alert_id integer references alerts (id),
  kind text not null,
  language text not null,
  facts text not null,
  at integer not null,
  tries integer not null default 0,
  retry_at integer
) strict;

create index letters_alert on letters (alert_id);
