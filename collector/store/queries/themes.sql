-- name: insert
insert into themes (agency_id, decision_id, name, expected, created_at)
values (:agency_id, :decision_id, :name, :expected, :now)
returning id

-- name: one
select * from themes where agency_id = :agency_id and id = :id

-- name: list
select t.*,
  count(ts.submission_id) as voices,
  coalesce(sum(s.erased_at is null and s.weight <= 2), 0) as grave,
  coalesce(sum(s.erased_at is null and s.status = 'new'), 0) as unread,
  min(s.received_at) as first_at
from themes t
left join theme_submissions ts on ts.theme_id = t.id
left join submissions s on s.id = ts.submission_id
where t.agency_id = :agency_id and t.merged_into is null {filters}
group by t.id
order by voices desc, t.id

-- fragment: decision
and t.decision_id = :decision_id

-- fragment: no_decision
and t.decision_id is null

-- fragment: one
and t.id = :id

-- name: offered
select id from themes
where agency_id = :agency_id and merged_into is null and (decision_id is null or decision_id = :decision_id)

-- name: of_decision
select id from themes where decision_id = :decision_id and merged_into is null

-- name: write
update themes set name = :name, expected = :expected, decision_id = :decision_id, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision and merged_into is null

-- name: give
update themes set decision_id = :decision_id, revision = revision + 1
where agency_id = :agency_id and id = :id and decision_id is null and merged_into is null

-- name: give_voices
update submissions set decision = :key, phase = coalesce(phase, 'agenda'), revision = revision + 1
where agency_id = :agency_id and decision is null
  and id in (select submission_id from theme_submissions where theme_id = :theme_id)

-- name: add
insert into theme_submissions (theme_id, submission_id, at, by)
select :theme_id, s.id, :now, :by from submissions s
where s.agency_id = :agency_id and s.id = :submission_id and s.erased_at is null
on conflict (theme_id, submission_id) do nothing

-- name: remove
delete from theme_submissions where theme_id = :theme_id and submission_id = :submission_id
  and theme_id in (select id from themes where agency_id = :agency_id)

-- name: quote
update theme_submissions set quoted = :quoted where theme_id = :theme_id and submission_id = :submission_id

-- name: quoted
select ts.theme_id from theme_submissions ts join themes t on t.id = ts.theme_id
where t.agency_id = :agency_id and ts.submission_id = :submission_id and ts.quoted = 1
order by ts.theme_id

-- name: permission
select s.quote, s.erased_at from theme_submissions ts join submissions s on s.id = ts.submission_id
where s.agency_id = :agency_id and ts.theme_id = :theme_id and ts.submission_id = :submission_id

-- name: started
update theme_submissions set started = :decision_id where theme_id = :theme_id

-- name: merge
insert into theme_submissions (theme_id, submission_id, quoted, at, by, started)
select :into, submission_id, quoted, at, by, started from theme_submissions where theme_id = :id
on conflict (theme_id, submission_id) do update set
  quoted = max(quoted, excluded.quoted), started = coalesce(started, excluded.started)

-- name: merge_responses
insert into theme_responses (theme_id, response_id)
select :into, response_id from theme_responses where theme_id = :id
on conflict (theme_id, response_id) do nothing

-- name: expect
update themes set expected = coalesce(expected, :expected), revision = revision + 1 where id = :id

-- name: merge_passages
insert into theme_passages (theme_id, passage_id)
select :into, passage_id from theme_passages where theme_id = :id
on conflict (theme_id, passage_id) do nothing

-- name: empty
delete from theme_submissions where theme_id = :id

-- name: empty_passages
delete from theme_passages where theme_id = :id

-- name: empty_responses
delete from theme_responses where theme_id = :id

-- name: merged
update themes set merged_into = :into, revision = revision + 1
where agency_id = :agency_id and id = :id and merged_into is null

-- name: submissions
select s.*, w.text, w.page,
  (select group_concat(o.theme_id) from theme_submissions o where o.submission_id = s.id) as themes
from theme_submissions ts
join submissions s on s.id = ts.submission_id
left join words w on w.id = s.words_id
where ts.theme_id = :theme_id and s.agency_id = :agency_id and s.erased_at is null and s.id < :before
order by s.id desc
limit :limit

-- name: of_submission
select t.id, t.name, t.decision_id, t.agency_id, t.created_at, ts.started, 1 as voices,
  (select min(s.received_at) from theme_submissions o join submissions s on s.id = o.submission_id
   where o.theme_id = t.id) as first_at
from theme_submissions ts join themes t on t.id = ts.theme_id
where t.agency_id = :agency_id and ts.submission_id = :submission_id
order by t.id

-- name: quotes
select ts.theme_id, s.language, w.text, s.quote, s.erased_at from theme_submissions ts
join themes t on t.id = ts.theme_id
join submissions s on s.id = ts.submission_id
left join words w on w.id = s.words_id
where t.decision_id = :decision_id and ts.quoted = 1
order by ts.at
