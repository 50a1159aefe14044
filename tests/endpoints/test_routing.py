"""Routing rules: the first that fits wins, tried before they are saved, and a person's word counts more."""

from __future__ import annotations

from typing import Any

import pytest

from collector.contact_point import ContactPoint
from tests.start import Running

LIEGE = {"conditions": [{"field": "language", "values": ["fr"]}, {"field": "placement", "values": ["page"]}],
         "contact_point": "liege"}  # fmt: skip
GRAVE = {"conditions": [{"field": "grave", "values": ["yes"]}], "contact_point": "desk"}
REST: dict[str, Any] = {"conditions": [], "contact_point": "harbour"}


async def desks(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    agency = store.agencies.all()[0]
    for key, name in (("liege", "Liège desk"), ("harbour", "Harbour desk")):
        await store.agencies.add_contact_point(agency, ContactPoint(key, name, counter="Kaai 1"), now=now)


async def save(run: Running, *rules: dict[str, Any], revision: int = 0, role: str = "editor") -> Any:
    body = {"rules": rules, "revision": revision}
    return await run.client.put("/api/routing", json=body, headers=run.bearer(role))


async def attempt(run: Running, *rules: dict[str, Any]) -> Any:
    return await run.client.post("/api/routing/trial", json={"rules": rules}, headers=run.bearer())


async def voice(run: Running, sent: Any) -> dict[str, Any]:
    answer = await run.client.get(f"/api/submissions/{sent.json()['id']}", headers=run.bearer())
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def triage(run: Running, one: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    body = {"revision": one["revision"], **wanted}
    answer = await run.client.patch(f"/api/submissions/{one['id']}", json=body, headers=run.bearer())
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_first_rule_that_fits_says_where_a_voice_goes_and_its_receipt_says_so(run: Running) -> None:
    await desks(run)
    assert (await save(run, LIEGE, REST)).json()["revision"] == 1
    french, dutch = [await run.send(text="Le quai est étroit.", language="fr-BE"), await run.send(text="De kade.")]
    bare = await run.send(outcome="no", language="fr")
    assert [(await voice(run, sent))["contact_point"] for sent in (french, dutch, bare)] == ["liege", "harbour", None]
    one = await voice(run, french)
    assert (one["status"], one["routed"]) == ("new", 1)
    assert [(step["change"], step.get("detail"), step["by"]) for step in one["history"]] == [
        ("submission.received", None, None), ("submission.routed", "liege", None),
    ]  # fmt: skip
    code = french.json()["receipt"]
    assert (await run.receipt(code)).json()["meant_for"] == "Liège desk"
    page = await run.client.post("/r?lang=en", data={"code": code, "step": "see"})
    assert "It goes to Liège desk" in page.text


async def test_a_press_goes_where_its_words_belong_once_they_come(run: Running) -> None:
    await desks(run)
    await save(run, GRAVE, REST)
    sent = await run.send(outcome="no")
    code = sent.json()["receipt"]
    await run.receipt(code, "PATCH", text="De kade is te smal.")
    assert (await voice(run, sent))["contact_point"] == "harbour"
    await run.receipt(code, "PATCH", impact=["health"])
    one = await voice(run, sent)
    assert (one["contact_point"], one["routed"]) == ("desk", 1)
    await run.receipt(code, "PATCH", text="De kade is veel te smal.")
    routed = [step["detail"] for step in (await voice(run, sent))["history"] if step["change"] == "submission.routed"]
    assert routed == ["harbour", "desk"], "the same again is no step"


async def test_what_its_reader_says_it_is_can_send_it_on_until_a_person_decides(run: Running) -> None:
    await desks(run)
    await save(run, {"conditions": [{"field": "kind", "values": ["rule"]}], "contact_point": "liege"}, REST)
    sent = await run.send(text="De regel past niet.")
    one = await triage(run, await voice(run, sent), kind="rule", status="read")
    assert (one["contact_point"], one["routed"]) == ("liege", 1)
    one = await triage(run, one, kind=None)
    assert one["contact_point"] == "harbour", "taken back, it goes back"
    one = await triage(run, one, contact_point="desk")
    one = await triage(run, one, kind="rule")
    assert (one["contact_point"], one["routed"]) == ("desk", 0), "a person's word counts more"
    one = await triage(run, one, contact_point=None)
    assert (await triage(run, one, kind="idea"))["contact_point"] is None, "also the word that it goes nowhere"


async def test_a_theme_and_a_weight_that_its_reader_finds_send_it_on_too(run: Running) -> None:
    await desks(run)
    body = {"name": {"nl": "Kade", "fr": "Quai"}}
    theme = (await run.client.post("/api/themes", json=body, headers=run.bearer())).json()["id"]
    await save(run, {"conditions": [{"field": "theme", "values": [str(theme)]}], "contact_point": "liege"}, GRAVE)
    first, second = await run.send(text="De kade.", outcome="no"), await run.send(text="Ik viel.", outcome="no")
    sorting = {"add": [first.json()["id"]], "remove": []}
    await run.client.put(f"/api/themes/{theme}/submissions", json=sorting, headers=run.bearer())
    weighing = {"weight": "health", "text": "Ze viel.", "revision": 1}
    address = f"/api/submissions/{second.json()['id']}/weighing"
    assert (await run.client.post(address, json=weighing, headers=run.bearer())).status_code == 201
    assert [(await voice(run, sent))["contact_point"] for sent in (first, second)] == ["liege", "desk"]


async def test_rules_are_tried_on_what_came_in_and_move_nothing(run: Running) -> None:
    await desks(run)
    for number in range(5):
        await run.send(text=f"Le quai {number}.", language="fr")
    dutch = await run.send(text="De kade.", language="nl", impact=["health"])
    await run.send(outcome="yes")
    tried = (await attempt(run, LIEGE, GRAVE)).json()
    assert (tried["n"], [one["number"] for one in tried["rules"]], tried["none"]["number"]) == (6, [5, 1], 0)
    assert [one["text"] for one in tried["rules"][0]["examples"]] == ["Le quai 4.", "Le quai 3.", "Le quai 2."]
    assert tried["elsewhere"] == 6, "by no rules they went nowhere"
    assert (await voice(run, dutch))["contact_point"] is None
    await save(run, LIEGE)
    tried = (await attempt(run, LIEGE, GRAVE)).json()
    assert tried["elsewhere"] == 1
    assert (await attempt(run)).json()["none"]["number"] == 6
    listed = await run.client.get("/api/audit?kind=read", headers=run.bearer("admin"))
    assert sum(one["number"] for one in listed.json()["items"] if one["act"] == "words.listed") == 4


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"conditions": [], "contact_point": None}, "target"),
        ({"conditions": [], "contact_point": "nobody"}, "contact_point"),
        ({"conditions": [], "member": 999}, "member"),
        ({"conditions": [{"field": "placement", "values": ["elsewhere"]}], "contact_point": "desk"}, "conditions"),
        ({"conditions": [{"field": "outcome", "values": ["maybe"]}], "contact_point": "desk"}, "conditions"),
        ({"conditions": [{"field": "theme", "values": ["7"]}], "contact_point": "desk"}, "conditions"),
        ({"conditions": [{"field": "colour", "values": ["red"]}], "contact_point": "desk"}, "body"),
    ],
)
async def test_what_leads_nowhere_is_no_rule(run: Running, rule: dict[str, Any], field: str) -> None:
    for refused in (await save(run, rule), await attempt(run, rule)):
        assert refused.status_code == 422
        assert field == "body" or field in refused.json()["fields"]
    assert (await run.client.get("/api/routing", headers=run.bearer())).json()["rules"] == []


