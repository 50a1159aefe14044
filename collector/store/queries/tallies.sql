-- fragments: submissions

-- name: values
select s.placement_id, s.language, s.channel, s.outcome, s.effect, s.reason, s.rating,
  count(*) as presses, sum(s.words) as words
from submissions s
where s.agency_id = :agency_id and s.erased_at is null {filters}
group by s.placement_id, s.language, s.channel, s.outcome, s.effect, s.reason, s.rating

-- name: quarters
select s.received_at / 900000 as quarter, count(*) as presses, sum(s.words) as words
from submissions s
where s.agency_id = :agency_id and s.erased_at is null {filters}
group by quarter
order by quarter

-- name: unread
select count(*) as unread,
  coalesce(sum(u.weight <= 2), 0) as grave_unread
from (
  select s.weight from submissions s
  where s.agency_id = :agency_id and s.status = 'new' and s.words = 1 and s.erased_at is null {filters}
  limit 10000) u

-- name: waiting
select count(*) as waiting from (
  select s.id from submissions s
  where s.agency_id = :agency_id and s.erased_at is null and s.words = 1 {filters}
  limit 10000) w

-- name: kinds
select
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'fault' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as fault,
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'unclear' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as unclear,
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'rule' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as rule,
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'person' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as person,
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'idea' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as idea,
  (select count(*) from (select 1 from submissions s
   where s.agency_id = :agency_id and s.kind = 'praise' and s.words = 1 and s.erased_at is null {filters} limit 10000)) as praise

-- name: bursts
select count(*) as number from (
  select s.id from found.bursts b
  join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
  join submissions s on s.id = a.submission_id
  where b.agency_id = :agency_id and s.agency_id = :agency_id and s.erased_at is null {filters}
  limit 10000) n

-- name: calls
select count(*) as calls from (
  select s.id from submissions s where s.agency_id = :agency_id and s.erased_at is null {filters}
  limit 10000) c

-- name: handed
select h.desk, count(*) as number from (
  select s.desk from submissions s
  where s.agency_id = :agency_id and s.desk is not null and s.erased_at is null
    and s.status not in ('answered', 'aside') {filters}
  limit 10000) h
group by h.desk order by h.desk

-- name: passed
select p.contact_point, count(*) as number from (
  select s.contact_point from submissions s
  where s.agency_id = :agency_id and s.contact_point is not null and s.erased_at is null
    and s.status not in ('answered', 'aside') {filters}
  limit 10000) p
group by p.contact_point order by p.contact_point

-- name: assigned
select a.member_id, count(*) as number from (
  select s.member_id from submissions s
  where s.agency_id = :agency_id and s.member_id is not null and s.erased_at is null
    and s.status not in ('answered', 'aside') {filters}
  limit 10000) a
group by a.member_id order by a.member_id

-- name: number
select count(*) as number from (
  select 1 from submissions s where s.agency_id = :agency_id and s.erased_at is null {filters}
  limit 10000) n
