-- name: agencies
select a.id, a.created_at,
  (select count(*) from members m where m.agency_id = a.id and m.joined_at is not null and m.revoked_at is null) as members,
  exists (select 1 from members m where m.agency_id = a.id and m.role = 'admin' and m.joined_at is not null and m.revoked_at is null)
    or exists (select 1 from tokens t where t.agency_id = a.id and t.role = 'admin' and t.revoked_at is null
      and (t.expires_at is null or t.expires_at > :now)) as managed,
  (select max(s.id) from submissions s where s.agency_id = a.id and s.words = 1) as last_words,
  (select max(s.id) from submissions s where s.agency_id = a.id and s.words = 0) as last_press,
  (select count(*) from bells b where b.agency_id = a.id and b.news_at <= :late and (b.rung_at is null or b.rung_at <= :late)) as mails_waiting,
  (select count(*) from hooks h where h.agency_id = a.id and (h.tries > 0 or h.state = 'paused' and h.because <> 'team')) as hooks_failing
from agencies a
where a.operators = 0
order by a.name, a.id

-- name: taken
select 1 from submissions where agency_id = :agency_id limit 1

-- name: operators
select m.id, m.email, m.name, m.office, m.joined_at from members m
join agencies a on a.id = m.agency_id and a.operators = 1
where m.revoked_at is null
order by m.name, m.id
