-- name: add_many
insert into counts (agency_id, placement_id, day, language, channel, outcome, effect, reason, rating, presses, words)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
on conflict do update set presses = presses + excluded.presses, words = words + excluded.words

-- name: list
select placement_id, day, language, channel, outcome, effect, reason, rating,
  sum(presses) as presses, sum(words) as words
from counts
where agency_id = :agency_id {filters}
group by placement_id, day, language, channel, outcome, effect, reason, rating
having sum(presses) > 0

-- fragment: placement
and placement_id = :placement_id

-- fragment: language
and language = :language

-- fragment: channel
and channel = :channel

-- fragment: from
and day >= :from

-- fragment: to
and day <= :to
