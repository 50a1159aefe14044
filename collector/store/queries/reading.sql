-- name: weighed
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null
  and s.severity <> 4 and (s.severity, s.id) > (:severity, :after) {filters}
order by s.severity, s.id
limit :limit

-- name: not_said
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null
  and s.severity = 4 and s.id > :after {filters}
order by s.id
limit :limit

-- fragment: unread
and s.status = 'new'

-- fragment: shown
and s.quote = 1 and s.status not in ('new', 'aside')

-- fragment: shown_unread
and s.quote = 1 and s.status <> 'aside'

-- fragment: first_id
and s.id >= :first_id

-- fragment: end_id
and s.id < :end_id

-- name: number
select count(*) as number from (
  select 1 from submissions s where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null {filters}
  limit 10000) n

-- name: lane
select count(*) as number, coalesce(sum(s.reader_id is not null), 0) as read
from submissions s
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null and s.another_way = 'no'
  and s.severity <= 1 and instr(s.impact, 'right') > 0 and s.received_at >= :since

-- name: lane_waits
select s.reader_at - s.received_at as wait from submissions s
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null and s.another_way = 'no'
  and s.severity <= 1 and instr(s.impact, 'right') > 0 and s.received_at >= :since and s.reader_id is not null
order by wait

-- name: lane_open
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes,
  count(*) over () as open
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null and s.another_way = 'no'
  and s.severity <= 1 and instr(s.impact, 'right') > 0 and s.reader_id is null
order by s.id
limit :limit

-- fragments: submissions
