"""One's own case: handed over by nobody but its author, with the terms of the desk, and taken back by erasing."""

from __future__ import annotations

from typing import Any

from tests.endpoints.test_contact_points import moment
from tests.pages.test_talk import fill
from tests.start import Running

HTML = {"accept": "text/html"}


async def spoken(run: Running, **said: Any) -> tuple[str, int]:
    """(code, id) of a voice; the desks are there."""
    run.app.parts.now = lambda: moment("2026-11-25", "10:00")
    await fill(run)
    answer = (await run.send(outcome="no", text="Mijn toelage is gestopt.", **said)).json()
    return answer["receipt"], answer["id"]


async def hand(run: Running, code: str, key: str = "cases") -> Any:
    headers = {"authorization": f"Receipt {code}"}
    return await run.client.post("/api/receipt/handover", json={"contact_point": key}, headers=headers)


async def test_its_author_hands_it_over_and_the_receipt_says_where_it_is_and_by_when(run: Running) -> None:
    code, id_ = await spoken(run)
    before = (await run.receipt(code)).json()
    assert before["handed"] is None and [desk["key"] for desk in before["desks"]] == ["cases"]
    handed = (await hand(run, code)).json()["handed"]
    assert handed["contact_point"]["name"] == "Case desk"
    assert (handed["confirms_by"], handed["answers_by"]) == ("2026-12-09", "2026-12-28"), (
        "ten working days; thirty days"
    )
    page = (await run.client.post("/r?lang=en", data={"code": code}, headers=HTML)).text
    assert (
        "It is with Case desk, since Wednesday 25 November" in page and "by Wednesday 9 December at the latest" in page
    )
    assert "Handed by you to a desk for your own case" in page
    listed = (await run.client.get("/api/submissions?desk=cases", headers=run.bearer())).json()["items"]
    assert [one["id"] for one in listed] == [id_]
    assert (await run.client.get("/api/submissions?desk=desk", headers=run.bearer())).json()["items"] == []
    counts = (await run.client.get("/api/counts", headers=run.bearer())).json()
    assert counts["handed"] == {"cases": 1}


async def test_the_log_names_the_press_and_once_more_changes_nothing(run: Running) -> None:
    code, id_ = await spoken(run)
    await hand(run, code)
    await hand(run, code)
    history = (await run.client.get(f"/api/submissions/{id_}", headers=run.bearer())).json()["history"]
    assert [step["change"] for step in history] == ["submission.received", "submission.handed"]
    assert history[1]["by"] is None


async def test_it_goes_to_a_desk_for_cases_alone_and_is_open_again_then(run: Running) -> None:
    code, id_ = await spoken(run)
    for key in ("desk", "ombudsman", "nobody"):
        refused = await hand(run, code, key)
        assert refused.status_code == 422 and refused.json()["fields"].keys() == {"contact_point"}
    aside = {"status": "aside", "aside": "elsewhere", "revision": 1}
    await run.client.patch(f"/api/submissions/{id_}", json=aside, headers=run.bearer())
    await hand(run, code)
    one = (await run.client.get(f"/api/submissions/{id_}", headers=run.bearer())).json()
    assert (one["status"], one["desk"]) == ("new", "cases")


async def test_a_team_can_only_propose_it(run: Running) -> None:
    code, id_ = await spoken(run)
    address = f"/api/submissions/{id_}/messages"
    for body in ({"text": "", "kind": "handover"}, {"text": "x", "kind": "note", "contact_point": "cases"},
                 {"text": "", "kind": "handover", "contact_point": "desk"}):  # fmt: skip
        refused = await run.client.post(address, json=body, headers=run.bearer())
        assert refused.status_code == 422 and refused.json()["fields"].keys() == {"contact_point"}
    proposal = {"text": "Zij kennen uw dossier.", "kind": "handover", "contact_point": "cases"}
    told = await run.client.post(address, json=proposal, headers=run.bearer())
    assert told.status_code == 201 and told.json()["contact_point"] == "cases"
    assert (await run.receipt(code)).json()["handed"] is None, "nothing goes by itself"
    page = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert "Dit lijkt over uw eigen dossier te gaan." in page and '<details class="case" open>' in page
    pressed = await run.client.post(
        "/r?lang=nl", data={"code": code, "step": "hand", "contact_point": "cases"}, headers=HTML
    )
    assert "Het is bij Case desk" in pressed.text


async def test_erasing_takes_it_back(run: Running) -> None:
    code, _ = await spoken(run)
    await hand(run, code)
    await run.receipt(code, "DELETE")
    assert (await run.client.get("/api/submissions?desk=cases", headers=run.bearer())).json()["items"] == []
    gone = (await run.receipt(code)).json()
    assert gone["handed"] is None and gone["desks"] == []
    assert (await hand(run, code)).status_code == 404


async def test_without_such_a_desk_nothing_is_offered(run: Running) -> None:
    code = (await run.send(outcome="no", text="Iets.")).json()["receipt"]
    page = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert "Gaat dit over uw eigen dossier?" not in page and "Wilt u dat iemand u belt?" not in page
