-- name: all
select r.agency_id, r.member_id as id, m.name, r.timetable from roster r join members m on m.id = r.member_id
where m.revoked_at is null order by m.name, m.id

-- name: member
select id from members where agency_id = :agency_id and id = :id and revoked_at is null and joined_at is not null

-- name: put
insert into roster (member_id, agency_id, timetable) values (:id, :agency_id, :timetable)
on conflict (member_id) do update set timetable = excluded.timetable

-- name: remove
delete from roster where agency_id = :agency_id and member_id = :id

-- name: follower
select cursor from followers where name = 'roster'

-- name: follow
insert into followers (name, cursor)
select 'roster', coalesce(max(cursor), 0) from changes where true
on conflict (name) do nothing

-- name: go_on
update followers set cursor = :cursor where name = 'roster'

-- name: grave
select distinct c.agency_id from changes c join submissions s on s.id = c.subject_id
where c.cursor > :after and c.cursor <= :upto and c.change in ('submission.received', 'submission.corrected')
  and s.severity <= 2 and s.words = 1 and s.status = 'new' and s.erased_at is null and s.channel <> 'import'

-- name: news
update roster set news_at = coalesce(news_at, :now) where member_id = :id

-- name: due
select r.member_id as id, r.agency_id, m.email, m.name from roster r join members m on m.id = r.member_id
where r.news_at is not null and (r.rung_at is null or r.rung_at <= :before) and m.revoked_at is null
order by r.news_at, r.member_id

-- name: unread
select 1 as unread from submissions s
where s.agency_id = :agency_id and s.status = 'new' and s.words = 1 and s.severity <= 2 limit 1

-- name: rung
update roster set rung_at = :now, news_at = null where member_id = :id

-- name: dropped
update roster set news_at = null where member_id = :id
