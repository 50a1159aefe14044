-- name: list
select id, name, url, topics, state, because, created_at, created_by, cursor, sent, sent_at, tries, failing_since, retry_at, old_until
from hooks
where agency_id = :agency_id
order by name, id

-- name: one
select * from hooks where agency_id = :agency_id and id = :id

-- name: by_id
select * from hooks where id = :id

-- name: number
select count(*) as number from hooks where agency_id = :agency_id

-- name: paused
select count(*) as number from hooks where state = 'paused' and because <> 'team'

-- name: insert
insert into hooks (agency_id, name, url, topics, secret, cursor, created_at, created_by)
select :agency_id, :name, :url, :topics, :secret, coalesce(max(cursor), 0), :now, :by from changes
returning id

-- name: change
update hooks set name = :name, url = :url, topics = :topics, cursor = max(cursor, :seen), place = place + 1
where agency_id = :agency_id and id = :id

-- name: resume
update hooks set state = 'on', because = null, tries = 0, failing_since = null, retry_at = null, place = place + 1
where agency_id = :agency_id and id = :id

-- name: pause
update hooks set state = 'paused', because = :because, retry_at = null where id = :id and state = 'on'

-- name: rotate
update hooks set old_secret = secret, old_until = :until, secret = :secret where agency_id = :agency_id and id = :id

-- name: replay
update hooks set cursor = :after, place = place + 1, tries = 0, failing_since = null, retry_at = null
where agency_id = :agency_id and id = :id

-- name: delete_answers
delete from hook_answers where hook_id = :id

-- name: delete
delete from hooks where agency_id = :agency_id and id = :id

-- name: due
select id, retry_at from hooks where state = 'on' and cursor < :last order by id

-- name: log
select c.cursor, c.change, c.at, c.subject_id, c.detail, d.key as decision, s.decision as of_decision, p.key as placement
from changes c
left join submissions s on s.id = c.subject_id and c.change like 'submission.%'
left join placements p on p.id = s.placement_id
left join decisions d on d.id = c.subject_id and c.change like 'decision.%'
where c.cursor > :after and c.cursor <= :upto and c.agency_id = :agency_id
order by c.cursor
limit :limit

-- name: skip
update hooks set cursor = :cursor where id = :id and place = :place and cursor < :cursor

-- name: taken
update hooks set cursor = :cursor, tries = 0, failing_since = null, retry_at = null, sent = sent + 1, sent_at = :now
where id = :id and place = :place

-- name: failed
update hooks set tries = tries + 1, failing_since = min(coalesce(failing_since, :now), :now), retry_at = :retry_at
where id = :id and place = :place and state = 'on'

-- name: answered
insert into hook_answers (hook_id, at, event, cursor, outcome, status, ms, said)
select id, :now, :event, :cursor, :outcome, :status, :ms, :said from hooks where id = :id
returning id

-- name: forget
delete from hook_answers where hook_id = :hook_id and (at < :before or id <= (
  select id from hook_answers where hook_id = :hook_id order by id desc limit 1 offset :kept))

-- name: answers
select a.id, a.at, a.event, a.cursor, a.outcome, a.status, a.ms, a.said
from hook_answers a join hooks h on h.id = a.hook_id
where h.agency_id = :agency_id and a.hook_id = :id and a.id < :before
order by a.id desc
limit :limit
