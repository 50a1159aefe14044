-- One question that an office asks the people of a decision, and which answers were given to it. `by_receipt`: an answer that
-- came from the receipt of an earlier voice; the two are not linked.

create table asks (
  id integer primary key,
  agency_id integer not null references agencies (id),
  decision_id integer not null references decisions (id),
  text text not null,
  office text not null,
  by text not null,
  asked_at integer not null,
  until text not null,
  ended_at integer,
  withdrawn integer not null default 0,
  reached integer not null,
  heard text not null default '{}',
  heard_at integer,
  revision integer not null default 1
) strict;

create unique index asks_open on asks (decision_id) where ended_at is null;

alter table submissions add column ask integer references asks (id);
alter table submissions add column by_receipt integer not null default 0;

create index submissions_ask on submissions (agency_id, ask, id) where ask is not null;
