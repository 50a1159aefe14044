-- name: insert
insert into contact_points (
  agency_id, key, name, phone, counter, post, video, chat, hours, languages, subjects, postcodes, placements, timetable,
  task, terms, calls_back, checked_on, owner_id, created_at)
values (
  :agency_id, :key, :name, :phone, :counter, :post, :video, :chat, :hours, :languages, :subjects, :postcodes, :placements,
  :timetable, :task, :terms, :calls_back, :checked_on, :owner_id, :now)
on conflict (agency_id, key) do nothing
returning id

-- name: all
select agency_id, id, key, name, phone, counter, post, video, chat, hours, languages, subjects, postcodes, placements,
  timetable, task, terms, calls_back, checked_on, owner_id, revision
from contact_points where withdrawn_at is null order by id

-- name: keys
select key from contact_points where agency_id = :agency_id

-- name: change
update contact_points set name = :name, phone = :phone, counter = :counter, post = :post, video = :video, chat = :chat,
  hours = :hours, languages = :languages, subjects = :subjects, postcodes = :postcodes, placements = :placements,
  timetable = :timetable, task = :task, terms = :terms, calls_back = :calls_back, checked_on = :checked_on,
  owner_id = :owner_id, revision = revision + 1
where agency_id = :agency_id and key = :key and revision = :revision and withdrawn_at is null
returning id

-- name: check
update contact_points set checked_on = :checked_on, revision = revision + 1
where agency_id = :agency_id and key = :key and withdrawn_at is null
returning id

-- name: withdraw
update contact_points set withdrawn_at = :now, owner_id = null
where agency_id = :agency_id and key = :key and withdrawn_at is null
returning id

-- name: member
select id from members where agency_id = :agency_id and id = :id and revoked_at is null
