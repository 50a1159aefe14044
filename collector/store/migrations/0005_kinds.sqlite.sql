-- What a reader says a voice is; when a named person first read it, and the reserved lane as far as it is open.

alter table submissions add column kind text;
alter table submissions add column reader_at integer;
update submissions set reader_at = read_at where reader_id is not null;

create index submissions_kind on submissions (agency_id, kind, id) where kind is not null;
create index submissions_lane_open on submissions (agency_id, id)
  where another_way = 'no' and words = 1 and severity <= 1 and reader_id is null;
