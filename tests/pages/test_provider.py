"""Signing in by OpenID Connect, through a real provider that runs beside the product."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from collector.errors import Refusal
from collector.provider import Provider, checked_provider
from tests.endpoints.test_members import invited
from tests.provider import provider
from tests.start import Running

ANN = {"email": "ann@town.example", "email_verified": True, "name": "Ann Peeters"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider() as address:
        yield address


async def added(run: Running, issuer: str, key: str = "fas", **more: Any) -> Provider:
    store = run.app.parts.store
    agency = store.agencies.by_key("town")
    one = Provider(0, agency.id, agency.name, key, "The login", issuer, "tijdens", "the secret of the client", **more)
    await store.providers.add(one, run.app.parts.keys, now=run.app.parts.now())
    return await store.providers.one(key, run.app.parts.keys)


class Person:
    """Somebody with a browser: cookies of our site and of the provider's."""

    def __init__(self, run: Running, issuer: str, subject: str, claims: dict[str, Any]) -> None:
        self.run, self.issuer, self.subject, self.claims = run, issuer, subject, claims
        self.ours = httpx2.AsyncClient(base_url=run.url, trust_env=False, timeout=30)
        self.there = httpx2.AsyncClient(trust_env=False, timeout=30)

    async def __aenter__(self) -> Person:
        await self.there.put(f"{self.issuer}/users/{self.subject}", json=self.claims)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.ours.aclose()
        await self.there.aclose()

    async def leave(self, key: str = "fas") -> str:
        """The address at the provider to which we send her."""
        left = await self.ours.get(f"/sign-in/with/{key}?lang=fr")
        assert left.status_code == 302, left.text
        return left.headers["location"]

    async def answer(self, address: str) -> str:
        """She signs in there; the address by which she comes back."""
        assert (await self.there.get(address)).status_code == 200
        signed = await self.there.post(address, data={"sub": self.subject})
        assert signed.status_code == 302, signed.text
        return signed.headers["location"]

    async def come(self, key: str = "fas") -> httpx2.Response:
        back = await self.answer(await self.leave(key))
        assert back.startswith(f"{self.run.url}/sign-in/back?")
        return await self.ours.get(back)

    async def me(self) -> Any:
        return (await self.ours.get("/api/me")).json()


