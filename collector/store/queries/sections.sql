-- name: versions
select version, published_at, note from versions where decision_id = :id order by version

-- name: version
select version, published_at, note, sections from versions where decision_id = :id and version = :version

-- name: insert_version
insert into versions (decision_id, version, published_at, note, sections)
values (:id, :version, :now, :note, :sections)

-- name: passages
select p.*, (select group_concat(tp.theme_id) from theme_passages tp where tp.passage_id = p.id) as themes
from passages p where p.decision_id = :id order by p.id

-- name: of_themes
select p.*, tp.theme_id,
  (select group_concat(o.theme_id) from theme_passages o where o.passage_id = p.id) as themes
from theme_passages tp join passages p on p.id = tp.passage_id
where tp.theme_id in (select value from json_each(:themes))
order by p.id

-- name: passage
select * from passages where agency_id = :agency_id and id = :id

-- name: insert_passage
insert into passages (agency_id, decision_id, section, version, before, after, at)
values (:agency_id, :decision_id, :section, :version, :before, :after, :now)
returning id

-- name: update_passage
update passages set before = :before, after = :after, at = :now where id = :id

-- name: delete_passage
delete from passages where id = :id

-- name: link
insert into theme_passages (theme_id, passage_id) values (?1, ?2)

-- name: unlink
delete from theme_passages where passage_id = :id