async def test_two_who_change_the_rules_both_keep_their_work(run: Running) -> None:
    await desks(run)
    first = (await save(run, LIEGE)).json()
    assert (await save(run, REST)).status_code == 412, "somebody was faster"
    assert (await save(run, REST, revision=7)).status_code == 412
    kept = first["rules"][0]
    second = (await save(run, REST, kept, revision=1)).json()
    assert [rule["id"] for rule in second["rules"]] == [2, 1], "a rule keeps its number wherever it stands"
    third = (await save(run, kept, revision=2)).json()
    fourth = (await save(run, kept, REST, revision=3)).json()
    assert [rule["id"] for rule in fourth["rules"]] == [1, 3], "and no number comes twice"
    assert third["by"] == "Team editor" and (await save(run, REST, role="viewer")).status_code == 403


async def test_a_rule_whose_desk_is_gone_is_passed_over_and_says_so(run: Running) -> None:
    await desks(run)
    await save(run, {"conditions": [], "contact_point": "liege"}, REST)
    await run.client.delete("/api/contact-points/liege", headers=run.bearer("admin"))
    assert (await run.client.get("/api/routing", headers=run.bearer("viewer"))).json()["lost"] == [1]
    assert (await voice(run, await run.send(text="De kade.")))["contact_point"] == "harbour"


async def test_a_rule_gives_a_voice_to_a_colleague_until_she_leaves(run: Running) -> None:
    inviting = {"email": "ann@town.example", "name": "Ann Peeters", "office": "Mobility", "role": "editor"}
    made = await run.client.post("/api/members", json=inviting, headers=run.bearer("admin"))
    ann = made.json()["member"]["id"]
    await save(run, {"conditions": [], "member": ann})
    one = await voice(run, await run.send(text="De kade."))
    assert (one["member"], one["contact_point"], one["routed"]) == (ann, None, 1)
    await run.client.delete(f"/api/members/{ann}", headers=run.bearer("admin"))
    routings = run.app.parts.store.routings
    await routings.load()  # as the feed does once the change comes by
    assert (await voice(run, await run.send(text="Nog eens.")))["member"] is None
