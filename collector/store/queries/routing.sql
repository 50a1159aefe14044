-- name: all
select agency_id, rules, last, revision, changed_at, by from routings

-- name: save
insert into routings (agency_id, rules, last, revision, changed_at, by)
values (:agency_id, :rules, :last, 1, :now, :by)
on conflict (agency_id) do update set rules = excluded.rules, last = excluded.last, revision = revision + 1,
  changed_at = excluded.changed_at, by = excluded.by
where routings.revision = :revision
returning revision

-- name: saved
select revision from routings where agency_id = :agency_id

-- name: route
update submissions set contact_point = :contact_point, member_id = :member_id, routed = :routed
where agency_id = :agency_id and id = :id

-- name: last
select s.id, s.placement_id, s.decision, s.language, s.channel, s.outcome, s.effect, s.reason, s.another_way, s.impact,
  s.weight, s.kind,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s
where s.agency_id = :agency_id and s.words = 1 and s.erased_at is null
order by s.id desc
limit :limit

-- name: examples
select s.*, w.text, w.page,
  (select group_concat(ts.theme_id) from theme_submissions ts where ts.submission_id = s.id) as themes
from submissions s left join words w on w.id = s.words_id
where s.agency_id = :agency_id and s.id in (select value from json_each(:ids))

-- name: themes
select id from themes where agency_id = :agency_id and merged_into is null

-- name: members
select id from members where revoked_at is null

-- name: own_members
select id from members where agency_id = :agency_id and revoked_at is null
