"""The client of OpenID Connect: discovery, the way there, and what comes back, checked as the standards say (OpenID Connect
Core 1.0, 3.1; RFC 7636, PKCE; RFC 9207, issuer in the answer; RFC 9700). Of what goes wrong only the kind is told."""

from __future__ import annotations

import logging
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from collector.errors import Refusal
from collector.provider import Claims, Provider, Wayfarer

if TYPE_CHECKING:
    import httpx2

KEPT_SECONDS = 3_600.0  # what a provider says of itself
PATIENCE_SECONDS = 10.0
LEEWAY_SECONDS = 60  # between its clock and ours
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "RS384", "RS512", "ES384", "ES512"]
LARGEST = 256 * 1024  # bytes of an answer
log = logging.getLogger("collector.web.openid")


class OpenId:
    """One a process. `redirect`: where providers send people back to."""

    def __init__(self, redirect: str) -> None:
        self._redirect = redirect
        self._kept: dict[str, tuple[float, Any]] = {}

    async def way(self, provider: Provider, state: str, wayfarer: Wayfarer, language: str) -> str:
        """The address to which a browser is sent. Refusal `provider` when it cannot be asked."""
        async with _client() as client:
            told = await self._metadata(client, provider)
        challenge = urlsafe_b64encode(sha256(wayfarer.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code", "client_id": provider.client_id, "redirect_uri": self._redirect,
            "scope": provider.scope, "state": state, "nonce": wayfarer.nonce, "code_challenge": challenge,
            "code_challenge_method": "S256", "ui_locales": language,
        }  # fmt: skip
        if provider.acr:
            asked["acr_values"] = " ".join(provider.acr)
        address = str(told["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    async def claims(self, provider: Provider, wayfarer: Wayfarer, code: str, issuer: str | None) -> Claims:
        """What the provider says of who came back with `code`. Refusal `provider` when it cannot be asked, or its answer does
        not hold. `issuer`: what the answer named as such, if it did."""
        if issuer is not None and issuer.rstrip("/") != provider.issuer:
            raise _refused("issuer")
        async with _client() as client:
            told = await self._metadata(client, provider)
            tokens = await self._exchange(client, provider, told, wayfarer, code)
            claims = await self._checked(client, provider, told, wayfarer, str(tokens.get("id_token", "")))
            if "email" not in claims and "userinfo_endpoint" in told:
                claims = {**await _userinfo(client, told, tokens, claims["sub"]), **claims}
        verified = claims.get("email_verified") in (True, "true")
        email = claims.get("email") if verified else None
        name = claims.get("name")
        return Claims(claims["sub"], email if isinstance(email, str) else None, name if isinstance(name, str) else None)

    async def _metadata(self, client: httpx2.AsyncClient, provider: Provider) -> dict[str, Any]:
        told = await self._fetched(client, f"{provider.issuer}/.well-known/openid-configuration")
        if str(told.get("issuer", "")).rstrip("/") != provider.issuer:  # OpenID Connect Discovery 1.0, 4.3
            raise _refused("issuer")
        if not all(
            isinstance(told.get(name), str) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ):
            raise _refused("metadata")
        return told

    async def _fetched(self, client: httpx2.AsyncClient, address: str, *, fresh: bool = False) -> dict[str, Any]:
        """A JSON document, asked for once an hour."""
        at, found = self._kept.get(address, (0.0, None))
        if found is not None and not fresh and time.monotonic() - at < KEPT_SECONDS:
            kept: dict[str, Any] = found
            return kept
        told = await _json(client, "GET", address)
        self._kept[address] = (time.monotonic(), told)
        return told

    async def _exchange(
        self, client: httpx2.AsyncClient, provider: Provider, told: dict[str, Any], wayfarer: Wayfarer, code: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self._redirect,
            "code_verifier": wayfarer.verifier,
        }  # fmt: skip
        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        auth: httpx2.Auth | None = None
        if "client_secret_basic" in methods:
            import httpx2

            auth = httpx2.BasicAuth(provider.client_id, provider.client_secret)
        else:
            form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        return await _json(client, "POST", str(told["token_endpoint"]), data=form, auth=auth)

    async def _checked(
        self, client: httpx2.AsyncClient, provider: Provider, told: dict[str, Any], wayfarer: Wayfarer, raw: str
    ) -> dict[str, Any]:
        """The claims of an ID token: OpenID Connect Core 1.0, 3.1.3.7. A key that is not known is looked for once more."""
        from joserfc import jwt  # here, so that a start does not wait for it
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True},
            sub={"essential": True},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": wayfarer.nonce},
        )
        for fresh in (False, True):
            try:
                keys = KeySet.import_key_set(await self._fetched(client, told["jwks_uri"], fresh=fresh))  # type: ignore[arg-type]
                token = jwt.decode(raw, keys, algorithms=ALGORITHMS)
                wanted.validate(token.claims)
                break
            except (JoseError, ValueError, KeyError, TypeError) as error:
                if fresh:
                    raise _refused(type(error).__name__) from None
        claims: dict[str, Any] = token.claims
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
            raise _refused("azp")
        if str(claims["iss"]).rstrip("/") != provider.issuer or not isinstance(claims["sub"], str):
            raise _refused("iss")
        if provider.acr and claims.get("acr") not in provider.acr:
            raise _refused("acr")
        return claims


async def _userinfo(
    client: httpx2.AsyncClient, told: dict[str, Any], tokens: dict[str, Any], subject: str
) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {tokens.get('access_token', '')}"}
    found = await _json(client, "GET", str(told["userinfo_endpoint"]), headers=headers)
    if found.get("sub") != subject:  # OpenID Connect Core 1.0, 5.3.2
        raise _refused("sub")
    return found


def _client() -> httpx2.AsyncClient:
    import httpx2  # here, so that a start does not wait for it

    return httpx2.AsyncClient(timeout=PATIENCE_SECONDS, follow_redirects=False)


async def _json(client: httpx2.AsyncClient, method: str, address: str, **asked: Any) -> dict[str, Any]:
    import httpx2

    try:
        answer = await client.request(method, address, **asked)
        if answer.status_code != 200 or len(answer.content) > LARGEST:
            raise _refused(str(answer.status_code))
        told = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise _refused(type(error).__name__) from None
    if not isinstance(told, dict):
        raise _refused("shape")
    return told


def _refused(why: str) -> Refusal:
    """For the operator, the kind of what went wrong; nothing of what the provider said of somebody."""
    log.warning("a provider's answer does not hold", extra={"code": why})
    return Refusal("provider")
