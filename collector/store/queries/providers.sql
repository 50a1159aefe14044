-- name: insert
insert into providers (agency_id, key, name, issuer, client_id, client_secret, scope, acr, domains, role, office, created_at)
values (:agency_id, :key, :name, :issuer, :client_id, :client_secret, :scope, :acr, :domains, :role, :office, :now)
on conflict (key) do nothing
returning id

-- name: all
select p.id, p.agency_id, a.name as agency, p.key, p.name, p.issuer, p.client_id, p.client_secret, p.scope, p.acr, p.domains,
  p.role, p.office
from providers p join agencies a on a.id = p.agency_id
where p.removed_at is null
order by a.name, p.name, p.id

-- name: remove
update providers set removed_at = :now where agency_id = :agency_id and key = :key and removed_at is null returning id

-- name: set_out
insert into wayfarers (state, provider_id, browser, nonce, verifier, invitation, expires_at)
values (:state, :provider_id, :browser, :nonce, :verifier, :invitation, :expires_at)

-- name: forget
delete from wayfarers where expires_at <= :now

-- name: come_back
delete from wayfarers where state = :state returning provider_id, browser, nonce, verifier, invitation, expires_at

-- name: known
select m.id, m.agency_id, m.revoked_at from identities i join members m on m.id = i.member_id
where i.provider_id = :provider_id and i.subject = :subject

-- name: by_email
select id, joined_at, revoked_at from members where agency_id = :agency_id and email = :email

-- name: anywhere
select 1 from members where email = :email

-- name: insert_member
insert into members (agency_id, email, name, office, role, invited_at, joined_at)
values (:agency_id, :email, :name, :office, :role, :now, :now)
returning id

-- name: arrive
update members set joined_at = coalesce(joined_at, :now) where id = :id and agency_id = :agency_id and revoked_at is null

-- name: know
insert into identities (provider_id, subject, member_id) values (:provider_id, :subject, :member_id)
on conflict (provider_id, subject) do update set member_id = excluded.member_id
