-- Signing in by OpenID Connect: providers of an agency, who is on the way through one, and which member a provider's
-- subject is. The client's secret is sealed with the installation's; of a subject only a keyed hash is kept.

create table providers (
  id integer primary key,
  agency_id integer not null references agencies (id),
  key text not null unique,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret text not null,
  scope text not null,
  acr text not null,
  domains text not null,
  role text,
  office text not null,
  created_at integer not null,
  removed_at integer
) strict;

create table wayfarers (
  state blob primary key,
  provider_id integer not null references providers (id),
  browser blob not null,
  nonce text not null,
  verifier text not null,
  invitation text,
  expires_at integer not null
) strict, without rowid;

create table identities (
  provider_id integer not null references providers (id),
  subject blob not null,
  member_id integer not null references members (id),
  primary key (provider_id, subject)
) strict, without rowid;
