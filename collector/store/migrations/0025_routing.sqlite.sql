-- Where voices go by themselves: the rules of an agency in their order. `last`: the highest id that a rule ever had.

create table routings (
  agency_id integer primary key references agencies (id),
  rules text not null,
  last integer not null,
  revision integer not null,
  changed_at integer not null,
  by text
) strict;

-- the rule that said where it goes; 0 once a person decided
alter table submissions add column routed integer;
