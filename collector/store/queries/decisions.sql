-- name: all
select * from decisions order by id

-- name: one
select * from decisions where agency_id = :agency_id and id = :id

-- name: insert
insert into decisions (agency_id, key, state, phase, file, course, theme_id, created_at, changed_at)
values (:agency_id, :key, 'draft', :phase, :file, :course, :theme_id, :now, :now)
on conflict (key) do nothing
returning id

-- name: write
update decisions set file = :file, course = :course, changed_at = :now, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision

-- name: step
update decisions set state = :state, phase = :phase, is_open = :is_open, course = :course, published_at = :published_at,
  merged_into = :merged_into, changed_at = :now, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision

-- name: tick
update decisions set phase = :phase, is_open = :is_open, changed_at = :now where id = :id

-- name: set_version
update decisions set version = :version, changed_at = :now, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision

-- name: touch
update decisions set changed_at = :now where id = :id

-- name: move_submissions
update submissions set decision = :into, revision = revision + 1 where agency_id = :agency_id and decision = :key

-- name: move_themes
update themes set decision_id = :into_id, revision = revision + 1, expected = (
  select themes.expected from decisions d, json_each(d.file, '$.expected') e
  where d.id = :into_id and json_extract(e.value, '$.key') = themes.expected limit 1)
where agency_id = :agency_id and decision_id = :id

-- name: unanswered
select
  (select count(*) from submissions s
   where s.agency_id = :agency_id and s.decision = :key and s.words = 1 and s.erased_at is null and s.status <> 'aside'
     and s.id < :before and not exists (
       select 1 from theme_submissions ts join themes t on t.id = ts.theme_id
       where ts.submission_id = s.id and t.decision_id = :id)
     and not exists (select 1 from asks a where a.id = s.ask and a.heard_at is not null)) as unsorted,
  (select count(*) from themes t
   where t.decision_id = :id and t.merged_into is null
     and (t.created_at < :until
       or exists (select 1 from theme_submissions ts where ts.theme_id = t.id and ts.submission_id < :before))
     and not exists (
       select 1 from theme_responses tr join responses r on r.id = tr.response_id
       where tr.theme_id = t.id and r.published_at is not null)) as themes,
  (select count(*) from submissions s
   where s.agency_id = :agency_id and s.decision = :key and s.words = 1 and s.erased_at is null and s.status = 'new'
     and s.id < :before and s.weight <= 2) as grave_unread,
  (select count(*) from
     (select max(case when m.sender = 'citizen' and m.at < :until then m.id end) as asked,
        max(case when m.sender <> 'citizen' and m.kind <> 'weighing' then m.id end) as answered
      from messages m join submissions s on s.id = m.submission_id
      where s.agency_id = :agency_id and s.decision = :key and s.erased_at is null group by m.receipt_id)
   where asked > coalesce(answered, 0)) as waiting

-- name: totals
select decision as key, count(*) as voices, sum(words) as words from submissions
where agency_id = :agency_id and decision is not null and erased_at is null and channel <> 'staff'
group by decision

-- name: effects
select effect, count(*) as number, sum(words) as words from submissions
where agency_id = :agency_id and decision = :key and erased_at is null and id < :before and channel <> 'staff' -- who works here is no citizen
  and ask is null -- who answers a question has spoken before
group by effect

-- name: theme_voices
select ts.theme_id, count(*) as number from theme_submissions ts join themes t on t.id = ts.theme_id join submissions s on s.id = ts.submission_id
where t.decision_id = :id and t.merged_into is null and ts.submission_id < :before and s.channel <> 'staff'
group by ts.theme_id

-- name: bursts
select count(*) as number from found.bursts b
join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
join submissions s on s.id = a.submission_id
where b.agency_id = :agency_id and b.until_at < :at and s.agency_id = :agency_id and s.decision = :key
  and s.erased_at is null and s.id < :before and s.channel <> 'staff'
group by b.group_id, b.placement_id, b.from_at
having count(*) >= :least

-- name: figures
select hour, document from figures where decision_id = :id

-- name: put_figures
insert into figures (decision_id, hour, document) values (:id, :hour, :document)
on conflict (decision_id) do update set hour = excluded.hour, document = excluded.document where hour < excluded.hour

-- name: other_voice
select s.language, s.effect, w.text from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.decision = :key and s.erased_at is null and s.quote = 1 and s.words = 1
  and s.status not in ('new', 'aside') and s.effect is not null and s.effect <> :unlike
order by s.id desc
limit 50

-- name: gravest
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.decision = :key and s.erased_at is null and s.words = 1 and s.status <> 'aside'
order by s.weight, s.effect = 'harder' desc, s.id
limit :limit

-- name: pages
select w.page, count(*) as voices, sum(s.words) as words from
  (select words_id, words from submissions
   where agency_id = :agency_id and decision is null and erased_at is null and id > :after order by id desc limit 20000) s
join words w on w.id = s.words_id
where w.page is not null
group by w.page
having count(*) >= 5
order by voices desc
limit 20

-- name: felt
select r.felt, count(*) as number from receipts r join submissions s on s.id = r.submission_id
where s.agency_id = :agency_id and s.decision = :key and r.felt is not null
group by r.felt

-- name: answered_receipts
select count(distinct ts.submission_id) as answered from theme_submissions ts
join themes t on t.id = ts.theme_id
join theme_responses tr on tr.theme_id = t.id
join responses r on r.id = tr.response_id
where t.decision_id = :id and r.published_at is not null
