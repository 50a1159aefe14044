-- name: insert
insert into agencies (key, name, retention_days, time_zone, created_at)
values (:key, :name, :retention_days, :time_zone, :created_at)
on conflict (key) do nothing
returning id

-- name: all
select id, key, name, retention_days, time_zone from agencies order by id
