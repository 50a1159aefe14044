-- name: all
select i.*, v.document from placements p
join inclusions i on i.placement_id = p.id
left join verdicts v on v.id = i.verdict_id
where p.agency_id = :agency_id

-- name: one
select i.*, v.document from inclusions i left join verdicts v on v.id = i.verdict_id
where i.agency_id = :agency_id and i.placement_id = :placement_id

-- name: insert
insert into inclusions (placement_id, agency_id, answers, steps, authors, changed_at)
values (:placement_id, :agency_id, :answers, :steps, :authors, :now)
on conflict (placement_id) do nothing

-- name: write
update inclusions set answers = :answers, steps = :steps, authors = :authors, reopened = :reopened, changed_at = :now,
  revision = revision + 1
where agency_id = :agency_id and placement_id = :placement_id and revision = :revision

-- name: insert_verdict
insert into verdicts (agency_id, placement_id, signed_at, document) values (:agency_id, :placement_id, :now, :document)
returning id

-- name: sign
update inclusions set verdict_id = :verdict_id, reopened = null, changed_at = :now, revision = revision + 1
where agency_id = :agency_id and placement_id = :placement_id and revision = :revision

-- name: publish
update inclusions set published = :published where agency_id = :agency_id and placement_id = :placement_id
  and verdict_id is not null

-- name: reopen
update inclusions set reopened = :reopened, revision = revision + 1
where placement_id = :placement_id and verdict_id = :verdict_id and reopened is null

-- name: holding
select i.agency_id, i.placement_id, i.verdict_id, v.document from inclusions i join verdicts v on v.id = i.verdict_id
where i.reopened is null

-- name: signals
select count(*) as of_left,
  coalesce(sum(s.outcome = 'no' or (s.reason is not null and s.reason <> 'later')), 0) as n_left,
  coalesce(sum(s.reason is not null), 0) as of_sign_in,
  coalesce(sum(s.reason = 'sign_in'), 0) as n_sign_in,
  coalesce(sum(s.another_way is not null), 0) as of_help,
  coalesce(sum(s.another_way = 'help'), 0) as n_help,
  coalesce(sum(s.another_way is not null), 0) as of_no_way,
  coalesce(sum(s.another_way = 'no'), 0) as n_no_way
from submissions s
where s.placement_id = :placement_id and s.id > :after and s.erased_at is null and s.channel <> 'staff'
  and s.decision is null and (s.outcome is not null or s.reason is not null)
