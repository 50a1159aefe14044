-- name: get
select value from meta where name = :name

-- name: put
insert into meta (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value
