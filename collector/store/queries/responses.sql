-- name: insert
insert into responses (agency_id, outcome, reason, did_not_know, by_day, office, handed_to, published_at, by, created_at)
values (:agency_id, :outcome, :reason, :did_not_know, :by_day, :office, :handed_to, :published_at, :by, :now)
returning id

-- name: write
update responses set outcome = :outcome, reason = :reason, did_not_know = :did_not_know, by_day = :by_day,
  office = :office, handed_to = :handed_to, published_at = coalesce(published_at, :published_at), by = :by,
  revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision

-- name: one
select r.*, (select group_concat(tr.theme_id) from theme_responses tr where tr.response_id = r.id) as themes
from responses r where r.agency_id = :agency_id and r.id = :id

-- name: of_themes
select tr.theme_id, r.*,
  (select group_concat(o.theme_id) from theme_responses o where o.response_id = r.id) as themes
from theme_responses tr join responses r on r.id = tr.response_id
where r.agency_id = :agency_id and tr.theme_id in (select value from json_each(:themes))
order by r.id

-- name: list
select r.*, (select group_concat(tr.theme_id) from theme_responses tr where tr.response_id = r.id) as themes
from responses r where r.agency_id = :agency_id {filters}
order by r.id desc
limit 500

-- fragment: decision
and r.id in (select tr.response_id from theme_responses tr join themes t on t.id = tr.theme_id
  where t.decision_id = :decision_id)

-- name: answer
insert into theme_responses (theme_id, response_id) values (?1, ?2)

-- name: answer_nothing
delete from theme_responses where response_id = :id

-- name: themes
select id, decision_id from themes
where agency_id = :agency_id and merged_into is null and id in (select value from json_each(:themes))
