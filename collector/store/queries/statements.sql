-- name: of_agency
select draft, published, published_at, revision from statements where agency_id = :agency_id

-- name: put
insert into statements (agency_id, draft, published, published_at, revision)
select :agency_id, :draft, :published, :published_at, 1 where :revision = 0
on conflict do nothing

-- name: replace
update statements set draft = :draft, published = coalesce(:published, published),
  published_at = coalesce(:published_at, published_at), revision = revision + 1
where agency_id = :agency_id and revision = :revision

-- name: barriers
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes,
  (select min(m.at) from messages m
    where m.submission_id = s.id and m.agency_id = s.agency_id and m.sender = 'agency' and m.kind = 'note') as noted_at
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.barrier is not null and s.erased_at is null and s.status not in ('answered', 'aside')
order by s.id
limit :limit

-- name: since
select s.received_at, s.status,
  (select min(m.at) from messages m
    where m.submission_id = s.id and m.agency_id = s.agency_id and m.sender = 'agency' and m.kind = 'note') as noted_at
from submissions s
where s.agency_id = :agency_id and s.barrier is not null and s.id >= :after
