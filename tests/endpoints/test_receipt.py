"""The receipt, over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path

from collector.receipt import code_from
from tests.patience import PATIENCE
from tests.start import ORIGIN, Running, running


async def test_it_shows_exactly_what_is_stored_and_when_it_was_read(run: Running) -> None:
    told = (
        await run.send(outcome="hard", text="Bel 0470 12 34 56", impact=["right", "time"], another_way="help")
    ).json()
    receipt = (await run.receipt(told["receipt"])).json()
    assert receipt["text"] == "Bel [phone]" and receipt["masked"] == ["phone"]
    assert receipt["impact"] == ["time", "right"]
    assert receipt["contact_points"][0]["phone"] == "+32 2 555 01 23"
    read = {"status": "read", "revision": 1}
    marked = await run.client.patch(f"/api/submissions/{told['id']}", json=read, headers=run.bearer())
    assert marked.json()["read_by"] == "Team editor"
    receipt = (await run.receipt(told["receipt"])).json()
    assert (receipt["status"], receipt["history"][-1]["by"]) == ("read", "Team editor")


async def test_a_mistyped_code_names_the_group_and_an_unknown_one_says_nothing_more(run: Running) -> None:
    code: str = (await run.send(outcome="no")).json()["receipt"]
    wrong = code[:13] + ("0" if code[13] != "0" else "1") + code[14:]
    mistyped = await run.receipt(wrong)
    assert (mistyped.status_code, mistyped.json()["groups"]) == (422, [3])
    unknown = await run.receipt(code_from(b"nobody has"))
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/receipt")
    assert (await run.client.get("/api/receipt")).status_code == 404


async def test_correcting_changes_what_is_named_and_is_masked_again(run: Running) -> None:
    code = (await run.send(outcome="no")).json()["receipt"]
    await run.receipt(code, "PATCH", text="mail mij: jan@voorbeeld.be", permissions={"quote": True, "invite": False})
    receipt = (await run.receipt(code)).json()
    assert receipt["text"] == "mail mij: [e-mail]" and receipt["permissions"]["quote"]
    refused = await run.receipt(code, "PATCH", rating=3)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["rating"])
    refused = await run.receipt(code, "PATCH", colour="red")
    assert refused.status_code == 422


async def test_what_is_erased_is_gone_within_a_second_everywhere(run: Running) -> None:
    told = (await run.send(text="zeldzaamwoord hier")).json()
    erased = await run.receipt(told["receipt"], "DELETE")
    assert erased.status_code == 200 and erased.json()["text"] is None and erased.json()["erased_at"]
    headers = run.bearer()
    assert (await run.client.get("/api/submissions", headers=headers)).json()["items"] == []
    assert "zeldzaamwoord" not in (await run.client.get("/api/export.csv", headers=headers)).text
    assert (await run.client.get("/api/counts", headers=headers)).json()["presses"] == 0
    one = (await run.client.get(f"/api/submissions/{told['id']}", headers=headers)).json()
    assert one["erased_at"] and one["text"] is None
    async with asyncio.timeout(1.5 * PATIENCE):
        while (await run.client.get("/api/submissions?q=zeldzaamwoord", headers=headers)).json()["items"]:
            await asyncio.sleep(0.05)
    assert (await run.receipt(told["receipt"], "DELETE")).status_code == 200
    assert (await run.receipt(told["receipt"], "PATCH", text="toch weer")).status_code == 404


async def test_guessing_gets_nowhere(tmp_path: Path) -> None:
    async with running(tmp_path, rate_limit=True) as run:
        codes = [(await run.receipt(code_from(number.to_bytes(10, "big")))).status_code for number in range(60)]
        assert codes[0] == 404 and codes[-1] == 429


async def test_pages_that_carry_a_placement_may_use_it_and_others_may_not(run: Running) -> None:
    code = (await run.send(outcome="no")).json()["receipt"]
    for origin, allowed in ((ORIGIN, ORIGIN), ("https://evil.example", None)):
        headers = {"authorization": f"Receipt {code}", "origin": origin}
        response = await run.client.get("/api/receipt", headers=headers)
        assert response.headers.get("access-control-allow-origin") == allowed


async def test_it_can_be_taken_along_as_a_file(run: Running) -> None:
    code = (await run.send(text="Mee")).json()["receipt"]
    response = await run.client.get("/api/receipt/export", headers={"authorization": f"Receipt {code}"})
    assert "attachment" in response.headers["content-disposition"] and response.json()["text"] == "Mee"
