-- name: points
select t.id, t.name, t.decision_id, tt.severity, tt.voices, tt.unread,
  exists (
    select 1 from theme_responses tr join responses r on r.id = tr.response_id
    where tr.theme_id = t.id and r.published_at is not null) as answered
from themes t join theme_tallies tt on tt.theme_id = t.id
where t.agency_id = :agency_id and t.merged_into is null and tt.voices > 0 {filters}
order by t.id, tt.severity

-- fragment: themes_decision
and t.decision_id = :decision_id

-- name: bursts
select ts.theme_id, count(*) as voices from found.bursts b
join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
join theme_submissions ts on ts.submission_id = a.submission_id
where b.agency_id = :agency_id
group by ts.theme_id

-- name: alone
select s.*, w.text, w.page, null as themes, a.severity as stands
from alone a join submissions s on s.id = a.submission_id join words w on w.id = s.words_id
where a.agency_id = :agency_id {filters}
order by a.severity, a.submission_id
limit :limit

-- name: alone_levels
select a.severity, count(*) as voices from alone a
where a.agency_id = :agency_id {filters}
group by a.severity

-- fragment: alone_decision
and exists (select 1 from submissions s where s.id = a.submission_id and s.decision = :decision)

-- fragment: decision
and s.decision = :decision
