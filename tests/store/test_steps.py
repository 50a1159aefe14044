"""The steps of a decision, and what was promised: nothing is answered or decided while something waits."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector.decision import Expected, Writing
from collector.errors import Refusal
from collector.section import Section
from collector.store.steps import Anyway, Member, Step
from tests.start import Running
from tests.town import ANN, Town, said

RESULT = said("Zo doen we het.", "Nous ferons ainsi.")
WHY = said("Er was geen tijd.", "Le temps manquait.")
SCRIPT = Member("Import", "Import", named=False)


async def refused(town: Town, key: str, step: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        await town.step(key, step, **more)
    return found.value


async def test_nothing_is_public_before_the_five_are_there_in_both_languages(hall: Town) -> None:
    await hall.store.decisions.create(hall.agency.id, "square", hall.file(gain={"nl": "ja"}), now=hall.now, by="Ann")
    refusal = await refused(hall, "square", "publish")
    assert (refusal.code, refusal.fields) == ("incomplete", ("gain.fr",))
    with pytest.raises(Refusal, match="not_found"):
        hall.store.decisions.by_key("square")


async def test_nor_is_a_text_that_lacks_a_language(hall: Town) -> None:
    await hall.store.decisions.create(hall.agency.id, "square", hall.file(), now=hall.now, by="Ann")
    await hall.version("square", [Section("a", {"nl": "Alleen Nederlands."})], {"nl": "Nieuw."})
    assert (await refused(hall, "square", "publish")).fields == ("sections.fr", "note.fr")
    await hall.version("square", [Section("a", said("Nu ook Frans.", "Aussi en français."))])
    assert (await hall.step("square", "publish")).state == "published"
    with pytest.raises(Refusal, match="incomplete"):
        await hall.version("square", [Section("a", {"nl": "Alleen Nederlands."})])


async def test_a_team_without_themes_cannot_pass(hall: Town) -> None:
    await hall.publish("square", hall.file())
    [one] = await hall.voices("square", 1, "Ik woon hier.")
    for step in ("answered", "decided"):
        refusal = await refused(hall, "square", step, text=RESULT)
        assert refusal.code == "unanswered"
        assert refusal.members["unanswered"].unsorted == 1  # type: ignore[attr-defined]
    await hall.store.submissions.mark(hall.agency.id, one, "aside", revision=1, by="Ann", now=hall.now, aside="test")
    assert (await hall.step("square", "decided", text=RESULT)).state == "decided"


async def test_a_bare_press_is_no_voice_that_waits(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.voices("square", 3, None, effect="helps")
    assert (await hall.step("square", "decided", text=RESULT)).state == "decided"


async def test_a_theme_waits_until_its_response_is_public(hall: Town) -> None:
    await hall.publish("square", hall.file())
    ids = await hall.voices("square", 2, "Ik woon hier.")
    theme = await hall.theme("square", said("Wonen", "Habiter"), ids)
    refusal = await refused(hall, "square", "decided", text=RESULT)
    assert refusal.members["unanswered"].themes == 1  # type: ignore[attr-defined]
    await hall.answer([theme], "not_changed", WHY)
    decided = await hall.step("square", "decided", text=RESULT)
    assert (decided.state, decided.phase, decided.course.override) == ("decided", "implementing", None)


async def test_a_theme_of_another_decision_answers_nothing_here(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.publish("street", hall.file())
    ids = await hall.voices("square", 1, "Ik woon hier.")
    theme = await hall.theme("street", said("Wonen", "Habiter"), ids)
    await hall.answer([theme], "not_changed", WHY)
    assert (await refused(hall, "square", "decided", text=RESULT)).code == "unanswered"


async def test_grave_voices_are_read_first(hall: Town) -> None:
    await hall.publish("square", hall.file())
    [one] = await hall.voices("square", 1, "Ik kan niet anders.", another_way="no", impact=["health"])
    await hall.answer([await hall.theme("square", said("Wonen", "Habiter"), [one])], "not_changed", WHY)
    refusal = await refused(hall, "square", "decided", text=RESULT)
    assert refusal.members["unanswered"].grave_unread == 1  # type: ignore[attr-defined]
    revision = (await hall.store.submissions.one(hall.agency.id, one)).revision
    await hall.store.submissions.mark(hall.agency.id, one, "read", revision=revision, by="Ann", now=hall.now)
    assert (await hall.step("square", "decided", text=RESULT)).state == "decided"


async def test_a_member_publishes_it_anyway_with_a_reason_and_a_script_does_not(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.voices("square", 1, "Ik woon hier.")
    revision = hall.store.decisions.by_key("square").revision
    step = Step("decided", revision, text=RESULT, anyway=Anyway(WHY))
    with pytest.raises(Refusal, match="forbidden"):
        await hall.store.steps.take(hall.agency.id, "square", step, SCRIPT, now=hall.now)
    dutch = Step("decided", revision, text=RESULT, anyway=Anyway({"nl": "Daarom."}))
    with pytest.raises(Refusal, match="incomplete"):
        await hall.store.steps.take(hall.agency.id, "square", dutch, ANN, now=hall.now)
    half = Step("decided", revision, text=RESULT, anyway=Anyway(WHY, {"nl": "Wij antwoorden nog."}))
    with pytest.raises(Refusal, match="incomplete"):
        await hall.store.steps.take(hall.agency.id, "square", half, ANN, now=hall.now)
    decided = await hall.store.steps.take(hall.agency.id, "square", step, ANN, now=hall.now)
    override = decided.course.override
    assert override is not None and (override.by, override.unanswered.unsorted) == ("Ann Peeters", 1)


async def test_to_tell_is_to_say_what_was_decided_in_both_languages(hall: Town) -> None:
    await hall.publish("square", hall.file(promise="tell"))
    await hall.voices("square", 1, "Ik woon hier.")
    assert (await refused(hall, "square", "decided")).fields == ("text.nl", "text.fr")
    assert (await hall.step("square", "decided", text=RESULT)).state == "decided"


async def test_to_change_the_text_is_to_show_a_passage_that_people_moved(hall: Town) -> None:
    await hall.publish("square", hall.file(promise="change"))
    ids = await hall.voices("square", 1, "Ik woon hier.")
    theme = await hall.theme("square", said("Wonen", "Habiter"), ids)
    await hall.answer([theme], "changed", WHY)
    refusal = await refused(hall, "square", "decided", text=RESULT)
    assert refusal.members["text_unchanged"] is True
    await hall.version("square", [Section("a", said("Niemand mag door.", "Personne ne passe."))])
    await hall.version("square", [Section("a", said("Bewoners mogen door.", "Les habitants passent."))])
    assert (await refused(hall, "square", "decided", text=RESULT)).code == "unanswered"
    await hall.store.sections.link(
        hall.store.decisions.by_key("square"), section="a", version=2, before=said("Niemand", "Personne"),
        after=said("Bewoners", "Les habitants"), themes=[theme], now=hall.now, by="Ann",
    )  # fmt: skip
    assert (await hall.step("square", "decided", text=RESULT)).state == "decided"


async def test_by_hand_nothing_is_carried_out_before_it_is_decided(hall: Town) -> None:
    await hall.publish("square", hall.file())
    assert (await hall.step("square", "phase", phase="deciding")).phase == "deciding"
    for phase in ("implementing", "monitoring", "reformulating"):
        assert (await refused(hall, "square", "phase", phase=phase)).fields == ("phase",)
    await hall.step("square", "decided", text=RESULT)
    assert (await refused(hall, "square", "phase", phase="drafting")).fields == ("phase",)
    assert (await hall.step("square", "phase", phase="monitoring")).phase == "monitoring"


async def test_a_phase_that_is_yet_to_come_is_not_answered(hall: Town) -> None:
    await hall.publish("square", hall.file())
    assert (await refused(hall, "square", "answered", phase="monitoring")).fields == ("phase",)
    assert "agenda" in (await hall.step("square", "answered")).course.answered


async def test_withdrawn_and_opened_again_with_the_reason_and_the_voices_still_there(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.voices("square", 2, "Ik woon hier.")
    assert (await refused(hall, "square", "withdraw")).code == "incomplete"
    withdrawn = await hall.step("square", "withdraw", text=WHY)
    assert (withdrawn.state, withdrawn.is_open(hall.now)) == ("withdrawn", False)
    assert (await refused(hall, "square", "phase", phase="drafting")).code == "wrong_state"
    again = await hall.step("square", "reopen", text=WHY)
    assert (again.state, again.is_open(hall.now), again.course.withdrawn) == ("published", True, None)
    assert again.course.reopened is not None and again.course.reopened.text == WHY
    assert (await hall.store.decisions.unanswered(again)).unsorted == 2


async def test_what_was_decided_and_is_opened_again_is_being_decided_again(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.step("square", "decided", text=RESULT)
    again = await hall.step("square", "reopen", text=WHY)
    assert (again.phase_at(hall.now), again.course.decided) == ("deciding", None)
    await hall.step("square", "decided", text=RESULT)
    assert (await refused(hall, "square", "reopen", text=WHY, phase="implementing")).fields == ("phase",)
    assert (await hall.step("square", "reopen", text=WHY, phase="drafting")).phase_at(hall.now) == "drafting"


async def test_what_was_decided_then_withdrawn_and_is_opened_again_is_being_decided_again_too(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.step("square", "decided", text=RESULT)
    await hall.step("square", "withdraw", text=WHY)
    assert (await hall.step("square", "reopen", text=WHY)).phase_at(hall.now) == "deciding"


async def test_what_is_opened_again_to_be_looked_at_is_not_carried_out_again_by_hand(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.step("square", "decided", text=RESULT)
    await hall.step("square", "reopen", text=WHY, phase="monitoring")
    assert (await refused(hall, "square", "phase", phase="implementing")).fields == ("phase",)
    assert (await hall.step("square", "phase", phase="reformulating")).phase == "reformulating"


async def test_a_theme_that_nobody_spoke_on_yet_is_a_theme_that_waits(hall: Town) -> None:
    """Else a label, or its absence, would tell of a theme with few voices whether it has any."""
    await hall.publish("square", hall.file())
    theme = await hall.theme("square", said("Wonen", "Habiter"), [])
    refusal = await refused(hall, "square", "decided", text=RESULT)
    assert refusal.members["unanswered"].themes == 1  # type: ignore[attr-defined]
    await hall.answer([theme], "not_changed", WHY)
    assert (await hall.step("square", "decided", text=RESULT)).course.override is None


async def test_nobody_is_merged_away_from_what_was_promised(hall: Town) -> None:
    for key, promise in (("changing", "change"), ("answering", "answer"), ("telling", "tell")):
        await hall.publish(key, hall.file(promise=promise))
    assert (await refused(hall, "answering", "merge", into="telling")).fields == ("into",)
    assert (await refused(hall, "changing", "merge", into="answering")).fields == ("into",)
    assert (await hall.step("telling", "merge", into="answering")).state == "merged"
    assert (await hall.step("answering", "merge", into="changing")).state == "merged"


async def test_of_what_is_decided_the_promise_stays_as_it_was_kept(hall: Town) -> None:
    await hall.publish("square", hall.file(promise="tell"))
    decided = await hall.step("square", "decided", text=RESULT)
    writing = Writing(revision=decided.revision, promise="answer")
    with pytest.raises(Refusal) as found:
        await hall.store.decisions.write(hall.agency.id, "square", writing, now=hall.now, by="Ann")
    assert found.value.fields == ("promise",)


async def test_two_labels_of_one_decision_do_not_tell_together_who_came_in_between(hall: Town) -> None:
    await hall.publish("square", hall.file())
    told = []
    for more in (41, 2, 2, 1):
        await hall.voices("square", more, "Ik woon hier.", days=0)
        await hall.step("square", "answered", anyway=Anyway(WHY))
        document = await hall.store.public.document(hall.store.decisions.by_key("square"), hall.now)
        assert document.override is not None
        told.append(document.override.unanswered.unsorted)
    assert told == [41, 41, 41, 46]
    await hall.step("square", "decided", text=RESULT, anyway=Anyway(WHY))
    again = await hall.step("square", "reopen", text=WHY)
    assert again.course.override is None
    await hall.voices("square", 3, "Ik ook.", days=0)
    await hall.step("square", "decided", text=RESULT, anyway=Anyway(WHY))
    document = await hall.store.public.document(hall.store.decisions.by_key("square"), hall.now)
    assert document.override is not None and document.override.unanswered.unsorted == 46
    override = hall.store.decisions.by_key("square").course.override
    assert override is not None and override.unanswered.unsorted == 49, "the team sees what it is"


async def test_what_is_merged_takes_voices_themes_answers_and_passages_along(hall: Town) -> None:
    await hall.publish("old", hall.file(expected=[Expected("bus", said("De bus", "Le bus"))]))
    await hall.publish("new", hall.file())
    [one] = await hall.voices("old", 1, "Ik woon hier.")
    theme = await hall.theme("old", said("Wonen", "Habiter"), [one], expected="bus")
    await hall.answer([theme], "changed", WHY)
    await hall.version("old", [Section("a", said("Niemand.", "Personne."))])
    await hall.version("old", [Section("a", said("Bewoners.", "Habitants."))])
    passage = await hall.store.sections.link(
        hall.store.decisions.by_key("old"), section="a", version=2, before=said("Niemand.", "Personne."),
        after=said("Bewoners.", "Habitants."), themes=[theme], now=hall.now, by="Ann",
    )  # fmt: skip
    merged = await hall.step("old", "merge", into="new")
    new = hall.store.decisions.by_key("new")
    assert (merged.state, merged.merged_into) == ("merged", new.id)
    assert (await hall.store.submissions.one(hall.agency.id, one)).decision == "new"
    [moved] = await hall.store.themes.list(hall.agency.id, "new")
    assert (moved.id, moved.expected, moved.response is not None) == (theme, None, True)
    [trail] = await hall.store.themes.of_submission(hall.agency.id, one, now=hall.now)
    assert [found.id for found in trail.passages] == [passage.id] and trail.response is not None
    assert hall.store.decisions.reacted_to(hall.page, "old").key == "new"


async def test_what_comes_while_it_is_merged_follows_too(run: Running, town: Town) -> None:
    await town.publish("old", town.file())
    await town.publish("new", town.file())
    sending = [asyncio.create_task(run.send(text=f"nummer {n}", decision="old")) for n in range(60)]
    await asyncio.sleep(0.02)
    await town.step("old", "merge", into="new")
    sent = await asyncio.gather(*sending)
    assert {answer.status_code for answer in sent} == {201}
    assert (await run.send(text="nog een", decision="old")).status_code == 201
    listed = (await run.client.get("/api/submissions?decision=new&limit=100", headers=run.bearer())).json()["items"]
    assert len(listed) == 61
    left = (await run.client.get("/api/submissions?decision=old&limit=100", headers=run.bearer())).json()["items"]
    assert left == []


async def test_nothing_is_merged_into_itself_a_draft_or_what_is_decided(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await hall.publish("done", hall.file())
    await hall.step("done", "decided", text=RESULT)
    await hall.store.decisions.create(hall.agency.id, "draft", hall.file(), now=hall.now, by="Ann")
    for into in ("square", "draft", "done"):
        assert (await refused(hall, "square", "merge", into=into)).fields == ("into",)
    assert (await refused(hall, "square", "merge", into="nowhere")).code == "not_found"


async def test_two_that_are_merged_into_each_other_at_once_leave_one(hall: Town) -> None:
    for round_ in range(10):
        one, two = f"one-{round_}", f"two-{round_}"
        await hall.publish(one, hall.file())
        await hall.publish(two, hall.file())
        ends = await asyncio.gather(
            hall.step(one, "merge", into=two), hall.step(two, "merge", into=one), return_exceptions=True
        )
        states = {hall.store.decisions.by_key(key).state for key in (one, two)}
        assert states == {"merged", "published"} and sum(isinstance(end, Refusal) for end in ends) == 1


async def test_a_step_that_saw_something_older_is_told_so(hall: Town) -> None:
    decision = await hall.publish("square", hall.file())
    step = Step("phase", decision.revision, phase="drafting")
    await hall.store.steps.take(hall.agency.id, "square", step, ANN, now=hall.now)
    with pytest.raises(Refusal, match="stale"):
        await hall.store.steps.take(hall.agency.id, "square", step, ANN, now=hall.now)


@pytest.mark.parametrize(
    ("step", "states"),
    [
        ("publish", ("draft",)),
        ("withdraw", ("published", "decided")),
        ("reopen", ("decided", "withdrawn")),
        ("phase", ("published", "decided")),
        ("answered", ("published", "decided")),
        ("decided", ("published",)),
        ("merge", ("published", "decided")),
    ],
)
async def test_each_step_is_taken_from_its_states_and_no_other(hall: Town, step: Any, states: tuple[str, ...]) -> None:
    await hall.publish("other", hall.file())
    lead: dict[str, list[Any]] = {"draft": [], "published": ["publish"], "decided": ["publish", "decided"],
            "withdrawn": ["publish", "withdraw"], "merged": ["publish", "merge"]}  # fmt: skip
    for state, steps in lead.items():
        await hall.store.decisions.create(hall.agency.id, state, hall.file(), now=hall.now, by="Ann")
        more: dict[str, Any] = {"text": RESULT, "into": "other"}
        for before in steps:
            await hall.step(state, before, **more)
        phase = "monitoring" if (state, step) == ("decided", "phase") else "agenda"
        if state in states:
            await hall.step(state, step, **more, phase=phase)
        else:
            assert (await refused(hall, state, step, **more, phase=phase)).code == "wrong_state"


async def test_of_two_clients_who_decide_at_once_one_decides(run: Running, town: Town) -> None:
    for round_ in range(8):
        key = f"square-{round_}"
        revision = (await town.publish(key, town.file())).revision
        body = {"step": "decided", "revision": revision, "text": RESULT}
        answers = await asyncio.gather(
            *(run.client.post(f"/api/decisions/{key}/steps", json=body, headers=run.bearer()) for _ in range(2))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        work = (await run.client.get(f"/api/decisions/{key}/work", headers=run.bearer())).json()
        assert [act["change"] for act in work["history"]].count("decision.decided") == 1


async def test_whoever_speaks_while_it_is_decided_is_heard_before_it_or_comes_after_it(
    run: Running, town: Town
) -> None:
    """The check runs inside the transaction that publishes: a voice that was acknowledged before it is never passed by."""
    both = set()
    for round_ in range(25):
        key = f"square-{round_}"
        revision = (await town.publish(key, town.file())).revision
        body = {"step": "decided", "revision": revision, "text": RESULT}
        decide = run.client.post(f"/api/decisions/{key}/steps", json=body, headers=run.bearer())
        speak = run.send(text="Wacht nog even.", decision=key)
        calls = (decide, speak) if round_ % 2 else (speak, decide)
        first, second = await asyncio.gather(*calls)
        decided, spoken = (first, second) if round_ % 2 else (second, first)
        assert spoken.status_code == 201
        both.add(decided.status_code)
        acts = await town.store.changes.after(0, 10_000)
        cursor = {
            act.change: act.cursor for act in acts
            if (act.id, act.change) == (spoken.json()["id"], "submission.received")
            or (act.act is not None and act.act.decision == key and act.change == "decision.decided")
        }  # fmt: skip
        if decided.status_code == 200:
            assert cursor["decision.decided"] < cursor["submission.received"]
        else:
            assert (decided.status_code, decided.json()["unanswered"]["unsorted"]) == (409, 1)
    assert both <= {200, 409}


async def test_a_theme_that_gets_its_first_voice_while_it_is_decided_is_answered_or_comes_after_it(
    run: Running, town: Town
) -> None:
    for round_ in range(12):
        key = f"square-{round_}"
        await town.publish(key, town.file())
        [one] = await town.voices(key, 1, "Ik woon hier.", days=0)
        await town.store.submissions.mark(
            town.agency.id, one, "aside", revision=1, by="Ann", now=town.now, aside="test"
        )
        revision = town.store.decisions.by_key(key).revision
        step = {"step": "decided", "revision": revision, "text": RESULT}
        name = {"name": said("Wonen", "Habiter"), "decision": key, "submissions": [one]}
        decided, named = await asyncio.gather(
            run.client.post(f"/api/decisions/{key}/steps", json=step, headers=run.bearer()),
            run.client.post("/api/themes", json=name, headers=run.bearer()),
        )
        assert named.status_code == 201 and decided.status_code in (200, 409)
        history = await town.store.changes.of_decision(town.agency.id, town.store.decisions.by_key(key).id)
        acts = [act.change.removeprefix("decision.") for act in history]
        if decided.status_code == 200:
            assert acts.index("decided") < acts.index("theme")
        else:
            assert "decided" not in acts and decided.json()["unanswered"]["themes"] == 1


async def test_a_receipt_where_the_citizen_spoke_last_waits(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    sent = (await run.send(text="Ik woon hier.", decision="square")).json()
    theme = await town.theme("square", said("Wonen", "Habiter"), [sent["id"]])
    await town.answer([theme], "not_changed", WHY, days=0)
    headers = {"authorization": f"Receipt {sent['receipt']}"}
    added = await run.client.post("/api/receipt/messages", json={"text": "En mijn buurman?"}, headers=headers)
    assert added.status_code == 201
    refusal = await refused(town, "square", "decided", text=RESULT)
    assert refusal.members["unanswered"].waiting == 1  # type: ignore[attr-defined]
    told = {"text": "Uw buurman ook.", "kind": "note"}
    answered = await run.client.post(f"/api/submissions/{sent['id']}/messages", json=told, headers=run.bearer())
    assert answered.status_code == 201
    assert (await town.step("square", "decided", text=RESULT)).state == "decided"
