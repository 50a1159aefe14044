-- name: of_receipt
select b.address_id, b.language from bells b where b.receipt_id = :receipt_id

-- name: put_address
insert into addresses (address) values (:address) returning id

-- name: overwrite
update addresses set address = cast(zeroblob(length(cast(address as blob))) as text)
where id in (select address_id from bells where receipt_id = :receipt_id)

-- name: remove
delete from bells where receipt_id = :receipt_id

-- name: insert
insert into bells (agency_id, receipt_id, address_id, language, news_cursor, rung_cursor, created_at)
select r.agency_id, r.id, :address_id, :language, l.cursor, l.cursor, :now
from receipts r, (select coalesce(max(cursor), 0) as cursor from changes) l
where r.agency_id = :agency_id and r.id = :receipt_id and r.erased_at is null

-- name: of_submission
select receipt_id from bells where receipt_id in (select id from receipts where submission_id = :submission_id)

-- name: follower
select cursor from followers where name = 'bell'

-- name: follow
insert into followers (name, cursor)
select 'bell', coalesce(max(cursor), 0) from changes where true
on conflict (name) do nothing

-- name: go_on
update followers set cursor = :cursor where name = 'bell'

-- name: log
select c.cursor, c.change, c.at, c.subject_id from changes c
where c.cursor > :after and c.cursor <= :upto and c.change in (select value from json_each(:news))
order by c.cursor
limit :limit

-- name: news_of_submission
update bells set news_cursor = :cursor, news_at = coalesce(news_at, :at)
where receipt_id in (select coalesce(parent_id, id) from receipts where submission_id = :subject_id) and news_cursor < :cursor

-- name: news_of_response
update bells set news_cursor = :cursor, news_at = coalesce(news_at, :at)
where news_cursor < :cursor and receipt_id in (
  select coalesce(r.parent_id, r.id) from theme_responses tr
  join theme_submissions ts on ts.theme_id = tr.theme_id
  join receipts r on r.submission_id = ts.submission_id
  where tr.response_id = :subject_id)

-- name: news_of_decision
update bells set news_cursor = :cursor, news_at = coalesce(news_at, :at)
where news_cursor < :cursor and receipt_id in (
  select r.id from decisions d
  join submissions s on s.agency_id = d.agency_id and s.decision = d.key
  join receipts r on r.submission_id = s.id
  where d.id = :subject_id)

-- name: news_of_passages
update bells set news_cursor = :cursor, news_at = coalesce(news_at, :at)
where news_cursor < :cursor and receipt_id in (
  select r.id from passages p
  join theme_passages tp on tp.passage_id = p.id
  join theme_submissions ts on ts.theme_id = tp.theme_id
  join receipts r on r.submission_id = ts.submission_id
  where p.decision_id = :subject_id and p.at >= :at)

-- name: due
select b.id, b.agency_id, b.language, b.news_cursor, a.address from bells b join addresses a on a.id = b.address_id
where b.news_at <= :gathered and (b.rung_at is null or b.rung_at <= :rung_before)
  and (b.retry_at is null or b.retry_at <= :now)
order by b.news_at, b.id
limit :limit

-- name: rung
update bells set rung_cursor = :cursor, rung_at = :now, retry_at = null,
  news_at = case when news_cursor > :cursor then :now end
where id = :id

-- name: later
update bells set retry_at = :retry_at where id = :id

-- name: receipt_of
select receipt_id from bells where id = :id
