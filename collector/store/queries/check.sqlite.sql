-- name: integrity
pragma quick_check

-- name: foreign_keys
pragma foreign_key_check

-- name: facts
select
  (select count(*) from submissions) as submissions,
  (select count(*) from submissions where words = 1) as voices,
  (select max(received_at) from submissions) as newest,
  (select count(*) from submissions s where not exists
    (select 1 from receipts r where r.submission_id = s.id)) as without_receipt,
  (select count(*) from submissions s where not exists
    (select 1 from changes c where c.subject_id = s.id and c.change = 'submission.received')) as without_change,
  (select count(*) from submissions where erased_at is not null and words_id is not null) as not_erased,
  (select coalesce(sum(presses), 0) from counts) as counted,
  (select count(*) from submissions where erased_at is null) as countable,
  (select coalesce(max(cursor), 0) from changes) as cursor,
  (select count(*) from found.texts) as indexed,
  (select count(*) from submissions s join words w on w.id = s.words_id where w.text <> '') as with_text,
  (select count(*) from submissions s where s.words = 1 and s.read_at is null and s.erased_at is null and s.weight <= 2) as grave_unread,
  (select count(*) from hooks where state = 'paused' and because <> 'team') as hooks_paused,
  (select count(*) from letters) as letters_waiting
