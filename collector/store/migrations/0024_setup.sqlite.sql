-- What an agency is called in each language, and whom to ask about personal data; its revision, so that of two who change it
-- both keep their work. And on which pages a placement is met: an origin and a day at a time, and nothing of who was there.

alter table agencies add column names text not null default '{}';
alter table agencies add column privacy_contact text not null default '';
alter table agencies add column revision integer not null default 1;

create table sightings (
  placement_id integer not null references placements (id),
  agency_id integer not null references agencies (id),
  day text not null,
  origin text not null,
  what text not null,
  number integer not null,
  primary key (placement_id, day, origin, what)
) strict, without rowid;