def said(answer: httpx2.Response) -> str:
    found = re.search(r'id="problem">(.*?)</p>', answer.text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


async def test_a_verified_address_of_an_allowed_domain_comes_in_with_the_role_that_was_said(
    run: Running, issuer: str
) -> None:
    await added(run, issuer, domains=("town.example",), role="editor", office="Mobility office")
    async with Person(run, issuer, "ann-1", ANN) as ann:
        address = await ann.leave()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
        assert len(asked["state"]) == 43 and len(asked["nonce"]) == 43 and asked["ui_locales"] == "fr"
        came = await ann.ours.get(await ann.answer(address))
        assert (came.status_code, came.headers["location"]) == (303, "/dashboard?lang=fr")
        me = await ann.me()
        assert (me["role"], me["member"]["name"], me["member"]["office"]) == (
            "editor",
            "Ann Peeters",
            "Mobility office",
        )
        first = me["member"]["id"]
        sessions = (await ann.ours.get("/api/sessions")).json()["items"]
        assert [one["way"] for one in sessions] == ["provider fas"]
    # the next time she is the same, also when her address there is another one by then
    async with Person(run, issuer, "ann-1", {**ANN, "email": "ann@elsewhere.example"}) as again:
        await again.come()
        assert (await again.me())["member"]["id"] == first
    noted = (await run.client.get("/api/audit?kind=signed", headers=run.bearer("admin"))).json()["items"]
    assert [one["detail"] for one in noted] == ["provider fas"] * 2


@pytest.mark.parametrize(
    ("claims", "domains"),
    [
        ({**ANN, "email_verified": False}, ("town.example",)),
        ({"email": "ann@town.example", "name": "Ann"}, ("town.example",)),
        ({**ANN, "email": "ann@town.example.evil.example"}, ("town.example",)),
        (ANN, ()),
        ({"name": "Ann"}, ("town.example",)),
    ],
)
async def test_an_address_that_is_not_verified_or_not_of_the_domain_is_nobodys(
    run: Running, issuer: str, claims: dict[str, Any], domains: tuple[str, ...]
) -> None:
    role: Any = "editor" if domains else None
    await added(run, issuer, domains=domains, role=role, office="Mobility office" if domains else "")
    async with Person(run, issuer, "ann-2", claims) as ann:
        came = await ann.come()
        assert came.status_code == 403 and said(came).startswith("Nobody here knows you yet")
        assert (await ann.ours.get("/api/me")).status_code == 401


async def test_an_invitation_is_taken_through_the_provider_whatever_the_address_there(
    run: Running, issuer: str
) -> None:
    await added(run, issuer)
    secret = await invited(run)
    async with Person(run, issuer, "ann-3", {"name": "A. Peeters"}) as ann:
        form = {"invitation": secret, "provider": "fas"}
        page = await ann.ours.post("/join?lang=en", data=form, headers={"origin": run.url})
        link = re.search(r'href="(http[^"]+oauth2/authorize[^"]+)"', page.text)
        assert link is not None and secret not in link[1]
        await ann.ours.get(await ann.answer(html.unescape(link[1])))
        assert (await ann.me())["member"]["name"] == "Ann Peeters"
    async with Person(run, issuer, "bob-3", {"name": "Bob"}) as bob:
        page = await bob.ours.post("/join?lang=en", data=form, headers={"origin": run.url})
        link = re.search(r'href="(http[^"]+oauth2/authorize[^"]+)"', page.text)
        assert link is not None
        came = await bob.ours.get(await bob.answer(html.unescape(link[1])))
        assert came.status_code == 403  # it was taken


async def test_who_waits_is_known_by_her_verified_address_and_who_was_withdrawn_stays_out(
    run: Running, issuer: str
) -> None:
    await added(run, issuer, domains=("town.example",))
    await invited(run)
    async with Person(run, issuer, "ann-4", ANN) as ann:
        await ann.come()
        me = (await ann.me())["member"]
        listed = (await run.client.get("/api/members", headers=run.bearer("admin"))).json()["items"]
        assert listed[0]["joined_at"] is not None
        gone = await run.client.delete(f"/api/members/{me['id']}", headers=run.bearer("admin"))
        assert gone.status_code == 204
        assert (await ann.ours.get("/api/me")).status_code == 401
        assert (await ann.come()).status_code == 403


async def test_an_answer_counts_once_for_the_browser_that_asked_and_for_its_own_question(
    run: Running, issuer: str
) -> None:
    await added(run, issuer, domains=("town.example",), role="viewer", office="Mobility office")
    async with Person(run, issuer, "ann-5", ANN) as ann, Person(run, issuer, "eve-5", {}) as eve:
        back = await ann.answer(await ann.leave())
        assert (await eve.ours.get(back)).status_code == 401  # another browser; and it is used up by that
        assert (await ann.ours.get(back)).status_code == 401
        back = await ann.answer(await ann.leave())
        other = parse_qs(urlsplit(await ann.leave()).query)["state"][0]
        swapped = re.sub(r"state=[^&]+", f"state={other}", back)
        assert (await ann.ours.get(swapped)).status_code == 502  # the verifier and the nonce are of another question
        for broken in ("/sign-in/back", "/sign-in/back?code=x&state=y", "/sign-in/back?state="):
            assert (await ann.ours.get(broken)).status_code == 401
        assert (await ann.ours.get("/sign-in/with/nobody")).status_code == 404
        assert (await ann.come()).status_code == 303


async def test_who_refuses_there_and_a_provider_that_lies_are_told_apart(run: Running, issuer: str) -> None:
    await added(run, issuer, domains=("town.example",), role="viewer", office="Mobility office")
    await added(run, issuer, "strict", acr=("urn:be:fedict:iam:fas:Level450",))
    await added(run, issuer.replace("127.0.0.1", "localhost"), "liar")
    await added(run, "http://127.0.0.1:9", "away")
    async with Person(run, issuer, "ann-6", ANN) as ann:
        address = await ann.leave()
        denied = await ann.there.post(address, data={"action": "deny"})
        state = parse_qs(urlsplit(address).query)["state"][0]
        back = denied.headers["location"]
        came = await ann.ours.get(back if "state=" in back else f"{back}&state={state}")
        assert came.status_code == 403
        wrong_issuer = await ann.answer(await ann.leave())
        assert (await ann.ours.get(f"{wrong_issuer}&iss=https://evil.example")).status_code == 502
        assert (await ann.come("strict")).status_code == 502  # not known as surely as we asked
        for key in ("away",):
            assert (await ann.ours.get(f"/sign-in/with/{key}")).status_code == 502
        assert (await ann.ours.get("/api/me")).status_code == 401


async def test_the_door_shows_who_can_be_asked_and_never_a_secret(run: Running, issuer: str) -> None:
    one = await added(run, issuer)
    ways = (await run.client.get("/api/providers", headers=run.bearer("admin"))).json()["items"]
    assert [(way["key"], way["issuer"]) for way in ways] == [("fas", issuer)] and "client_secret" not in ways[0]
    page = (await run.client.get("/sign-in?lang=en")).text
    assert 'href="/sign-in/with/fas?lang=en"' in page and "Go on with The login" in page
    assert one.client_secret == "the secret of the client" and one.client_secret not in page
    rows = await run.app.parts.store.engine.fetch("providers.all")
    assert "secret of the client" not in rows[0]["client_secret"]
    await run.app.parts.store.providers.remove(one.agency_id, "fas", now=1)
    assert "/sign-in/with/" not in (await run.client.get("/sign-in?lang=en")).text
    assert (await run.client.get("/sign-in/with/fas")).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"issuer": "http://login.example"}, "issuer"),
        ({"issuer": "https://login.example/?x=1"}, "issuer"),
        ({"domains": ("*.example",)}, "domains"),
        ({"role": "editor"}, "domains"),
        ({"role": "editor", "domains": ("town.example",), "office": ""}, "office"),
        ({"scope": "email"}, "scope"),
        ({"client_secret": ""}, "client_id"),
    ],
)
def test_what_a_provider_cannot_be_is_said_with_its_field(said: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"issuer": "https://login.example", "client_id": "a", "client_secret": "b", **said}
    with pytest.raises(Refusal) as refused:
        checked_provider(Provider(0, 1, "The town", "key", "The login", **given))
    assert refused.value.fields == (field,)
