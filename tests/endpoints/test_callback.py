"""A call-back: the number stands apart, is shown to who opens the voice and may answer, and is gone once they spoke."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from collector.contact_point import ContactPoint
from tests.endpoints.test_contact_points import moment
from tests.start import Running

HTML = {"accept": "text/html"}
PHONE = "+32 470 12 34 56"
RINGS = ContactPoint("rings", "Case desk", phone="+32 2 555 01 24", task="case", calls_back=True)


async def asked(run: Running, **wish: Any) -> tuple[str, int]:
    """(code, id) of a voice whose author wants to be rung."""
    run.app.parts.now = lambda: moment("2026-11-25", "14:10")
    agencies = run.app.parts.store.agencies
    await agencies.add_contact_point(agencies.by_key("town"), RINGS, now=run.app.parts.now())
    sent = (await run.send(outcome="no", text="Bel mij.")).json()
    body = {"phone": PHONE, "language": "nl", "parts": ["evening", "morning"], **wish}
    answer = await ask(run, sent["receipt"], body)
    assert answer.status_code == 200, answer.text
    return sent["receipt"], sent["id"]


async def ask(run: Running, code: str, body: dict[str, Any]) -> Any:
    return await run.client.put("/api/receipt/callback", json=body, headers={"authorization": f"Receipt {code}"})


async def tried(run: Running, id_: int, reached: bool, role: str = "editor") -> Any:
    return await run.client.post(
        f"/api/submissions/{id_}/callback", json={"reached": reached}, headers=run.bearer(role)
    )


async def test_whoever_may_answer_sees_the_number_with_the_voice_and_nowhere_else(run: Running) -> None:
    code, id_ = await asked(run)
    one = f"/api/submissions/{id_}"
    found = (await run.client.get(f"{one}/callback", headers=run.bearer())).json()
    assert (found["phone"], found["parts"], found["language"]) == (PHONE, ["morning", "evening"], "nl")
    assert (await run.client.get(f"{one}/callback", headers=run.bearer("viewer"))).status_code == 403
    listed = await run.client.get("/api/submissions?callback=1", headers=run.bearer())
    assert [item["id"] for item in listed.json()["items"]] == [id_]
    assert (await run.client.get("/api/counts", headers=run.bearer())).json()["calls"] == 1
    places = [listed, await run.client.get(one, headers=run.bearer()), await run.receipt(code),
              await run.client.get("/api/export.jsonl", headers=run.bearer("admin")),
              await run.client.get("/api/export.csv", headers=run.bearer("admin"))]  # fmt: skip
    for answer in places:
        assert "12 34 56" not in answer.text and "470" not in answer.text
    assert (await run.receipt(code)).json()["callback"]["ends"] == "56"


async def test_the_receipt_says_when_somebody_tried_and_the_number_goes_once_they_spoke(
    run: Running, tmp_path: Path
) -> None:
    code, id_ = await asked(run)
    assert (await tried(run, id_, False)).status_code == 200
    run.app.parts.now = lambda: moment("2026-11-26", "09:00")
    page = (await run.client.post("/r?lang=en", data={"code": code}, headers=HTML)).text
    assert "Called, no answer" in page and "25 November 2026, 14:10" in page and "Called by Team editor" in page
    assert "number that ends in 56" in page and "Preferably: morning, evening." in page
    done = (await tried(run, id_, True)).json()
    assert done["phone"] is None and [one["reached"] for one in done["tries"]] == [False, True]
    page = (await run.client.post("/r?lang=en", data={"code": code}, headers=HTML)).text
    assert "Your number is erased." in page and "ends in" not in page
    assert (await tried(run, id_, False)).status_code == 409
    assert (await run.client.get("/api/submissions?callback=1", headers=run.bearer())).json()["items"] == []
    assert addresses(tmp_path) == [""]


def addresses(folder: Path) -> list[str]:
    """What is left of the numbers on the disk."""
    with sqlite3.connect(folder / "t.db") as database:
        return [row[0].strip("\0") for row in database.execute("select address from addresses")]


@pytest.mark.parametrize("way", ["taken back", "erased", "another"])
async def test_the_number_goes_when_it_is_taken_back_erased_or_another_takes_its_place(
    run: Running, tmp_path: Path, way: str
) -> None:
    code, id_ = await asked(run)
    headers = {"authorization": f"Receipt {code}"}
    if way == "taken back":
        await run.client.request("DELETE", "/api/receipt/callback", headers=headers)
    elif way == "erased":
        await run.receipt(code, "DELETE")
    else:
        await ask(run, code, {"phone": "0470 65 43 21", "language": "fr"})
    left = addresses(tmp_path)
    assert left == (["", "0470 65 43 21"] if way == "another" else [""])
    waits = await run.client.get(f"/api/submissions/{id_}/callback", headers=run.bearer())
    assert waits.status_code == (200 if way == "another" else 404)


async def test_the_log_says_that_it_was_asked_and_names_no_number(run: Running, tmp_path: Path) -> None:
    _, id_ = await asked(run)
    await tried(run, id_, False)
    with sqlite3.connect(tmp_path / "t.db") as database:
        rows = database.execute("select change, by, detail from changes where subject_id = ? order by cursor", (id_,))
        found = rows.fetchall()
    assert [row[0] for row in found] == ["submission.received", "submission.call_asked", "submission.call_tried"]
    assert all("470" not in str(row) for row in found) and found[1][1] is None


@pytest.mark.parametrize("phone", ["call me", "112", "+32 470 12 34 56 78 90 12", "１２３４５６７８９", "0470<script>"])
async def test_what_cannot_be_dialled_is_refused(run: Running, phone: str) -> None:
    code, _ = await asked(run)
    refused = await ask(run, code, {"phone": phone, "language": "nl"})
    assert refused.status_code == 422 and refused.json()["fields"].keys() == {"phone"}


async def test_nobody_is_promised_a_call_where_nobody_calls_back(run: Running) -> None:
    code = (await run.send(outcome="no", text="Iets.")).json()["receipt"]
    assert (await ask(run, code, {"phone": PHONE, "language": "nl"})).status_code == 409


async def test_the_plain_pages_offer_it_and_take_it_without_javascript(run: Running) -> None:
    code, id_ = await asked(run)
    await run.client.request("DELETE", "/api/receipt/callback", headers={"authorization": f"Receipt {code}"})
    page = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert "Wilt u dat iemand u belt?" in page and "probeert Case desk u te bellen" in page
    said = {"code": code, "step": "call", "phone": "12", "part": "morning"}
    wrong = await run.client.post("/r?lang=nl", data=said, headers=HTML)
    assert wrong.status_code == 422 and 'value="12"' in wrong.text
    right = await run.client.post("/r?lang=nl", data=said | {"phone": PHONE}, headers=HTML)
    assert "nummer dat eindigt op 56" in right.text and "12 34" not in right.text
    assert (await run.client.get(f"/api/submissions/{id_}/callback", headers=run.bearer())).json()["parts"] == [
        "morning"
    ]
