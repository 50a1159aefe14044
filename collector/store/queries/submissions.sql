-- name: insert_many
insert into submissions (id, agency_id, placement_id, received_at, sent_at, outcome, effect, reason, rating,
  another_way, impact, language, channel, decision, phase, version, section, masked, words, quote, invite, status,
  words_id, revision, barrier, paragraph, contact_point, member_id, routed, ask, by_receipt)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, 'new', ?1, 1, ?22, ?23, ?24, ?25, ?26, ?27, ?28)

-- name: insert_words
insert into words (id, text, page) values (?1, ?2, ?3)

-- name: last_id
select max(coalesce((select max(id) from submissions), 0), coalesce((select max(id) from words), 0)) as id

-- name: one
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.id = :id

-- name: list
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.erased_at is null {filters}
order by s.id desc
limit :limit

-- fragment: before
and s.id < :before

-- fragment: after
and s.id > :after

-- fragment: placement
and s.placement_id = :placement_id

-- fragment: decision
and s.decision = :decision

-- fragment: outcome
and s.outcome = :outcome

-- fragment: effect
and s.effect = :effect

-- fragment: reason
and s.reason = :reason

-- fragment: rating
and s.rating = :rating

-- fragment: status
and s.status = :status

-- fragment: kind
and s.kind = :kind

-- fragment: language
and s.language = :language

-- fragment: channel
and s.channel = :channel

-- fragment: barrier
and s.barrier = :barrier

-- fragment: desk
and s.desk = :desk

-- fragment: contact_point
and s.contact_point = :contact_point

-- fragment: member
and s.member_id = :member

-- fragment: ask
and s.ask = :ask

-- fragment: callback
and s.callback = 1

-- fragment: quote
and s.quote = 1

-- fragment: weight
and s.words = 1 and s.weight = :weight

-- fragment: words
and s.words = :words

-- fragment: grave
and s.words = 1 and s.weight <= 2

-- fragment: theme
and s.id in (select submission_id from theme_submissions where theme_id = :theme_id)

-- fragment: no_theme
and s.words = 1 and s.status <> 'aside' and not exists (select 1 from theme_submissions t where t.submission_id = s.id)

-- fragment: waiting
and s.id in (
  select m.submission_id from messages m
  where m.agency_id = :agency_id and m.sender = 'citizen'
    and not exists (select 1 from messages later where later.receipt_id = m.receipt_id and later.id > m.id
      and later.kind <> 'weighing'))

-- fragment: burst
and s.id in (
  select a.submission_id from found.alike x
  join found.bursts b on b.group_id = x.group_id and b.placement_id = x.placement_id and x.at between b.from_at and b.until_at
  join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
  where x.submission_id = :burst)

-- fragment: any_burst
and s.id in (
  select a.submission_id from found.bursts b
  join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
  where b.agency_id = :agency_id)

-- fragment: no_burst
and s.id not in (
  select a.submission_id from found.bursts b
  join found.alike a on a.group_id = b.group_id and a.placement_id = b.placement_id and a.at between b.from_at and b.until_at
  where b.agency_id = :agency_id)

-- fragment: alike
and (s.id = :alike or s.id in (
  select b.submission_id from found.alike a join found.alike b on b.group_id = a.group_id where a.submission_id = :alike))

-- name: folded
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s left join words w on w.id = s.words_id left join found.alike a on a.submission_id = s.id
where s.agency_id = :agency_id and s.erased_at is null and s.id < :before and s.id > :after {filters}
  and not exists (
    select 1 from found.alike b join submissions s on s.id = b.submission_id
    where b.group_id = a.group_id and b.submission_id > a.submission_id and a.folds and s.id < :below and s.agency_id = :agency_id and s.erased_at is null {filters})
order by s.id desc
limit :limit

-- name: folded_numbers
select o.value as id, (select json_array(count(*), sum(v.grave)) from (
    select s.words = 1 and s.weight <= 2 as grave from found.alike a join found.alike b on b.group_id = a.group_id and b.submission_id < a.submission_id
    join submissions s on s.id = b.submission_id
    where a.submission_id = o.value and a.folds and s.id > :after and s.agency_id = :agency_id and s.erased_at is null {filters}
    limit 10000) v) as numbers
from json_each(:ids) o

-- name: texts
select s.id, s.language, w.text, coalesce(a.group_id, s.id) as said
from submissions s join words w on w.id = s.words_id
left join found.alike a on a.submission_id = s.id
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null and s.id < :before and s.id > :after {filters}
order by s.id desc
limit :limit

-- name: said
select placement_id, case when channel in ('web', 'form') then received_at else coalesce(sent_at, received_at) end as at
from submissions where id = :id

-- name: mark
update submissions set status = coalesce(:status, status), kind = case when :sets_kind then :kind else kind end,
  contact_point = case when :sets_point then :contact_point else contact_point end,
  member_id = case when :sets_member then :member_id else member_id end,
  routed = case when :by_hand then 0 else routed end,
  aside = case when :status is null then aside else :aside end,
  claim_holder = case when :status in ('with', 'answered', 'aside') then null else claim_holder end,
  claim_by = case when :status in ('with', 'answered', 'aside') then null else claim_by end,
  claim_until = case when :status in ('with', 'answered', 'aside') then null else claim_until end,
  read_at = coalesce(read_at, :read_at), read_by = coalesce(read_by, :read_by),
  reader_at = case when :status = 'new' or :reader_id is null and reader_id is null then null else coalesce(reader_at, :read_at) end,
  reader_id = case when :status = 'new' then null else coalesce(reader_id, :reader_id) end, revision = revision + 1
where agency_id = :agency_id and id = :id and revision = :revision and erased_at is null

-- name: correct
update submissions set outcome = :outcome, effect = :effect, reason = :reason, rating = :rating,
  another_way = :another_way, impact = :impact, masked = :masked, words = :words, quote = :quote, invite = :invite,
  revision = revision + 1
where agency_id = :agency_id and id = :id and erased_at is null

-- name: point_at_words
update submissions set words_id = :words_id where agency_id = :agency_id and id = :id

-- name: erase
update submissions set sent_at = null, outcome = null, effect = null, reason = null, rating = null, another_way = null,
  impact = null, language = null, decision = null, phase = null, version = null, section = null, kind = null, barrier = null,
  weighed = null, masked = null, words = 0, quote = 0, invite = 0, desk = null, callback = 0, paragraph = null,
  contact_point = null, aside = null, claim_holder = null, claim_by = null, claim_until = null, member_id = null,
  routed = null, ask = null, erased_at = :erased_at, words_id = null, revision = revision + 1
where agency_id = :agency_id and id = :id and erased_at is null

-- name: overwrite_words
update words set text = cast(zeroblob(length(cast(text as blob))) as text),
  page = cast(zeroblob(length(cast(page as blob))) as text)
where id = :id

-- name: expired
select s.id, s.words_id from submissions s
where s.agency_id = :agency_id and s.id < :before and s.id > :after and s.words_id is not null
order by s.id
limit :limit

-- name: expire
update submissions set words = 0, masked = null, words_id = null, callback = 0, claim_holder = null, claim_by = null,
  claim_until = null, revision = revision + 1
where agency_id = :agency_id and id = :id

-- name: since
select count(*) as voices,
  coalesce(sum(s.weight <= 2), 0) as grave
from submissions s
where s.agency_id = :agency_id and s.id > :after and s.words = 1 and s.erased_at is null

-- name: read_days
select s.received_at, s.read_at from submissions s
where s.placement_id = :placement_id and s.words = 1 and s.received_at > :since
  and s.received_at < :before
order by s.id desc
limit 200
