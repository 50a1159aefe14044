-- name: all
select * from asks order by id

-- name: insert
insert into asks (agency_id, decision_id, text, office, by, asked_at, until, reached)
values (:agency_id, :decision_id, :text, :office, :by, :now, :until, :reached)
on conflict (decision_id) where ended_at is null do nothing
returning id

-- name: end
update asks set ended_at = :at, withdrawn = :withdrawn, revision = revision + 1
where agency_id = :agency_id and id = :id and ended_at is null

-- name: open_of
select id from asks where agency_id = :agency_id and decision_id = :decision_id and ended_at is null

-- name: tell
update asks set heard = :heard, heard_at = :now, revision = revision + 1
where agency_id = :agency_id and id = :id and ended_at is not null and revision = :revision

-- name: move
update asks set decision_id = :into_id where agency_id = :agency_id and decision_id = :id

-- name: counts
select s.ask, count(*) as answers, coalesce(sum(s.by_receipt), 0) as by_receipt, coalesce(sum(s.status = 'new'), 0) as unread
from submissions s
where s.agency_id = :agency_id and s.ask is not null and s.erased_at is null and s.words = 1
group by s.ask

-- name: reach
select count(*) as receipts,
  coalesce(sum(exists (select 1 from bells b where b.receipt_id = r.id)), 0) as bells,
  coalesce(sum(exists (
    select 1 from changes c
    where c.subject_id = s.id and c.at >= :lately and c.at >= s.received_at + 3600000 and c.by is null and c.change in
      ('submission.added', 'submission.corrected', 'submission.felt', 'submission.handed', 'submission.call_asked'))), 0) as lately
from submissions s join receipts r on r.submission_id = s.id
where s.agency_id = :agency_id and s.decision = :key and s.words = 1 and s.erased_at is null and s.by_receipt = 0
  and s.channel <> 'staff'

-- name: speaking
select count(*) as number from submissions s
where s.agency_id = :agency_id and s.decision = :key and s.words = 1 and s.erased_at is null and s.ask is null
  and s.channel in ('web', 'form') and s.received_at >= :since

-- name: earlier
select coalesce(sum(a.reached), 0) as reached, coalesce(sum(
  (select count(*) from submissions s where s.agency_id = a.agency_id and s.ask = a.id and s.by_receipt = 1)), 0) as answered
from (
  select * from asks where agency_id = :agency_id and ended_at is not null and withdrawn = 0 and reached > 0
  order by id desc limit 10) a

-- name: answer
select r.id, r.submission_id, s.erased_at, w.text from receipts r
join submissions s on s.id = r.submission_id
left join words w on w.id = s.words_id
where r.agency_id = :agency_id and r.code_hash = :code_hash
