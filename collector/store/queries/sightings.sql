-- name: add
insert into sightings (placement_id, agency_id, day, origin, what, number) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (placement_id, day, origin, what) do update set number = sightings.number + excluded.number

-- name: of_placement
select origin, max(day) as day, what, sum(number) as number from sightings
where placement_id = :placement_id and agency_id = :agency_id and day >= :since
group by origin, what
order by origin

-- name: asking
select distinct origin from sightings
where agency_id = :agency_id and day >= :since and what in ('shown', 'closed', 'unknown')

-- name: pages
select w.page, count(*) as voices, sum(s.words) as words from
  (select words_id, words from submissions
   where placement_id = :placement_id and erased_at is null and id > :after order by id desc limit 20000) s
join words w on w.id = s.words_id
where w.page is not null
group by w.page
having count(*) >= 5
order by voices desc, w.page
limit 20

-- name: refusals
select what, sum(number) as number from sightings
where agency_id = :agency_id and day >= :since and what like 'refused.%'
group by what
order by number desc, what

-- name: forget
delete from sightings where agency_id = :agency_id and day < :before
