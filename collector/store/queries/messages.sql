-- name: receipt
select r.id, s.status, s.erased_at, s.words_id, s.invite, s.claim_holder, s.claim_by, s.claim_until from submissions s join receipts r on r.submission_id = s.id
where s.agency_id = :agency_id and s.id = :submission_id

-- name: of_submission
select m.id, m.sender, m.kind, m.by, m.office, m.masked, m.at, m.words_id, m.weight, m.contact_point, w.text, i.text as invitation
from messages m
left join words w on w.id = m.words_id
left join words i on i.id = m.invitation_id
where m.agency_id = :agency_id and m.submission_id = :submission_id
order by m.id

-- name: last
select m.sender, m.kind from messages m where m.receipt_id = :receipt_id and m.kind <> 'weighing'
order by m.id desc limit 1

-- name: same
select 1 as same from messages m join words w on w.id = m.words_id
where m.receipt_id = :receipt_id and m.sender = 'citizen' and m.at > :since and w.text = :text

-- name: of_a_day
select count(*) as number from messages where receipt_id = :receipt_id and sender = 'citizen' and at > :since

-- name: insert
insert into messages (id, agency_id, receipt_id, submission_id, sender, kind, by, office, invitation_id, weight, masked, words_id,
  contact_point, at)
values (:id, :agency_id, :receipt_id, :submission_id, :sender, :kind, :by, :office, :invitation_id, :weight, :masked, :id,
  :contact_point, :now)

-- name: weigh
update submissions set weighed = :weight, revision = revision + 1
where agency_id = :agency_id and id = :submission_id and revision = :revision and erased_at is null

-- name: read
update submissions set status = case status when 'new' then 'read' else status end,
  read_at = coalesce(read_at, :now), read_by = coalesce(read_by, :by), reader_id = coalesce(reader_id, :reader_id),
  reader_at = case when :reader_id is null and reader_id is null then null else coalesce(reader_at, :now) end,
  revision = revision + 1
where agency_id = :agency_id and id = :submission_id
  and (status = 'new' or (reader_id is null and :reader_id is not null))

-- name: overwrite
update words set text = cast(zeroblob(length(cast(text as blob))) as text)
where id in (
  select words_id from messages where agency_id = :agency_id and submission_id = :submission_id
  union all
  select invitation_id from messages where agency_id = :agency_id and submission_id = :submission_id)

-- name: forget
update messages set words_id = null, invitation_id = null, weight = null, masked = null
where agency_id = :agency_id and submission_id = :submission_id
