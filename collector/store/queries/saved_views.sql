-- name: list
select id, holder, by, name, filter, shared from saved_views
where agency_id = :agency_id and (shared = 1 or holder = :holder)
order by name, id

-- name: number
select count(*) as number from saved_views where agency_id = :agency_id and holder = :holder

-- name: insert
insert into saved_views (agency_id, holder, by, name, filter, shared, created_at)
values (:agency_id, :holder, :by, :name, :filter, :shared, :now)
returning id

-- name: one
select id, holder, shared from saved_views
where agency_id = :agency_id and id = :id and (shared = 1 or holder = :holder)

-- name: delete
delete from saved_views where agency_id = :agency_id and id = :id
