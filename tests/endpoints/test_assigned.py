"""Whose a voice is, among colleagues."""

from __future__ import annotations

from typing import Any

from tests.start import Running


async def invited(run: Running, name: str) -> int:
    body = {"email": f"{name.lower()}@town.example", "name": name, "office": "Mobility office", "role": "editor"}
    answer = await run.client.post("/api/members", json=body, headers=run.bearer("admin"))
    number: int = answer.json()["member"]["id"]
    return number


async def give(run: Running, id_: int, member: int | None) -> Any:
    one = (await run.client.get(f"/api/submissions/{id_}", headers=run.bearer())).json()
    body = {"revision": one["revision"], "member": member}
    return await run.client.patch(f"/api/submissions/{id_}", json=body, headers=run.bearer())


async def test_it_is_a_colleagues_found_and_counted_as_hers_until_it_is_answered(run: Running) -> None:
    ann = await invited(run, "Ann")
    told = (await run.send(text="De kade is te smal.")).json()
    await run.send(text="Iets anders.")
    given = (await give(run, told["id"], ann)).json()
    assert (given["member"], given["status"]) == (ann, "new"), "giving it to somebody is not reading it"
    found = (await run.client.get(f"/api/submissions?member={ann}", headers=run.bearer())).json()["items"]
    assert [one["id"] for one in found] == [told["id"]]
    assert (await run.client.get("/api/counts", headers=run.bearer())).json()["assigned"] == {str(ann): 1}
    for number, status in enumerate(("read", "answered")):
        body = {"revision": 2 + number, "status": status}
        await run.client.patch(f"/api/submissions/{told['id']}", json=body, headers=run.bearer())
    assert (await run.client.get("/api/counts", headers=run.bearer())).json()["assigned"] == {}
    assert (await give(run, told["id"], None)).json()["member"] is None
    history = (await run.client.get(f"/api/submissions/{told['id']}", headers=run.bearer())).json()["history"]
    steps = [step.get("detail") for step in history if step["change"] == "submission.assigned"]
    assert steps == [str(ann), "none"]
    receipt = (await run.receipt(told["receipt"])).json()
    assert "member" not in receipt
    assert not any(step["change"] == "submission.assigned" for step in receipt["history"]), "that is among colleagues"


async def test_it_is_never_given_to_somebody_of_another_agency_or_who_has_left(run: Running) -> None:
    ann = await invited(run, "Ann")
    store, now = run.app.parts.store, run.app.parts.now()
    told = (await run.send(text="De kade is te smal.")).json()
    village = await store.agencies.create("village", "The village", now=now)
    _, secret = await store.tokens.create(village.id, "admin", name="Village", now=now)
    body = {"email": "eve@village.example", "name": "Eve", "office": "Hall", "role": "editor"}
    eve = await run.client.post("/api/members", json=body, headers={"authorization": f"Bearer {secret}"})
    await run.client.delete(f"/api/members/{ann}", headers=run.bearer("admin"))
    for member in (ann, eve.json()["member"]["id"], 999):
        refused = await give(run, told["id"], member)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["member"])
