-- fragments: submissions

-- name: of_views
select view_id, member_id, rhythm, unanswered, language from alerts
where agency_id = :agency_id and (member_id is null or member_id = :member_id)

-- name: one
select a.id, a.agency_id, a.created_at from alerts a where a.id = :id

-- name: put
insert into alerts (agency_id, view_id, member_id, rhythm, unanswered, language, cursor, seen, told_at, monday_at, created_at)
select :agency_id, :view_id, :member_id, :rhythm, :unanswered, :language, l.cursor, l.cursor, :told_at, :now, :now
from (select coalesce(max(cursor), 0) as cursor from changes) l

-- name: change
update alerts set rhythm = :rhythm, unanswered = :unanswered, language = :language,
  cursor = case when rhythm is null then (select max(cursor) from changes) else cursor end,
  first_at = case when rhythm is null then null else first_at end,
  last_at = case when rhythm is null then null else last_at end,
  monday_at = case when unanswered = 0 then :now else monday_at end
where agency_id = :agency_id and view_id = :view_id and member_id is :member_id

-- name: forget_letters
delete from letters where alert_id in (
  select id from alerts where agency_id = :agency_id and view_id = :view_id and (:all = 1 or member_id is :member_id))

-- name: forget
delete from alerts where agency_id = :agency_id and view_id = :view_id and (:all = 1 or member_id is :member_id)

-- name: stop_letters
delete from letters where alert_id = :id

-- name: stop
delete from alerts where id = :id

-- name: all
select a.id, a.agency_id, a.view_id, a.member_id, a.rhythm, a.unanswered, a.language, a.cursor, a.seen, a.first_at, a.last_at,
  a.told_at, a.monday_at, v.name, v.filter
from alerts a
join saved_views v on v.id = a.view_id
left join members m on m.id = a.member_id
where (a.member_id is null or (:offered = 1 and m.revoked_at is null and m.joined_at is not null))
order by a.id

-- name: any
select s.id from submissions s where s.agency_id = :agency_id and s.erased_at is null {filters} limit 1

-- name: new
select s.placement_id, count(*) as number, sum(s.words = 1 and s.weight <= 2) as grave, sum(s.status = 'new') as unread
from submissions s
where s.agency_id = :agency_id and s.erased_at is null {filters}
group by s.placement_id
order by number desc, s.placement_id

-- name: unanswered
select s.placement_id, count(*) as number, sum(s.words = 1 and s.weight <= 2) as grave, min(s.received_at) as oldest
from submissions s
where s.agency_id = :agency_id and s.erased_at is null and s.words = 1 and s.status not in ('answered', 'aside') {filters}
group by s.placement_id
order by number desc, s.placement_id

-- fragment: moved
and s.id in (
  select c.subject_id from changes c
  where c.cursor > :from_cursor and c.cursor <= :upto and c.agency_id = :agency_id
    and c.change in (select value from json_each(:changes)))

-- fragment: found
and s.id in (select t.rowid from found.texts t where t.texts match :match)

-- name: noticed
update alerts set seen = :upto, first_at = :first_at, last_at = :last_at where id = :id and cursor = :cursor

-- name: seen
update alerts set seen = :upto where id = :id and seen < :upto

-- name: told
update alerts set cursor = :upto, seen = :upto, first_at = null, last_at = null, told_at = :told_at
where id = :id and cursor = :cursor and rhythm is not null

-- name: told_monday
update alerts set monday_at = :now where id = :id and monday_at = :monday_at

-- name: clock_back
update alerts set told_at = :told_at, monday_at = :monday_at where id = :id
