-- name: insert
insert into letters (agency_id, member_id, alert_id, kind, language, facts, at)
select m.agency_id, m.id, :alert_id, :kind, :language, :facts, :now
from members m
where m.id = :member_id and m.agency_id = :agency_id and m.joined_at is not null and m.revoked_at is null

-- name: insert_for_admins
insert into letters (agency_id, member_id, alert_id, kind, language, facts, at)
select m.agency_id, m.id, null, :kind, :language, :facts, :now
from members m
where m.agency_id = :agency_id and m.role = 'admin' and m.joined_at is not null and m.revoked_at is null

-- name: due
select id, retry_at from letters where retry_at is null or retry_at <= :now or retry_at > :far order by at, id limit :limit

-- name: claim
update letters set tries = tries + 1, retry_at = :until
where id = :id and (retry_at is null or retry_at <= :now or retry_at > :far)

-- name: one
select l.id, l.agency_id, l.alert_id, l.kind, l.language, l.facts, l.at, l.tries, m.name as member, m.email, v.name as view,
  v.filter, a.created_at as alert_at
from letters l
join members m on m.id = l.member_id and m.joined_at is not null and m.revoked_at is null
left join alerts a on a.id = l.alert_id
left join saved_views v on v.id = a.view_id
where l.id = :id

-- name: forget
delete from letters where id = :id

-- name: later
update letters set retry_at = :retry_at where id = :id

-- name: waiting
select count(*) as number from letters
