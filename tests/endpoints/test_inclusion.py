"""The inclusion test from the first word to the public sheet, and open again when people say otherwise."""

from __future__ import annotations

from typing import Any

import httpx2

from collector.inclusion import QUESTIONS
from tests.endpoints.test_members import invited, join
from tests.start import Running

BOTH = {"nl": "Aan het loket, van maandag tot zaterdag.", "fr": "Au guichet, du lundi au samedi."}
WHOLE = {
    "answers": dict.fromkeys(QUESTIONS, BOTH),
    "steps": [{"step": {"nl": "Aanvragen", "fr": "Demander"}, "way": BOTH}],
}
TEST = "/api/placements/page/inclusion"
DAY_MS = 86_400_000


async def colleague(run: Running, name: str, office: str) -> dict[str, str]:
    """The header of the session of an editor of that office."""
    answer = await join(
        run, await invited(run, email=f"{name.split()[0].lower()}@town.example", name=name, office=office)
    )
    run.client.cookies.clear()
    return {"cookie": answer.headers["set-cookie"].split(";")[0], "origin": run.url}


async def ask(run: Running, method: str, path: str, headers: dict[str, str], **body: Any) -> httpx2.Response:
    return await run.client.request(method, TEST + path, json=body or None, headers=headers)


async def line(run: Running) -> dict[str, Any]:
    listed = (await run.client.get("/api/inclusion", headers=run.bearer("viewer"))).json()["items"]
    return next(one for one in listed if one["placement"] == "page")


async def people(run: Running, number: int, **said: Any) -> None:
    for _ in range(number):
        assert (await run.send(**said)).status_code == 201


async def test_from_the_first_word_to_the_public_sheet(run: Running) -> None:
    ann = await colleague(run, "Ann Peeters", "Digital team")
    bob = await colleague(run, "Bob Maes", "Legal office")
    assert (await line(run))["state"] == "none"
    await people(run, 40, outcome="yes")
    await people(run, 7, outcome="no", another_way="no")
    await people(run, 6, reason="sign_in", another_way="help")
    begun = (await ask(run, "GET", "", ann)).json()
    assert (begun["revision"], begun["signed"], len(begun["missing"])) == (0, None, 2 * len(QUESTIONS) + 1)
    assert [(s["name"], s["number"], s["of"]) for s in begun["signals"]] == [
        ("left", 13, 53), ("sign_in", 6, 6), ("help", 6, 13), ("no_way", 7, 13),
    ]  # fmt: skip
    written = (await ask(run, "PUT", "", ann, revision=0, **WHOLE)).json()
    assert (written["missing"], written["revision"], written["mine"]) == ([], 1, True)
    assert (await ask(run, "PUT", "", ann, revision=0, **WHOLE)).status_code == 412
    assert (await ask(run, "PUT", "/published", ann, published=True)).status_code == 409
    assert (await run.client.get("/inclusion/page")).status_code == 404

    assert (await ask(run, "POST", "/verdict", ann, revision=1, verdict="yes")).status_code == 409
    lacking = await ask(run, "POST", "/verdict", bob, revision=1, verdict="with")
    assert (lacking.status_code, list(lacking.json()["fields"])) == (422, ["note.nl", "note.fr"])
    assert (await ask(run, "POST", "/verdict", bob, revision=9, verdict="yes")).status_code == 412
    note = {"nl": "Mits het loket blijft.", "fr": "Si le guichet reste."}
    signed = (await ask(run, "POST", "/verdict", bob, revision=1, verdict="with", note=note)).json()
    assert signed["signed"]["signer"] == {
        "name": "Bob Maes", "organisation": "Legal office", "member": signed["signed"]["signer"]["member"],
        "recorded_by": None,
    }  # fmt: skip
    assert (await line(run))["state"] == "signed" and (await run.client.get("/inclusion/page")).status_code == 404
    assert (await ask(run, "PUT", "/published", ann, published=True)).json()["published"] is True

    html = {"accept": "text/html"}
    page = (await run.client.get("/inclusion/page?lang=nl", headers=html)).text
    for said in ("Mits het loket blijft.", "Bob Maes, Legal office", "10 van 50 (20 %)", "5 van 10 (50 %)", BOTH["nl"]):
        assert said in page, said
    for exact in ("13 van", "van 53", "7 van", "6 van"):
        assert exact not in page
    await people(run, 1, outcome="no")  # what is public stands still
    assert "10 van 50 (20 %)" in (await run.client.get("/inclusion/page?lang=nl", headers=html)).text
    french = (await run.client.get("/inclusion/page?lang=fr", headers=html)).text
    assert "Si le guichet reste." in french and "{" not in french.split("<main")[1]
    assert (await ask(run, "PUT", "/published", ann, published=False)).json()["published"] is False
    assert (await run.client.get("/inclusion/page", headers=html)).status_code == 404


