"""Whom one can reach from the widget, as it is said."""

from __future__ import annotations

from typing import Any

import pytest

from collector.agency import LANGUAGES
from tests.endpoints.test_contact_points import moment
from tests.pages.test_talk import fill
from tests.start import Running
from tests.town import Town


async def see(run: Running, query: str = "language=en") -> Any:
    answer = await run.client.get(f"/api/placements/page/doors?{query}", headers={"origin": "https://any.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_desk_is_reached_without_speaking_first_and_help_stands_there_in_every_language(
    run: Running, language: str
) -> None:
    await fill(run)
    run.app.parts.now = lambda: moment("2026-11-25", "11:00")
    found = await see(run, f"language={language}")
    energy = next(door for door in found["doors"] if door["name"] == "Energy desk")
    assert [way["href"] for way in energy["ways"]][:3] == [
        "https://chat.town.example/energy", None, "tel:+3225550130",
    ]  # fmt: skip
    assert energy["said"] == [run.app.parts.words.get(language, "pages.openings.open", time="12:00")]
    assert [door["name"] for door in found["own"]] == ["Case desk", "Ombudsman"]
    assert "Case desk" not in [door["name"] for door in found["doors"]]
    assert found["help"][0]["number"] == "112" and all(one["name"] and one["what"] for one in found["help"])
    assert found["all"]["href"] == f"{run.url}/talk/town?placement=page&lang={language}"


async def test_who_answers_on_the_decision_stands_first_and_says_so(run: Running, town: Town) -> None:
    await fill(run)
    await town.publish("plein", town.file(contact_point="north"))
    found = await see(run, "language=en&decision=plein")
    assert found["doors"][0]["name"] == "Desk north"
    assert found["doors"][0]["said"][0] == "Answers questions about this decision."
    assert (await see(run, "language=en&decision=nothing"))["doors"][0]["said"] != found["doors"][0]["said"]
    assert (await see(run, "language=ar"))["title"] == "Praat met iemand"
    assert (await run.client.get("/api/placements/typo/doors")).status_code == 404
