-- name: insert
insert into contact_points (agency_id, key, name, phone, counter, post, video, chat, hours, languages, created_at)
values (:agency_id, :key, :name, :phone, :counter, :post, :video, :chat, :hours, :languages, :created_at)
on conflict (agency_id, key) do nothing
returning id

-- name: all
select agency_id, key, name, phone, counter, post, video, chat, hours, languages from contact_points order by id
