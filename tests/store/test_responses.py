"""One response is one write, however many receipts it stands on; and what is public is changed in public."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from collector.errors import Refusal
from collector.theme import Answering
from tests.start import Running
from tests.store.arrivals import KEYS, arrival
from tests.town import Town, said

RECEIPTS = 10_000
SORTED_AT_ONCE = 1_000
WHY = said("Leveren mag tot elf uur.", "On livre jusqu'à onze heures.")


async def refused(town: Town, answering: Answering, response_id: int | None = None) -> Refusal:
    with pytest.raises(Refusal) as found:
        await town.store.responses.write(town.agency, answering, now=town.now, by="Bob", response_id=response_id)
    return found.value


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has."""
    connection = sqlite3.connect(folder / "t.db")
    tables = [row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")]
    found = {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
    connection.close()
    return found


async def test_ten_thousand_receipts_are_told_by_one_write_and_nobody_who_sends_meanwhile_waits(
    run: Running, town: Town, tmp_path: Path
) -> None:
    await town.publish("street", town.file())
    ones = [arrival(town.page, f"many-{n:08}", "Leveren.", at=town.ago(1)) for n in range(RECEIPTS)]
    for one in ones:
        one.decision, one.phase = "street", "agenda"
    ids: list[int] = []
    for first in range(0, RECEIPTS, SORTED_AT_ONCE):
        batch = ones[first : first + SORTED_AT_ONCE]
        ids += [one.id for one in await asyncio.gather(*(town.store.submissions.receive(one) for one in batch))]
    theme = await town.theme("street", said("Leveren", "Livrer"), [])
    for first in range(0, RECEIPTS, SORTED_AT_ONCE):
        add = ids[first : first + SORTED_AT_ONCE]
        await town.store.themes.sort(town.agency.id, theme, add=add, remove=[], now=town.now, by="Ann")
    before = rows(tmp_path)
    body: dict[str, Any] = {
        "themes": [theme],
        "outcome": "changed",
        "office": "Mobility",
        "reason": WHY,
        "publish": True,
    }
    waits: list[float] = []

    async def sending() -> None:
        while not told.done():
            begun = time.perf_counter()
            assert (await run.send(text="Ik stuur intussen.")).status_code == 201
            waits.append(time.perf_counter() - begun)

    told = asyncio.create_task(run.client.post("/api/responses", json=body, headers=run.bearer(), timeout=60))
    await asyncio.gather(sending(), sending())
    response = await told
    assert response.status_code == 201
    after = rows(tmp_path)
    grew = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    sent = len(waits)
    for name in ("counts", "audit"):  # written in their own time
        grew.pop(name, None)
    assert grew == {
        "responses": 1, "theme_responses": 1, "changes": 2 + sent,
        **{name: sent for name in ("submissions", "words", "receipts") if sent},
    }  # fmt: skip
    assert max(waits, default=0) < 10, "seconds; it takes a few milliseconds on a machine that is not busy"
    for number in (0, 1, 4_999, RECEIPTS - 2, RECEIPTS - 1, *range(100, RECEIPTS, 997)):
        code = KEYS.code("page", f"many-{number:08}")
        [trail] = (await run.receipt(code)).json()["themes"]
        assert (trail["response"]["id"], trail["response"]["reason"]) == (response.json()["id"], WHY)
    work = await town.store.work.one(town.agency.id, "street", run.app.parts.now())
    assert work.felt.answered == RECEIPTS
    # written anew, it is new on all of them
    again = {**body, "revision": response.json()["revision"], "outcome": "will_change", "by_day": town.day(30)}
    changed = await run.client.put(f"/api/responses/{response.json()['id']}", json=again, headers=run.bearer())
    assert changed.status_code == 200
    for number in (0, RECEIPTS - 1):
        [trail] = (await run.receipt(KEYS.code("page", f"many-{number:08}"))).json()["themes"]
        assert trail["response"]["outcome"] == "will_change"


async def test_a_draft_is_seen_by_the_team_alone_until_it_is_published(hall: Town) -> None:
    await hall.publish("square", hall.file())
    theme = await hall.theme("square", said("Wonen", "Habiter"), await hall.voices("square", 1, "Ik woon hier."))
    draft = Answering([theme], "not_known", {"nl": "Nog niet."}, "Mobility office")
    written = await hall.store.responses.write(hall.agency, draft, now=hall.now, by="Ann")
    one = await hall.store.themes.one(hall.agency.id, theme)
    assert (one.response, one.draft) == (None, written)
    shown = await hall.store.public.document(hall.store.decisions.by_key("square"), hall.now)
    assert shown.themes[0].response is None


async def test_what_is_published_says_why_in_both_languages_who_signs_and_by_when(hall: Town) -> None:
    theme = (await hall.theme("square", said("a", "a"), [])) if await hall.publish("square", hall.file()) else 0
    for answering, fields in (
        (Answering([theme], "changed", {"nl": "Ja."}, "Office", publish=True), ("reason.fr",)),
        (Answering([theme], "changed", WHY, "  ", publish=True), ("office",)),
        (Answering([theme], "will_change", WHY, "Office", publish=True), ("by_day",)),
        (Answering([theme], "not_known", WHY, "Office", publish=True), ("by_day",)),
        (Answering([theme], "handed", WHY, "Office", publish=True), ("handed_to",)),
        (Answering([theme], "changed", WHY, "Office", {"nl": "Dat."}, publish=True), ("did_not_know.fr",)),
        (Answering([theme, 999], "changed", WHY, "Office", publish=True), ("themes",)),
    ):  # fmt: skip
        refusal = await refused(hall, answering)
        assert (refusal.code, refusal.fields) == ("invalid", fields)


async def test_what_is_public_stays_public_and_no_theme_loses_its_answer(hall: Town) -> None:
    await hall.publish("square", hall.file())
    one, other = [await hall.theme("square", said(name, name), []) for name in ("a", "b")]
    written = await hall.store.responses.write(
        hall.agency, Answering([one, other], "changed", WHY, "Office", publish=True), now=hall.now, by="Ann"
    )
    for less in (
        Answering([one], "changed", WHY, "Office", publish=True, revision=written.revision),
        Answering([one, other], "changed", WHY, "Office", revision=written.revision),
    ):
        assert (await refused(hall, less, written.id)).code == "wrong_state"
    both = Answering([one, other], "not_changed", WHY, "Office", publish=True, revision=written.revision)
    changed = await hall.store.responses.write(hall.agency, both, now=hall.now + 9, by="Bob", response_id=written.id)
    assert (changed.outcome, changed.published_at, changed.themes) == ("not_changed", hall.now, [one, other])
    assert (await refused(hall, both, written.id)).code == "stale"
    assert (await refused(hall, both, 999)).code == "not_found"


async def test_a_response_to_nine_themes_says_so_and_is_an_act_of_each_decision(hall: Town) -> None:
    themes = []
    for key in ("square", "street", "park"):
        await hall.publish(key, hall.file())
        themes += [await hall.theme(key, said(f"{key} {n}", f"{key} {n}"), []) for n in range(3)]
    await hall.answer(themes, "not_changed", WHY, days=0)
    for key in ("square", "street", "park"):
        decision = hall.store.decisions.by_key(key)
        shown = await hall.store.public.document(decision, hall.now)
        assert {theme.response.themes for theme in shown.themes if theme.response} == {9}
        acts = await hall.store.changes.of_decision(hall.agency.id, decision.id)
        assert [act.change for act in acts].count("decision.response") == 1
    listed = await hall.store.responses.list(hall.agency.id, hall.store.decisions.by_key("park").id)
    assert [len(response.themes) for response in listed] == [9]
