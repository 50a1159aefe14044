-- name: insert
insert into agencies (key, name, retention_days, time_zone, required_languages, created_at)
values (:key, :name, :retention_days, :time_zone, :required_languages, :created_at)
on conflict (key) do nothing
returning id

-- name: all
select id, key, name, retention_days, time_zone, required_languages from agencies order by id
