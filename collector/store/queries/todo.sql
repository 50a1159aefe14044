-- name: grave
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.words = 1 and s.weight <= 2 and s.erased_at is null
  and s.status in ('new', 'read', 'with') {filters}
order by s.weight, s.id
limit :limit

-- name: waiting
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes,
  (select min(m.at) from messages m where m.submission_id = s.id and m.sender = 'citizen'
    and not exists (select 1 from messages later where later.receipt_id = m.receipt_id and later.id > m.id
      and later.sender <> 'citizen' and later.kind <> 'weighing')) as since
from (
  select distinct m.submission_id from messages m
  where m.agency_id = :agency_id and m.sender = 'citizen'
    and not exists (select 1 from messages later where later.receipt_id = m.receipt_id and later.id > m.id
      and later.sender <> 'citizen' and later.kind <> 'weighing')) x
cross join submissions s on s.id = x.submission_id left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.erased_at is null and s.words_id is not null and s.status <> 'aside' {filters}
order by since
limit :limit

-- name: mine
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.erased_at is null and s.status in ('new', 'read', 'with') {filters}
order by s.weight, s.id
limit :limit

-- fragment: unclaimed
and (s.claim_until is null or s.claim_until <= :now or s.claim_holder = :holder)

-- fragment: not_anothers
and (s.member_id is null or s.member_id = :me or s.status = 'new')

-- fragment: here
and (s.status <> 'with' or s.contact_point is null)

-- fragment: not_asked_back
and not exists (
  select 1 from messages q where q.submission_id = s.id and q.kind in ('question', 'invitation')
    and not exists (select 1 from messages later where later.receipt_id = q.receipt_id and later.id > q.id
      and later.kind <> 'weighing'))

-- fragment: not_answered_by_theme
and not exists (
  select 1 from theme_submissions t join theme_responses tr on tr.theme_id = t.theme_id
  join responses r on r.id = tr.response_id
  where t.submission_id = s.id and r.published_at is not null)

-- fragments: submissions
