-- The radar, kept in the transaction of whatever moves it: how many voices of each severity a theme has, and the grave
-- voices that are in no theme. Triggers keep both, so that no way of changing a voice can forget them.

create table theme_tallies (
  theme_id integer not null references themes (id),
  severity integer not null,
  voices integer not null,
  unread integer not null,
  primary key (theme_id, severity)
) strict, without rowid;

create table alone (
  submission_id integer primary key references submissions (id),
  agency_id integer not null references agencies (id),
  severity integer not null
) strict;

create index alone_order on alone (agency_id, severity, submission_id);

insert into theme_tallies (theme_id, severity, voices, unread)
select ts.theme_id, s.severity, count(*), sum(s.status = 'new')
from theme_submissions ts join submissions s on s.id = ts.submission_id
where s.erased_at is null
group by ts.theme_id, s.severity;

insert into alone (submission_id, agency_id, severity)
select s.id, s.agency_id, s.severity from submissions s
where s.words = 1 and s.severity <= 2 and s.status <> 'aside' and s.erased_at is null
  and not exists (select 1 from theme_submissions ts where ts.submission_id = s.id);

create trigger radar_received after insert on submissions
when new.words = 1 and new.severity <= 2 and new.erased_at is null
begin
  insert into alone (submission_id, agency_id, severity) values (new.id, new.agency_id, new.severity);
end;

create trigger radar_sorted_in after insert on theme_submissions
begin
  insert into theme_tallies (theme_id, severity, voices, unread)
  select new.theme_id, s.severity, 1, s.status = 'new' from submissions s
  where s.id = new.submission_id and s.erased_at is null
  on conflict (theme_id, severity) do update set voices = voices + 1, unread = unread + excluded.unread;
  delete from alone where submission_id = new.submission_id;
end;

create trigger radar_sorted_out after delete on theme_submissions
begin
  update theme_tallies set voices = voices - 1,
    unread = unread - (select s.status = 'new' from submissions s where s.id = old.submission_id)
  where theme_id = old.theme_id
    and severity = (select s.severity from submissions s where s.id = old.submission_id and s.erased_at is null);
  insert into alone (submission_id, agency_id, severity)
  select s.id, s.agency_id, s.severity from submissions s
  where s.id = old.submission_id and s.words = 1 and s.severity <= 2 and s.status <> 'aside' and s.erased_at is null
    and not exists (select 1 from theme_submissions ts where ts.submission_id = s.id);
end;

create trigger radar_changed after update on submissions
when old.severity <> new.severity or old.status <> new.status or old.words <> new.words
  or old.erased_at is not new.erased_at
begin
  update theme_tallies set voices = voices - 1, unread = unread - (old.status = 'new')
  where old.erased_at is null and severity = old.severity
    and theme_id in (select ts.theme_id from theme_submissions ts where ts.submission_id = new.id);
  insert into theme_tallies (theme_id, severity, voices, unread)
  select ts.theme_id, new.severity, 1, new.status = 'new' from theme_submissions ts
  where ts.submission_id = new.id and new.erased_at is null
  on conflict (theme_id, severity) do update set voices = voices + 1, unread = unread + excluded.unread;
  delete from alone where submission_id = new.id;
  insert into alone (submission_id, agency_id, severity)
  select new.id, new.agency_id, new.severity
  where new.words = 1 and new.severity <= 2 and new.status <> 'aside' and new.erased_at is null
    and not exists (select 1 from theme_submissions ts where ts.submission_id = new.id);
end;
