"""A kiosk's key sends for its placement and nothing else; receipts can be issued before their words come."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.start import Running, running


async def kiosk(run: Running, name: str = "Hal van het stadhuis") -> tuple[int, str]:
    """(id, key) of a new kiosk."""
    body = {"placement": "page", "name": name}
    made = await run.client.post("/api/devices", json=body, headers=run.bearer("admin"))
    assert made.status_code == 201, made.text
    return made.json()["device"]["id"], made.json()["url"].split("#")[1]


def by(key: str) -> dict[str, str]:
    return {"authorization": f"Device {key}"}


async def test_a_kiosk_sends_for_its_placement_by_its_channel_alone(run: Running) -> None:
    _, key = await kiosk(run)
    body = {"placement": "page", "key": "kiosk-0001", "outcome": "no", "text": "De lift is stuk."}
    sent = await run.client.post("/api/submissions", json=body, headers=by(key))
    assert sent.status_code == 201
    assert (await run.receipt(sent.json()["receipt"])).json()["channel"] == "kiosk"
    for wrong in ({"placement": "gateway"}, {"channel": "paper"}, {"channel": "web"}):
        refused = await run.client.post(
            "/api/submissions", json={**body, "key": "kiosk-0002", **wrong}, headers=by(key)
        )
        assert refused.status_code == 403, wrong
    assert (await run.client.post("/api/submissions", json=body, headers=by("x" * 43))).status_code == 401
    for path in ("/api/submissions", "/api/me", "/api/devices"):
        assert (await run.client.get(path, headers=by(key))).status_code == 401


async def test_a_withdrawn_kiosk_sends_nothing_more_and_what_it_sent_stays(run: Running) -> None:
    number, key = await kiosk(run)
    body = {"placement": "page", "key": "kiosk-0001", "outcome": "no"}
    assert (await run.client.post("/api/submissions", json=body, headers=by(key))).status_code == 201
    assert (await run.client.delete(f"/api/devices/{number}", headers=run.bearer("admin"))).status_code == 204
    assert (await run.client.delete(f"/api/devices/{number}", headers=run.bearer("admin"))).status_code == 404
    assert (await run.client.post("/api/submissions", json=body, headers=by(key))).status_code == 401
    assert (await run.client.post("/api/devices/receipts", json={}, headers=by(key))).status_code == 401
    counted = (await run.client.get("/api/counts?channel=kiosk", headers=run.bearer())).json()
    assert counted["presses"] == 1


async def test_a_receipt_issued_before_opens_once_its_words_have_come(run: Running) -> None:
    _, key = await kiosk(run)
    issued = (await run.client.post("/api/devices/receipts", json={"number": 3}, headers=by(key))).json()["items"]
    assert len({one["receipt"] for one in issued}) == 3 and issued[0]["qr"].startswith("data:image/svg+xml;base64,")
    assert (await run.receipt(issued[0]["receipt"])).status_code == 404
    body = {"placement": "page", "key": issued[0]["key"], "outcome": "no", "text": "Van tevoren."}
    sent = await run.client.post("/api/submissions", json=body, headers=by(key))
    assert sent.json()["receipt"] == issued[0]["receipt"]
    assert (await run.receipt(issued[0]["receipt"])).json()["text"] == "Van tevoren."
    seen = (await run.client.get("/api/devices", headers=run.bearer("viewer"))).json()["items"][0]["seen_at"]
    assert seen is not None
    too_many = await run.client.post("/api/devices/receipts", json={"number": 500}, headers=by(key))
    assert too_many.status_code == 422


async def test_the_counter_has_receipts_beforehand_for_its_own_placements(run: Running) -> None:
    answer = await run.client.post("/api/counter/receipts", json={"placement": "page"}, headers=run.bearer())
    one = answer.json()["items"][0]
    body = {"placement": "page", "key": one["key"], "channel": "phone", "outcome": "yes"}
    taken = await run.client.post("/api/counter", json=body, headers=run.bearer())
    assert taken.json()["receipt"] == one["receipt"]
    assert (await run.client.post("/api/counter/receipts", json={"placement": "page"})).status_code == 401


async def test_a_kiosk_is_not_slowed_down_like_a_script(tmp_path: Path) -> None:
    async with running(tmp_path, rate_limit=True) as run:
        _, key = await kiosk(run)

        async def pressed(place: int, headers: dict[str, str]) -> int:
            body = {"placement": "page", "key": f"press-{len(headers)}-{place:04}", "outcome": "yes"}
            return (await run.client.post("/api/submissions", json=body, headers=headers)).status_code

        assert set(await asyncio.gather(*(pressed(place, by(key)) for place in range(150)))) == {201}
        alone = await asyncio.gather(*(pressed(place, {}) for place in range(150)))
        assert set(alone) == {201, 429}, "the same from the same address without its key"


async def test_the_page_of_a_kiosk_trusts_its_worker_and_no_other_script(run: Running) -> None:
    page = await run.client.get("/f/page?kiosk", headers={"accept": "text/html"})
    assert page.headers["content-security-policy"].endswith("trusted-types kiosk")
    plain = await run.client.get("/f/page", headers={"accept": "text/html"})
    assert plain.headers["content-security-policy"].endswith("trusted-types 'none'")
    worker = await run.client.get("/assets/dashboard/kiosk/worker.js")
    assert worker.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert worker.headers["service-worker-allowed"] == "/f/" and worker.headers["cache-control"] == "no-cache"
    other = await run.client.get("/assets/dashboard/kiosk/kiosk.js")
    assert "service-worker-allowed" not in other.headers


async def test_poster_and_clip_stand_on_their_pages(run: Running) -> None:
    agencies, now = run.app.parts.store.agencies, run.app.parts.now()
    await agencies.set_clips(agencies.placement("page"), {"nl": "https://clips.example/vgt"}, now=now, by=None)
    form = await run.client.get("/f/page?lang=nl", headers={"accept": "text/html"})
    assert "https://clips.example/vgt" in form.text
    assert "https://clips.example/vgt" not in (await run.client.get("/f/page?lang=fr")).text
    for language in ("nl", "fr", "de", "en"):
        poster = await run.client.get(f"/poster/page?lang={language}", headers={"accept": "text/html"})
        assert poster.status_code == 200 and "<svg" in poster.text and "/f/page" in poster.text
        screen = await run.client.get(f"/f/page?kiosk&lang={language}", headers={"accept": "text/html"})
        assert screen.status_code == 200 and screen.text.count('data-screen="ask"') == 4
        assert screen.text.count('data-screen="clip"') == 1 and 'href="https://clips' not in screen.text
        assert "kiosk." not in screen.text.replace("kiosk/kiosk.js", "").replace("pages/kiosk.css", "")
