-- name: insert
insert into changes (agency_id, change, at, by, subject_id, detail)
values (:agency_id, :change, :at, :by, :subject_id, :detail)

-- name: insert_many
insert into changes (agency_id, change, at, subject_id) values (?1, ?2, ?3, ?4)

-- name: insert_routed
insert into changes (agency_id, change, at, subject_id, detail) values (?1, ?2, ?3, ?4, ?5)

-- name: last
select coalesce(max(cursor), 0) as cursor from changes

-- name: after
select c.cursor, c.agency_id as change_agency_id, c.change, c.at, c.by, c.subject_id, d.key as decision_key,
  s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from changes c
left join submissions s on s.id = c.subject_id and c.change like 'submission.%'
left join decisions d on d.id = c.subject_id and c.change like 'decision.%'
left join words w on w.id = s.words_id
where c.cursor > :after
order by c.cursor
limit :limit

-- name: of_subject
select cursor, change, at, by, detail from changes
where agency_id = :agency_id and subject_id = :subject_id and change like 'submission.%'
order by cursor

-- name: of_decision
select cursor, change, at, by, detail from changes
where agency_id = :agency_id and subject_id = :subject_id and change like 'decision.%'
order by cursor

-- name: erased
select coalesce(sum(change = 'submission.erased'), 0) as erased, coalesce(sum(change = 'submission.expired'), 0) as expired
from changes where agency_id = :agency_id and change in ('submission.erased', 'submission.expired') and at < :before

-- name: words_after
select c.cursor, c.change, s.id, s.agency_id, s.placement_id, s.erased_at, s.language, w.text,
  case when s.channel in ('web', 'form') then s.received_at else coalesce(s.sent_at, s.received_at) end as at
from changes c
left join submissions s on s.id = c.subject_id
left join words w on w.id = s.words_id
where c.cursor > :after and c.change in
  ('submission.received', 'submission.corrected', 'submission.erased', 'submission.expired')
order by c.cursor
limit :limit
