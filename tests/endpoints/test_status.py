"""A team sets the status of a voice, with what belongs to it; its author reads it in her language."""

from __future__ import annotations

from typing import Any

import pytest

from collector.contact_point import ContactPoint
from tests.start import Running

HARBOUR = ContactPoint("harbour", "Harbour desk", counter="Leveringen 1")


async def spoken(run: Running) -> dict[str, Any]:
    agency = run.app.parts.store.agencies.by_key("town")
    await run.app.parts.store.agencies.add_contact_point(agency, HARBOUR, now=run.app.parts.now())
    told: dict[str, Any] = (await run.send(outcome="no", text="De kade is te smal.")).json()
    return told


async def patch(run: Running, id_: int, **wanted: Any) -> Any:
    one = (await run.client.get(f"/api/submissions/{id_}", headers=run.bearer())).json()
    body = {"revision": one["revision"], **wanted}
    return await run.client.patch(f"/api/submissions/{id_}", json=body, headers=run.bearer())


@pytest.mark.parametrize(
    ("wanted", "status", "said"),
    [
        ({"status": "answered"}, 409, None),
        ({"status": "aside"}, 422, "aside"),
        ({"status": "aside", "aside": "ugly"}, 422, "aside"),
        ({"status": "read", "aside": "twice"}, 422, "aside"),
        ({"status": "with", "contact_point": "nobody"}, 422, "contact_point"),
        ({"aside": "twice"}, 422, "status"),
        ({"status": "gone"}, 422, "status"),
    ],
)
async def test_what_is_no_step_is_refused_and_says_why(
    run: Running, wanted: dict[str, str], status: int, said: str | None
) -> None:
    told = await spoken(run)
    refused = await patch(run, told["id"], **wanted)
    assert refused.status_code == status
    assert list(refused.json().get("fields", {})) == ([said] if said else [])
    after = (await run.client.get(f"/api/submissions/{told['id']}", headers=run.bearer())).json()
    assert (after["status"], after["revision"]) == ("new", 1)


async def test_it_is_found_and_counted_where_it_is(run: Running) -> None:
    told = await spoken(run)
    await patch(run, told["id"], contact_point="harbour")
    await run.send(outcome="no", text="Iets anders.")
    headers = run.bearer("viewer")
    found = (await run.client.get("/api/submissions?contact_point=harbour", headers=headers)).json()["items"]
    assert [(one["id"], one["status"], one["contact_point"]) for one in found] == [(told["id"], "new", "harbour")]
    assert (await run.client.get("/api/counts", headers=headers)).json()["passed"] == {"harbour": 1}
    points = (await run.client.get("/api/me", headers=headers)).json()["contact_points"]
    assert {"key": "harbour", "name": "Harbour desk"} in points
    await patch(run, told["id"], status="aside", aside="test")
    assert (await run.client.get("/api/counts", headers=headers)).json()["passed"] == {}


async def test_each_status_is_said_on_the_receipt_in_four_languages(run: Running) -> None:
    told = await spoken(run)
    steps: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
        ({"contact_point": "harbour"}, {"nl": "Het gaat naar Harbour desk.", "en": "It goes to Harbour desk."}),
        ({"status": "with"}, {"nl": "Bij Harbour desk", "fr": "Chez Harbour desk", "de": "Bei Harbour desk"}),
        ({"status": "answered"}, {"nl": "Beantwoord", "fr": "Répondu", "en": "Answered"}),
        ({"status": "read"}, {"fr": "Lu", "de": "Gelesen"}),
        ({"status": "aside", "aside": "twice"},
         {"nl": "Het is opzijgelegd: dezelfde woorden kwamen twee keer", "fr": "Mis de côté : les mêmes mots sont arrivés",
          "de": "Es wurde zur Seite gelegt: dieselben Worte", "en": "It was set aside: the same words came twice"}),
        ({"status": "new"}, {"nl": "Aangekomen, nog niet gelezen", "en": "Put back by"}),
    )  # fmt: skip
    for wanted, said in steps:
        assert (await patch(run, told["id"], **wanted)).status_code == 200, wanted
        for language, text in said.items():
            page = await run.client.post(f"/r?lang={language}", data={"code": told["receipt"], "step": "open"})
            assert text in page.text.replace("&#39;", "'"), (wanted, language)
    history = (await run.receipt(told["receipt"])).json()["history"]
    assert [step.get("detail") for step in history if step["change"] == "submission.status"] == [
        "with harbour", "answered", "aside twice", "new",
    ]  # fmt: skip
