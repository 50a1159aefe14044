-- name: list
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from found.texts t
join submissions s on s.id = t.rowid
left join words w on w.id = s.words_id
where t.texts match :match and s.agency_id = :agency_id and s.erased_at is null {filters}
order by t.rowid desc
limit :limit

-- fragment: before
and t.rowid < :before

-- fragment: after
and t.rowid > :after

-- fragments: submissions

-- name: alike
select a.submission_id, count(*) as alike
from found.alike a join found.alike b on b.group_id = a.group_id
where a.submission_id in (select value from json_each(:ids))
group by a.submission_id

-- name: alike_ids
select b.submission_id
from found.alike a join found.alike b on b.group_id = a.group_id
where a.submission_id = :id
order by b.submission_id desc
limit 50
