-- name: follow
insert into followers (name, cursor)
select 'alarm', coalesce(max(cursor), 0) from changes where true
on conflict (name) do nothing

-- name: follower
select cursor from followers where name = 'alarm'

-- name: go_on
update followers set cursor = :cursor where name = 'alarm'

-- name: log
select c.cursor, s.id, s.agency_id, s.placement_id, d.id as decision_id,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from changes c
join submissions s on s.id = c.subject_id and s.words = 1 and s.weight <= 2 and s.erased_at is null and s.status <> 'aside'
left join decisions d on d.agency_id = s.agency_id and d.key = s.decision
where c.cursor > :after and c.cursor <= :upto and c.change in
  ('submission.received', 'submission.corrected', 'submission.sorted', 'submission.weighed')
order by c.cursor
limit :limit

-- name: voices
select s.id, s.placement_id, s.received_at, w.text from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.id > :since * 2048 and s.received_at > :since and s.words = 1 and s.weight <= 2
  and s.erased_at is null and s.status <> 'aside' {filters}
order by s.id desc
limit 500

-- fragment: placement
and s.placement_id = :subject_id

-- fragment: decision
and s.decision = (select key from decisions where id = :subject_id)

-- fragment: theme
and s.id in (select submission_id from theme_submissions where theme_id = :subject_id)

-- name: last_seen
select max(seen_at) as at from alarms where agency_id = :agency_id and about = :about and subject_id = :subject_id

-- name: raise
insert into alarms (agency_id, about, subject_id, voices, days, raised_at)
values (:agency_id, :about, :subject_id, :voices, :days, :now)
on conflict do nothing
returning id

-- name: open
select a.*, d.key as decision_key from alarms a left join decisions d on a.about = 'decision' and d.id = a.subject_id
where a.agency_id = :agency_id and a.seen_at is null
order by a.id

-- name: one
select a.*, d.key as decision_key from alarms a left join decisions d on a.about = 'decision' and d.id = a.subject_id
where a.agency_id = :agency_id and a.id = :id

-- name: see
update alarms set seen_at = :now, seen_by = :by, done = :done
where agency_id = :agency_id and id = :id and seen_at is null

-- name: count
select count(*) as number from alarms where seen_at is null
