-- name: heard
select placement_id, language, channel, reason, sum(presses) as voices from counts
where agency_id = :agency_id and day >= :from
  and placement_id in (select p.id from placements p where p.agency_id = :agency_id)
group by placement_id, language, channel, reason
having sum(presses) > 0

-- name: ways
select placement_id, another_way, sum(voices) as voices from ways
where agency_id = :agency_id and day >= :from
  and placement_id in (select p.id from placements p where p.agency_id = :agency_id)
group by placement_id, another_way
having sum(voices) > 0

-- name: acceptance
with newest as (
  select tr.theme_id, max(r.id) as id from theme_responses tr join responses r on r.id = tr.response_id
  where r.agency_id = :agency_id and r.published_at is not null
  group by tr.theme_id)
select s.channel, count(*) as voices, sum(v.changed) as changed from (
  select ts.submission_id, max(r.outcome in ('changed', 'will_change')) as changed
  from newest n join responses r on r.id = n.id join theme_submissions ts on ts.theme_id = n.theme_id
  group by ts.submission_id) v
join submissions s on s.id = v.submission_id
where s.erased_at is null
group by s.channel
