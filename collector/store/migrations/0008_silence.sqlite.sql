-- Whether there was another way, counted by day (of UTC, since 1970) in the transaction of each voice; and what was said
-- of rules, so that it is found without looking at everything.

create table ways (
  agency_id integer not null references agencies (id),
  placement_id integer not null references placements (id),
  day integer not null,
  another_way text not null,
  voices integer not null,
  primary key (agency_id, placement_id, day, another_way)
) strict, without rowid;

insert into ways (agency_id, placement_id, day, another_way, voices)
select agency_id, placement_id, received_at / 86400000, another_way, count(*) from submissions
where another_way is not null
group by agency_id, placement_id, received_at / 86400000, another_way;

create trigger ways_received after insert on submissions when new.another_way is not null
begin
  insert into ways (agency_id, placement_id, day, another_way, voices)
  values (new.agency_id, new.placement_id, new.received_at / 86400000, new.another_way, 1)
  on conflict do update set voices = voices + 1;
end;

create trigger ways_changed after update of another_way on submissions when old.another_way is not new.another_way
begin
  update ways set voices = voices - 1
  where agency_id = old.agency_id and placement_id = old.placement_id and day = old.received_at / 86400000
    and another_way = old.another_way;
  insert into ways (agency_id, placement_id, day, another_way, voices)
  select new.agency_id, new.placement_id, new.received_at / 86400000, new.another_way, 1
  where new.another_way is not null
  on conflict do update set voices = voices + 1;
end;

create index submissions_rule on submissions (agency_id, id) where reason = 'rule' or kind = 'rule';
