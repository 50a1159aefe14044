-- name: insert
insert into placements (agency_id, key, name, origins, languages, question, gateway, notice, created_at)
values (:agency_id, :key, :name, :origins, :languages, :question, :gateway, :notice, :created_at)
on conflict (key) do nothing
returning id

-- name: all
select id, agency_id, key, name, origins, languages, question, gateway, notice, clips, revision from placements order by id

-- name: replace
update placements set name = :name, origins = :origins, languages = :languages, question = :question, gateway = :gateway,
  clips = :clips, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision

-- name: set_notice
update placements set notice = :notice, revision = revision + 1 where agency_id = :agency_id and id = :id
