-- name: groups
select ts.theme_id,
  case when ts.theme_id is null then s.decision end as decision,
  group_concat(distinct s.placement_id) as placements,
  count(*) as voices, sum(s.weight <= 2 and s.words = 1) as grave, min(s.weight) as gravest
from submissions s left join theme_submissions ts on ts.submission_id = s.id
where s.agency_id = :agency_id and (s.reason = 'rule' or s.kind = 'rule') and s.erased_at is null {filters}
group by ts.theme_id, case when ts.theme_id is null then s.decision end,
  case when ts.theme_id is null then s.placement_id end

-- name: stories
select r.*, w.text, w.page, r.theme_id as themes from (
  select s.*, ts.theme_id,
    row_number() over (
      partition by ts.theme_id, case when ts.theme_id is null then s.decision end,
        case when ts.theme_id is null then s.placement_id end
      order by s.weight, s.id) as place
  from submissions s left join theme_submissions ts on ts.submission_id = s.id
  where s.agency_id = :agency_id and (s.reason = 'rule' or s.kind = 'rule') and s.words = 1 and s.erased_at is null {filters}) r
join words w on w.id = r.words_id
where r.place <= :limit
order by r.weight, r.id

-- name: answered
select t.id from themes t
where t.agency_id = :agency_id and t.merged_into is null {filters} and exists (
  select 1 from theme_responses tr join responses r on r.id = tr.response_id
  where tr.theme_id = t.id and r.published_at is not null and r.outcome = 'rule')

-- name: themes
select t.id, t.name, t.decision_id from themes t
where t.agency_id = :agency_id and t.id in (select value from json_each(:themes))

-- fragment: decision
and s.decision = :decision

-- fragment: themes_decision
and t.decision_id = :decision_id
