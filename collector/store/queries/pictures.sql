-- fragments: submissions

-- name: first
select min(coalesce((select min(id) from submissions where agency_id = :agency_id and words = 0), :none),
  coalesce((select min(id) from submissions where agency_id = :agency_id and words = 1), :none)) as id

-- name: tallied
select day, first_id, end_id from tallied_days
where agency_id = :agency_id and first_id >= :after and first_id < :before

-- name: forget
delete from day_tallies where agency_id = :agency_id and day = :day

-- name: tally
insert into day_tallies
select s.agency_id, :day, s.placement_id, coalesce(s.decision, ''), coalesce(s.language, ''), s.channel,
  coalesce(s.outcome, ''), coalesce(s.effect, ''), coalesce(s.reason, ''), coalesce(s.rating, 0), s.weight, s.words, count(*)
from submissions s
where +s.agency_id = :agency_id and s.id >= :first_id and s.id < :end_id and s.erased_at is null -- by id: days are few of many
group by s.placement_id, s.decision, s.language, s.channel, s.outcome, s.effect, s.reason, s.rating, s.weight, s.words

-- name: voices
select coalesce(sum(number), 0) as number from day_tallies where agency_id = :agency_id and day = :day

-- name: done
insert or replace into tallied_days (agency_id, first_id, end_id, day) values (:agency_id, :first_id, :end_id, :day)

-- name: see
-- what the kept days do not tell apart is null in them, so that nothing of them is selected by it
with chosen as materialized (
  select s.day, 0 as quarter, s.placement_id, s.decision, s.language, s.channel, s.outcome, s.effect, s.reason, s.rating, s.weight,
    s.words, s.number
  from (select d.*, null as id, null as status, null as kind, null as barrier, null as desk, null as contact_point,
    null as member_id, null as callback, null as quote, null as ask from day_tallies d) s
  where s.agency_id = :agency_id and s.day >= :day_from and s.day <= :day_to {filters}
  union all
  select '', s.received_at / 900000, s.placement_id, coalesce(s.decision, ''), coalesce(s.language, ''), s.channel,
    coalesce(s.outcome, ''), coalesce(s.effect, ''), coalesce(s.reason, ''), coalesce(s.rating, 0), s.weight, s.words, count(*)
  from submissions s
  where +s.agency_id = :agency_id and s.id >= :first_id and s.id < :end_id and s.erased_at is null {filters}
  group by s.received_at / 900000, s.placement_id, s.decision, s.language, s.channel, s.outcome, s.effect, s.reason, s.rating,
    s.weight, s.words
)
select 'day' as name, day as value, null as at, sum(number) as presses, sum(number * words) as words,
  sum(number * (words = 1 and weight <= 2)) as grave from chosen where day <> '' group by day
union all select 'quarter', quarter, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where quarter > 0 group by quarter
union all select 'placement', placement_id, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen group by placement_id
union all select 'decision', decision, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where decision <> '' group by decision
union all select 'language', language, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where language <> '' group by language
union all select 'channel', channel, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen group by channel
union all select 'outcome', outcome, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where outcome <> '' group by outcome
union all select 'effect', effect, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where effect <> '' group by effect
union all select 'reason', reason, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where reason <> '' group by reason
union all select 'rating', rating, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where rating > 0 group by rating
union all select 'severity', weight, null, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where words = 1 group by weight
union all select 'over', case :over when 'placement' then placement_id when 'decision' then decision when 'language' then language
    when 'channel' then channel when 'outcome' then outcome when 'effect' then effect when 'reason' then reason
    when 'rating' then rating else weight end as kind,
    coalesce(nullif(day, ''), quarter) as moment, sum(number), sum(number * words), sum(number * (words = 1 and weight <= 2))
  from chosen where :over is not null and (words = 1 or :over <> 'severity') group by kind, moment

-- fragment: sought
and s.id in (select t.rowid from found.texts t where t.texts match :match)

-- name: bursts
select s.received_at / 900000 as quarter, s.placement_id, s.decision, s.language, s.channel, count(*) as number
from found.bursts b
join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
join submissions s on s.id = a.submission_id
where b.agency_id = :agency_id and +s.agency_id = :agency_id and +s.id >= :first_id and +s.id < :end_id and s.erased_at is null
  {filters}
group by quarter, s.placement_id, s.decision, s.language, s.channel