async def test_what_people_say_opens_it_again_and_so_does_a_year_and_another_word(run: Running) -> None:
    ann = await colleague(run, "Ann Peeters", "Digital team")
    store, parts = run.app.parts.store, run.app.parts
    await people(run, 54, outcome="yes")
    await people(run, 6, outcome="no")
    await ask(run, "PUT", "", ann, revision=0, **WHOLE)
    outside = {"verdict": "yes", "name": "Els Janssens", "organisation": "A council of users"}
    signed = (await ask(run, "POST", "/verdict", ann, revision=1, **outside)).json()
    assert signed["signed"]["signer"]["recorded_by"] == "Ann Peeters, Digital team"
    await ask(run, "PUT", "/published", ann, published=True)
    assert await store.inclusions.look(parts.now()) == 0
    await people(run, 10, outcome="no")  # 16 of 70: thirteen points more
    assert (await store.inclusions.look(parts.now()), await store.inclusions.look(parts.now())) == (1, 0)
    stands = await line(run)
    assert (stands["state"], stands["because"], stands["verdict"]) == ("reopened", "signals", "yes")
    page = (await run.client.get("/inclusion/page?lang=en", headers={"accept": "text/html"})).text
    assert "the test is open again" in page and "15 of 70 (21 %)" in page and "This service shuts nobody out." in page

    revision = (await ask(run, "GET", "", ann)).json()["revision"]
    again = (await ask(run, "POST", "/verdict", ann, revision=revision, **outside)).json()
    assert again["reopened"] is None and (await line(run))["state"] == "signed"
    changed = await ask(run, "PUT", "", ann, revision=again["revision"], **WHOLE)
    assert changed.json()["reopened"]["because"] == "written"
    last = await ask(run, "POST", "/verdict", ann, revision=changed.json()["revision"], **outside)
    assert last.status_code == 201
    assert await store.inclusions.look(parts.now() + 364 * DAY_MS) == 0  # nobody spoke lately: that says nothing
    assert await store.inclusions.look(parts.now() + 366 * DAY_MS) == 1
    assert (await line(run))["because"] == "year"


async def test_the_working_sheet_is_for_the_team_alone(run: Running) -> None:
    html = {"accept": "text/html"}
    nobody = await run.client.get("/inclusion/page/sheet", headers=html, follow_redirects=False)
    assert (nobody.status_code, nobody.headers["location"].split("?")[0]) == (303, "/sign-in")
    await ask(run, "PUT", "", run.bearer(), revision=0, answers={"value": {"nl": "Sneller."}}, steps=[])
    mine = await run.client.get("/inclusion/page/sheet?lang=nl", headers={**html, **run.bearer("viewer")})
    assert mine.status_code == 200 and "Sneller." in mine.text and "alleen het team" in mine.text
    assert (await run.client.get("/inclusion/nowhere/sheet", headers={**html, **run.bearer()})).status_code == 404
    assert (await run.client.get("/inclusion/nowhere", headers=html)).status_code == 404
