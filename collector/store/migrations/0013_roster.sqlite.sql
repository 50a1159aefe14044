-- Colleagues who are rung for grave words within their hours. `news_at`: since when something grave waits to be told.

create table roster (
  member_id integer primary key references members (id),
  agency_id integer not null references agencies (id),
  timetable text not null,
  news_at integer,
  rung_at integer
) strict;
