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

-- name: texts
select s.id, s.language, w.text, coalesce(a.group_id, s.id) as said
from found.texts t join submissions s on s.id = t.rowid join words w on w.id = s.words_id
left join found.alike a on a.submission_id = s.id
where t.texts match :match and s.agency_id = :agency_id and s.words = 1 and s.erased_at is null and s.id < :before and s.id > :after {filters}
order by t.rowid desc
limit :limit

-- name: number
select count(*) as number from (
  select 1 from found.texts t
  cross join submissions s on s.id = t.rowid -- finds first: left to itself the planner asks the index once for each voice
  where t.texts match :match and s.agency_id = :agency_id and s.erased_at is null {filters}
  limit 10000) n

-- name: alike
select a.submission_id, g.alike, exists (
    select 1 from found.bursts c
    where c.group_id = a.group_id and c.placement_id = a.placement_id and a.at between c.from_at and c.until_at) as burst
from found.alike a join (
  select b.group_id, count(*) as alike from found.alike b
  where b.group_id in (
    select m.group_id from found.alike m where m.submission_id in (select value from json_each(:ids)))
  group by b.group_id) g on g.group_id = a.group_id
where a.submission_id in (select value from json_each(:ids))

-- name: alike_ids
select b.submission_id
from found.alike a join found.alike b on b.group_id = a.group_id
where a.submission_id = :id
order by b.submission_id desc
limit 50

-- name: voices
select f.term, f.voices from json_each(:words) m cross join found.terms f on f.agency_id = :agency_id and f.term = m.value

-- name: similar
with hits as materialized (
  select t.rowid as id, sum(m.value ->> 1) as score
  from json_each(:words) m cross join found.texts t
  where t.texts match (m.value ->> 0) and t.rowid <> :id
  group by t.rowid
), apart as materialized (
  select coalesce(a.group_id, h.id) as group_id, h.id, h.score,
    exists (select 1 from theme_submissions ts where ts.submission_id = h.id) as sorted
  from hits h left join found.alike a on a.submission_id = h.id
  where coalesce(a.group_id, h.id) not in (:id, coalesce((select o.group_id from found.alike o where o.submission_id = :id), :id))
), nearest as (
  select * from (select id, max(score) from apart group by group_id order by 2 desc, id desc limit :limit)
  union
  select * from (select id, max(score) from apart where sorted group by group_id order by 2 desc, id desc limit :limit)
)
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from nearest n join submissions s on s.id = n.id left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.erased_at is null

-- name: themes_alike
select ts.theme_id, count(*) as voices
from found.alike a join found.alike b on b.group_id = a.group_id and b.submission_id <> a.submission_id
join theme_submissions ts on ts.submission_id = b.submission_id
join themes t on t.id = ts.theme_id
where a.submission_id = :id and t.agency_id = :agency_id and t.merged_into is null
group by ts.theme_id
order by voices desc, ts.theme_id

-- name: bursts
select m.*, (
    select count(*) from submissions o
    where o.id between m.first_id and m.last_id and o.placement_id = m.placement_id and o.words = 1
      and o.erased_at is null) as others
from (
  select b.placement_id, b.from_at, b.until_at, min(s.id) as first_id, max(s.id) as last_id, count(*) as voices,
    sum(s.weight <= 2) as grave
  from found.bursts b
  join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
  join submissions s on s.id = a.submission_id and s.agency_id = :agency_id and s.words = 1 and s.erased_at is null
  where b.agency_id = :agency_id and b.until_at >= :since
  group by b.group_id, b.placement_id, b.from_at) m
order by m.until_at desc, m.first_id desc
limit :limit
