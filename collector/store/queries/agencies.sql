-- name: insert
insert into agencies (key, name, retention_days, time_zone, required_languages, created_at)
values (:key, :name, :retention_days, :time_zone, :required_languages, :created_at)
on conflict (key) do nothing
returning id

-- name: insert_operators
insert into agencies (key, name, retention_days, time_zone, required_languages, created_at, audit_days, second_factor, operators)
select '-', 'operators', 0, 'Europe/Brussels', 'en', :now, :audit_days, 1, 1
where not exists (select 1 from agencies where operators = 1)

-- name: all
select id, key, name, retention_days, time_zone, required_languages, stale_days, alarm_voices, alarm_days, audit_days, second_factor, names,
  privacy_contact, revision, operators
from agencies order by id

-- name: set_alarm
update agencies set alarm_voices = :voices, alarm_days = :days where id = :agency_id

-- name: set_stale_days
update agencies set stale_days = :stale_days where id = :agency_id

-- name: set_audit_days
update agencies set audit_days = :audit_days where id = :agency_id

-- name: settle
update agencies set name = :name, names = :names, privacy_contact = :privacy_contact, time_zone = :time_zone,
  required_languages = :required_languages, retention_days = :retention_days, revision = revision + 1
where id = :agency_id and revision = :revision
