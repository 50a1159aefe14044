"""A provider signs members of an agency in by OpenID Connect. It is set up by whoever runs the installation: we ask its
addresses, so nobody else may say where they are."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec

from collector.agency import checked_key, checked_name
from collector.errors import Refusal
from collector.token import Role

SCOPE = "openid email profile"
ON_THE_WAY_MS = 10 * 60_000
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+\Z")


class Provider(msgspec.Struct, frozen=True):
    """`acr`: what is asked of how somebody is known, such as a level of the Belgian FAS; one of them must come back. Who has a
    verified address in one of `domains` and is no member yet becomes one with `role` and `office`; without a role only those
    who were invited come in."""

    id: int
    agency_id: int
    agency: str
    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str = SCOPE
    acr: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    role: Role | None = None
    office: str = ""


class Claims(msgspec.Struct, frozen=True):
    """What a provider says of somebody, after everything was checked. `email` only when the provider has verified it."""

    subject: str
    email: str | None
    name: str | None


class Wayfarer(msgspec.Struct, frozen=True):
    """Somebody who was sent to a provider and comes back: what must be the same as when she left."""

    provider_id: int
    nonce: str
    verifier: str
    invitation: str | None


def checked_provider(provider: Provider) -> Provider:
    """Refusal `invalid` naming the field. An issuer is https, but for one on this very machine."""
    parts = urlsplit(provider.issuer)
    own = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if (parts.scheme != "https" and not own) or not parts.hostname or parts.query or parts.fragment:
        raise Refusal("invalid", fields=("issuer",))
    if not all(_DOMAIN.match(domain) for domain in provider.domains):
        raise Refusal("invalid", fields=("domains",))
    if provider.role is not None and not (provider.domains and provider.office):
        raise Refusal("invalid", fields=("domains" if not provider.domains else "office",))
    if "openid" not in provider.scope.split():
        raise Refusal("invalid", fields=("scope",))
    if not provider.client_id or not provider.client_secret:
        raise Refusal("invalid", fields=("client_id",))
    return msgspec.structs.replace(provider, key=checked_key(provider.key), name=checked_name(provider.name))


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
