-- A voice that turns out to be somebody's own case: the contact point to which its author handed it, and the point that a
-- message proposes. A telephone number to be rung stands among the addresses, apart from everything else.

alter table submissions add column desk text;
alter table submissions add column callback integer not null default 0;
alter table messages add column contact_point text;

create index submissions_desk on submissions (agency_id, desk, id) where desk is not null;
create index submissions_callback on submissions (agency_id, id) where callback = 1;

create table callbacks (
  id integer primary key,
  agency_id integer not null references agencies (id),
  receipt_id integer not null unique references receipts (id),
  submission_id integer not null references submissions (id),
  address_id integer references addresses (id),
  parts text not null,
  language text not null,
  asked_at integer not null,
  done_at integer
) strict;

create index callbacks_submission on callbacks (submission_id);

create table callback_tries (
  callback_id integer not null references callbacks (id),
  at integer not null,
  reached integer not null,
  by text,
  office text
) strict;

create index callback_tries_callback on callback_tries (callback_id);
