-- What a reader found it to weigh. `severity` stays what its author said, and orders reading; `weight` is what counts for
-- everything else: what its reader found, or else what its author said.

alter table submissions add column weighed integer;
alter table submissions add column weight integer not null generated always as (coalesce(weighed, severity)) virtual;
alter table messages add column weight integer;

-- the radar shows what counts
drop trigger radar_received;
drop trigger radar_sorted_in;
drop trigger radar_sorted_out;
drop trigger radar_changed;
create trigger radar_received after insert on submissions
when new.words = 1 and new.weight <= 2 and new.erased_at is null
begin
  insert into alone (submission_id, agency_id, severity) values (new.id, new.agency_id, new.weight);
end;

create trigger radar_sorted_in after insert on theme_submissions
begin
  insert into theme_tallies (theme_id, severity, voices, unread)
  select new.theme_id, s.weight, 1, s.status = 'new' from submissions s
  where s.id = new.submission_id and s.erased_at is null
  on conflict (theme_id, severity) do update set voices = voices + 1, unread = unread + excluded.unread;
  delete from alone where submission_id = new.submission_id;
end;

create trigger radar_sorted_out after delete on theme_submissions
begin
  update theme_tallies set voices = voices - 1,
    unread = unread - (select s.status = 'new' from submissions s where s.id = old.submission_id)
  where theme_id = old.theme_id
    and severity = (select s.weight from submissions s where s.id = old.submission_id and s.erased_at is null);
  insert into alone (submission_id, agency_id, severity)
  select s.id, s.agency_id, s.weight from submissions s
  where s.id = old.submission_id and s.words = 1 and s.weight <= 2 and s.status <> 'aside' and s.erased_at is null
    and not exists (select 1 from theme_submissions ts where ts.submission_id = s.id);
end;

create trigger radar_changed after update on submissions
when old.weight <> new.weight or old.status <> new.status or old.words <> new.words
  or old.erased_at is not new.erased_at
begin
  update theme_tallies set voices = voices - 1, unread = unread - (old.status = 'new')
  where old.erased_at is null and severity = old.weight
    and theme_id in (select ts.theme_id from theme_submissions ts where ts.submission_id = new.id);
  insert into theme_tallies (theme_id, severity, voices, unread)
  select ts.theme_id, new.weight, 1, new.status = 'new' from theme_submissions ts
  where ts.submission_id = new.id and new.erased_at is null
  on conflict (theme_id, severity) do update set voices = voices + 1, unread = unread + excluded.unread;
  delete from alone where submission_id = new.id;
  insert into alone (submission_id, agency_id, severity)
  select new.id, new.agency_id, new.weight
  where new.words = 1 and new.weight <= 2 and new.status <> 'aside' and new.erased_at is null
    and not exists (select 1 from theme_submissions ts where ts.submission_id = new.id);
end;
