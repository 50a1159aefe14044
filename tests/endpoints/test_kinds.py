"""What a reader says a voice is, over HTTP."""

from __future__ import annotations

import csv
import io

from tests.start import Running


async def test_a_reader_says_what_it_is_and_its_author_sees_by_which_office(run: Running) -> None:
    sent = (await run.send(text="De regel past niet bij twee adressen.", outcome="no")).json()
    address = f"/api/submissions/{sent['id']}"
    for body in ({"revision": 1}, {"kind": "category", "revision": 1}):
        refused = await run.client.patch(address, json=body, headers=run.bearer())
        assert refused.status_code == 422
    viewer = await run.client.patch(address, json={"kind": "rule", "revision": 1}, headers=run.bearer("viewer"))
    assert viewer.status_code == 403
    said = await run.client.patch(address, json={"kind": "rule", "revision": 1}, headers=run.bearer())
    assert (said.json()["kind"], said.json()["status"]) == ("rule", "new")
    stale = await run.client.patch(address, json={"kind": "idea", "revision": 1}, headers=run.bearer())
    assert stale.status_code == 412
    listed = (await run.client.get("/api/submissions?kind=rule", headers=run.bearer())).json()["items"]
    assert [one["id"] for one in listed] == [sent["id"]]
    assert (await run.client.get("/api/counts", headers=run.bearer())).json()["kinds"] == {"rule": 1}
    exported = await run.client.get("/api/export.csv?kind=rule", headers=run.bearer())
    rows = list(csv.DictReader(io.StringIO(exported.text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in rows] == ["rule"]
    step = (await run.receipt(sent["receipt"])).json()["history"][-1]
    assert (step["change"], step["detail"]) == ("submission.kind", "rule")
    page = await run.client.post("/r?lang=nl", data={"code": sent["receipt"]})
    assert "Gezien als een regel die niet past" in page.text
    gone = await run.client.patch(address, json={"kind": None, "revision": 2}, headers=run.bearer())
    assert gone.json()["kind"] is None
    page = await run.client.post("/r?lang=nl", data={"code": sent["receipt"]})
    assert "Gezien als" not in page.text


async def test_the_receipt_says_how_its_reader_weighed_it_with_the_reason_and_the_office(run: Running) -> None:
    sent = (await run.send(text="Ik kreeg geen antwoord.", outcome="no", impact=["time"])).json()
    address = f"/api/submissions/{sent['id']}/weighing"
    body = {"weight": "right", "text": "Bel 0470 12 34 56. Rijksregister 85.07.30-033.28.", "revision": 1}
    for wrong in ({**body, "text": " "}, {**body, "weight": "not_said"}, {**body, "revision": 0}):
        assert (await run.client.post(address, json=wrong, headers=run.bearer())).status_code == 422
    told = await run.client.post(address, json=body, headers=run.bearer())
    assert (told.status_code, told.json()["weight"]) == (201, "right")
    assert "033" not in told.json()["text"] and "0470 12 34 56" in told.json()["text"]
    assert (await run.client.post(address, json=body, headers=run.bearer())).status_code == 412
    seen = (await run.receipt(sent["receipt"])).json()
    assert (seen["messages"][0]["kind"], seen["messages"][0]["by"]) == ("weighing", None)
    for language, words in (("nl", "zag hierin een verloren recht, want:"), ("fr", "y a vu un droit perdu, car :")):
        page = (await run.client.post(f"/r?lang={language}", data={"code": sent["receipt"]})).text
        assert words in page and "Bel 0470 12 34 56" in page
