-- name: insert
insert into audit (agency_id, at, who, member_id, token_id, act, subject_id, detail, number)
values (:agency_id, :at, :who, :member_id, :token_id, :act, :subject_id, :detail, :number)
returning id

-- name: insert_words
insert into audit_words (submission_id, audit_id) values (?1, ?2)

-- name: fresh
select value as id from json_each(:ids) where value not in (
  select w.submission_id from audit a
  join audit_words w on w.audit_id = a.id
  where a.agency_id = :agency_id and a.at > :since and a.act = :act
    and (a.member_id = :member_id or a.token_id = :token_id)
)

-- name: lately
select 1 from audit
where agency_id = :agency_id and at > :since and act = :act and coalesce(detail, '') = coalesce(:detail, '')
  and (member_id = :member_id or token_id = :token_id)
limit 1

-- name: count
update audit set number = :number where id = :id

-- name: list
select a.id, a.at, a.who, a.act, a.subject_id, a.detail, a.number, d.key as decision
from audit a
left join decisions d on d.id = a.subject_id and a.act like 'decision.%'
where a.agency_id = :agency_id {filters}
order by a.id desc
limit :limit

-- fragment: before
and a.id < :before

-- fragment: q
and (instr(lower(a.who), :q) > 0 or instr(a.act, :q) > 0)

-- fragment: kind_read
and a.act in ('words.opened', 'words.listed', 'words.shown', 'words.exported', 'words.streamed')

-- fragment: kind_did
and a.act not in ('words.opened', 'words.listed', 'words.shown', 'words.exported', 'words.streamed', 'signed.in', 'signed.out', 'audit.read', 'audit.exported')

-- fragment: kind_signed
and a.act in ('signed.in', 'signed.out')

-- fragment: since
and a.at >= :since

-- fragment: until
and a.at < :until

-- fragment: submission
and (a.subject_id = :submission and (a.act like 'submission.%' or a.act like 'words.%')
  or a.id in (select audit_id from audit_words where submission_id = :submission))

-- name: readers
select a.who, min(a.at) as at from audit a
where a.subject_id = :submission_id and a.agency_id = :agency_id and a.act = 'words.opened' and a.member_id is not null
group by a.who
order by at

-- name: over
select id from audit where agency_id = :agency_id and at < :before order by id limit 2000

-- name: forget_words
delete from audit_words where audit_id in (select value from json_each(:ids))

-- name: forget
delete from audit where id in (select value from json_each(:ids))
