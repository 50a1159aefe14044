"""What is told of an agency to those who run the installation; and operators, whom the command line alone makes."""

from __future__ import annotations

from pathlib import Path

from collector.commands.actions import perform
from collector.commands.told import Place
from collector.store.store import Store
from tests.store.arrivals import NOW
from tests.store.test_bells import HOUR, due
from tests.store.test_messages import opened, tell

OWN = "https://tijdens.example"


async def waiting(store: Store, at: int) -> int:
    return (await store.installation.agencies(OWN, now=at))[0].mails_waiting


async def test_a_bell_that_should_have_rung_hours_ago_is_told_until_it_rings(store: Store) -> None:
    agency, receipt = await opened(store)
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await tell(store, receipt, "Een?", at=NOW)
    (bell,) = await due(store, NOW + HOUR)
    assert await waiting(store, NOW + HOUR) == 0
    assert await waiting(store, NOW + 3 * HOUR) == 1
    await store.bells.rung(bell, now=NOW + 3 * HOUR)
    assert await waiting(store, NOW + 9 * HOUR) == 0


async def test_an_agency_without_anything_says_what_it_lacks(store: Store) -> None:
    await store.agencies.create("town", "The town", now=NOW)
    (one,) = await store.installation.agencies(OWN, now=NOW)
    assert (one.live, one.managed, one.placements, one.last_at, one.well) == (False, False, 0, None, False)


async def test_operators_are_invited_listed_and_withdrawn_by_command(store: Store, tmp_path: Path) -> None:
    place = Place(tmp_path / "t.db", OWN, "sha384-x")
    given = {"email": "Eva@host.example", "name": "Eva Claes", "office": "Hosting"}
    told = await perform(store, place, "operator invite", given)
    assert told.out.startswith(f"{OWN}/join#") and not told.failed
    await perform(store, place, "operator invite", given | {"email": "max@host.example", "name": "Max"})
    listed = await perform(store, place, "operator list", {})
    assert listed.out.splitlines() == ["eva@host.example\tEva Claes\tHosting *", "max@host.example\tMax\tHosting *"]
    assert (await perform(store, place, "operator withdraw", {"email": "eva@host.example"})).out == "withdrawn"
    again = await perform(store, place, "operator withdraw", {"email": "eva@host.example"})
    assert again.failed and "no operator" in again.err
    assert len((await perform(store, place, "operator list", {})).out.splitlines()) == 1
    wrong = await perform(store, place, "operator invite", given | {"email": "nobody"})
    assert wrong.failed and "email" in wrong.err
