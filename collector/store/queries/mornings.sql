-- name: list
select m.*, d.key as decision, o.name as owner_name, o.office as owner_office, r.name as reader_name,
  r.office as reader_office, r.joined_at is not null and r.revoked_at is null as reader_here,
  (select count(*) from stories s where s.decision_id = m.decision_id and s.sent_at is not null) as sent,
  (select count(*) from stories s where s.decision_id = m.decision_id and s.read_at is not null) as read,
  (select max(s.sent_at) from stories s where s.decision_id = m.decision_id) as last_at,
  exists (select 1 from stories s where s.decision_id = m.decision_id and s.sent_at is null and s.tries > 0) as waits,
  (select count(*) from stories s
    where s.decision_id = m.decision_id and s.member_id = m.reader_id and s.sent_at >= m.on_at and s.read_at is null
      and s.recalled_at is null
      and s.id > coalesce((select max(l.id) from stories l
        where l.decision_id = m.decision_id and l.member_id = m.reader_id and l.read_at is not null), 0)) as unread
from mornings m
join decisions d on d.id = m.decision_id
join members o on o.id = m.owner_id
join members r on r.id = m.reader_id
where m.agency_id = :agency_id
order by d.key

-- name: on
select m.*, d.key, r.name, r.office, r.email
from mornings m
join decisions d on d.id = m.decision_id and d.state in ('published', 'decided')
join members r on r.id = m.reader_id and r.joined_at is not null and r.revoked_at is null
where m.off_because is null
  and not exists (select 1 from stories s where s.decision_id = m.decision_id and s.sent_at is null)

-- name: joined
select id from members where agency_id = :agency_id and id = :id and joined_at is not null and revoked_at is null

-- name: owned
select decision_id from mornings where agency_id = :agency_id and decision_id = :decision_id

-- name: put
insert into mornings (decision_id, agency_id, owner_id, reader_id, language, on_at)
values (:decision_id, :agency_id, :owner_id, :owner_id, :language, :now)
on conflict (decision_id) do update set owner_id = excluded.owner_id, reader_id = excluded.reader_id,
  language = excluded.language, on_at = excluded.on_at, off_because = null, paused_until = null

-- name: remove
delete from mornings where agency_id = :agency_id and decision_id = :decision_id

-- name: turn_on
update mornings set on_at = :now, off_because = null, paused_until = null
where agency_id = :agency_id and decision_id = :decision_id

-- name: turn_off
update mornings set off_because = :because, paused_until = null
where agency_id = :agency_id and decision_id = :decision_id and off_because is null

-- name: hand_over
update mornings set reader_id = :to, on_at = :now, off_because = null, paused_until = null
where agency_id = :agency_id and decision_id = :decision_id

-- name: pause
update mornings set paused_until = :until, on_at = :now, off_because = null
where agency_id = :agency_id and decision_id = :decision_id

-- name: cells
select s.language, s.channel, s.placement_id as placement, count(*) as heard,
  sum((s.reader_id is null or s.reader_id <> :reader_id)
    and not exists (select 1 from stories t where t.submission_id = s.id)) as waiting
from submissions s
where s.agency_id = :agency_id and s.decision = :decision and s.words = 1 and s.erased_at is null and s.status <> 'aside'
group by s.language, s.channel, s.placement_id
order by s.language, s.channel, s.placement_id

-- name: pick
select s.id from submissions s
where s.agency_id = :agency_id and s.decision = :decision and s.words = 1 and s.erased_at is null and s.status <> 'aside'
  and s.language is :language and s.channel = :channel and s.placement_id = :placement
  and (s.reader_id is null or s.reader_id <> :reader_id)
  and not exists (select 1 from stories t where t.submission_id = s.id)
order by s.id
limit 1 offset :place

-- name: deal
update mornings set drawn_day = :day
where decision_id = :decision_id and reader_id = :reader_id and off_because is null and coalesce(drawn_day, '') < :day

-- name: insert
insert into stories (agency_id, decision_id, submission_id, member_id, language, hash, day, drawn_at)
select m.agency_id, m.decision_id, s.id, m.reader_id, m.language, :hash, :day, :now
from mornings m, submissions s
where m.decision_id = :decision_id and s.id = :submission_id and s.agency_id = m.agency_id and s.words = 1
  and s.erased_at is null and s.status <> 'aside'

-- name: unsent
select s.id, s.agency_id from stories s
where s.sent_at is null and (s.retry_at is null or s.retry_at <= :now)
order by s.id
limit :limit

-- name: claim
update stories set tries = tries + 1, retry_at = :until
where id = :id and sent_at is null and (retry_at is null or retry_at <= :now)

-- name: story
select decision_id, day from stories where id = :id

-- name: letter
select t.id, t.agency_id, t.decision_id, t.language as tongue, t.day, t.drawn_at, t.sent_at, t.member_id, r.name, r.office, r.email, d.key,
  s.id as submission_id, s.received_at, s.language, s.channel, s.placement_id, s.outcome, s.effect, s.reason,
  s.another_way, s.impact, w.text, w.page
from stories t
join decisions d on d.id = t.decision_id
join submissions s on s.id = t.submission_id
join members r on r.id = t.member_id and r.joined_at is not null and r.revoked_at is null
left join words w on w.id = s.words_id
where t.id = :id

-- name: sent
update stories set sent_at = :now, retry_at = null where id = :id

-- name: later
update stories set retry_at = :retry_at where id = :id

-- name: forget
delete from stories where id = :id and sent_at is null

-- name: forget_unsent
delete from stories where decision_id = :decision_id and sent_at is null and (retry_at is null or retry_at <= :now)

-- name: undo_day
update mornings set drawn_day = null where decision_id = :decision_id and drawn_day = :day

-- name: gone
select t.id from stories t join submissions s on s.id = t.submission_id
where t.sent_at is not null and t.recalled_at is null and s.words_id is null
  and (t.retry_at is null or t.retry_at <= :now)
order by t.id
limit :limit

-- name: claim_recall
update stories set retry_at = :until
where id = :id and recalled_at is null and sent_at is not null and (retry_at is null or retry_at <= :now)

-- name: recalled
update stories set recalled_at = :now, retry_at = null where id = :id

-- name: by_hash
select t.id, t.agency_id, t.decision_id, t.submission_id, t.member_id, t.language, t.day, t.sent_at, t.read_at,
  d.key, m.reader_id, r.name, r.office
from stories t
join decisions d on d.id = t.decision_id
join members r on r.id = t.member_id and r.joined_at is not null and r.revoked_at is null
left join mornings m on m.decision_id = t.decision_id
where t.hash = :hash and coalesce(t.sent_at, t.drawn_at) > :since

-- name: read
update stories set read_at = :now where id = :id and read_at is null

-- name: readers
select count(distinct reader_id) as number from mornings where agency_id = :agency_id and off_because is null
