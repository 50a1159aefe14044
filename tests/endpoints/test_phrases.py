"""What is said again and again in a view, over HTTP: each phrase leads to the words behind it, within one agency."""

from __future__ import annotations

import asyncio

from tests.endpoints.test_roles import neighbour
from tests.start import Running
from tests.test_phrase import REST, VIEW


async def test_phrases_of_a_view_are_told_with_a_search_that_finds_them(run: Running) -> None:
    store = run.app.parts.store
    for outcome, texts in (("no", VIEW), ("yes", REST)):
        for language, said in texts.items():
            for text in said:
                assert (await run.send(outcome=outcome, text=text, language=language)).status_code == 201
    await run.send(outcome="yes", text="Vriendelijk geholpen aan het onthaal", language="nl")
    for number in range(4):  # copies are one voice
        await run.send(outcome="no", text="Graag een bankje bij de vijver" + "!" * number, language="nl")
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)

    async def told(query: str, headers: dict[str, str] | None = None) -> dict[str, list[tuple[str, int]]]:
        answer = await run.client.get(f"/api/phrases?{query}", headers=headers or run.bearer("viewer"))
        assert answer.status_code == 200, answer.text
        return {one["language"]: [(p["text"], p["voices"]) for p in one["phrases"]] for one in answer.json()["items"]}

    found = await told("outcome=no")
    assert found == {
        "nl": [("fietsenstalling aan het station", 3)],
        "fr": [("guichet est fermé", 3)],
        "de": [("aufzug im rathaus", 3)],
        "en": [("parking permit form", 3)],
    }
    assert await told("outcome=no&language=de") == {"de": found["de"]}
    assert await told("outcome=no&q=fietsenstalling") == {"nl": found["nl"]}
    assert await told("outcome=no&after=9007199254740991") == {} == await told("outcome=yes&language=en")
    for rows in found.values():
        for text, voices in rows:
            query = {"q": f'"{text}"'}
            page = (await run.client.get("/api/submissions", params=query, headers=run.bearer())).json()
            assert len(page["items"]) == voices, text
    _, village = await neighbour(run)
    assert await told("outcome=no", village) == {}
