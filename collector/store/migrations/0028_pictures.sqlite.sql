-- How many spoke on each past day, by all that the picture tells apart: counted when somebody first looks at that day, and
-- kept. A voice that comes touches nothing of it; one that changes or goes takes its day away, to be counted again. What was not
-- said is an empty text, or 0 for the rating.

create table tallied_days (
  agency_id integer not null references agencies (id),
  first_id integer not null,
  end_id integer not null,
  day text not null,
  primary key (agency_id, first_id)
) strict, without rowid;

create table day_tallies (
  agency_id integer not null references agencies (id),
  day text not null,
  placement_id integer not null references placements (id),
  decision text not null,
  language text not null,
  channel text not null,
  outcome text not null,
  effect text not null,
  reason text not null,
  rating integer not null,
  weight integer not null,
  words integer not null,
  number integer not null,
  primary key (agency_id, day, placement_id, decision, language, channel, outcome, effect, reason, rating, weight, words)
) strict, without rowid;

create trigger tallies_moved
after update of outcome, effect, reason, rating, another_way, impact, weighed, language, channel, decision, words, erased_at
on submissions
begin
  delete from tallied_days where agency_id = old.agency_id and first_id <= old.id and end_id > old.id;
end;
