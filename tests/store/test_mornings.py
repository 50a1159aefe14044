"""The morning story in the store: one a working day, never the same twice, off after five unread."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from collector.day import start_of
from collector.errors import Refusal
from collector.member import Inviting
from collector.morning import Morning, MorningStep, Owning, is_time, paused_until
from collector.store.stories import Letter
from tests.store.arrivals import KEYS
from tests.town import DAY_MS, Town

KEY = "square"
HOUR = 3_600_000
PASSWORD = "vier losse woorden samen"
ZONE = "Europe/Brussels"


def at(day: str, hour: float = 9) -> int:
    return start_of(day, ZONE) + int(hour * HOUR)


# 2026-11-18 is a Wednesday, like the day of the town
WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, MONDAY = (
    "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-23",
)  # fmt: skip


async def member(town: Town, name: str = "Ann Peeters", office: str = "Mobility office", *, joins: bool = True) -> int:
    inviting = Inviting(f"{name.split()[0].lower()}@town.example", name, office, "editor")
    found, secret = await town.store.members.invite(town.agency.id, inviting, now=town.now, by=None)
    if joins:
        await town.store.members.join(secret, PASSWORD, now=town.now)
    return found.id


async def owned(town: Town, voices: int = 12) -> tuple[int, list[int]]:
    """(the owner, the voices) of a decision that Ann owns."""
    await town.publish(KEY, town.file())
    found = []
    for number in range(voices):
        found += await town.voices(KEY, text=f"Stem {number}.")
    ann = await member(town)
    await town.store.mornings.own(town.agency.id, KEY, Owning(ann, "nl"), now=town.now, by="Bob")
    return ann, found


def rows(town: Town, query: str) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    with closing(sqlite3.connect(town.store.engine._file)) as connection:
        return connection.execute(query).fetchall()


async def morning(town: Town, now: int) -> Morning:
    return (await town.store.mornings.list(town.agency.id, now))[0]


async def post(town: Town, now: int, lots: random.Random | None = None) -> list[Letter]:
    """What the mail would hold at `now`: drawn, claimed and sent."""
    stories = town.store.stories
    await stories.deal(now, (lots or random.Random(now)).random, KEYS.story)
    found = []
    for story_id in await stories.unsent(now):
        letter = await stories.claim(story_id, now)
        if letter is not None:
            found.append(letter)
            await stories.sent(story_id, now)
    return found


async def read(town: Town, letter: Letter, now: int) -> None:
    opened = await town.store.stories.open(KEYS.story(letter.decision_id, letter.submission_id), now)
    await town.store.stories.read(opened, now)


async def test_one_story_a_working_morning_and_never_the_same_twice(hall: Town) -> None:
    _, voices = await owned(hall, 4)
    days = [WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, "2026-11-22", MONDAY, "2026-11-24"]
    sent = {
        day: [one for hour in (7.9, 8, 9, 12, 17.9, 18, 23) for one in await post(hall, at(day, hour))] for day in days
    }
    assert [len(sent[day]) for day in days] == [1, 1, 1, 0, 0, 1, 0]  # the weekend, and then nobody is left
    letters = [letter for found in sent.values() for letter in found]
    assert {letter.submission_id for letter in letters} == set(voices)
    assert (letters[0].office, letters[0].title, letters[0].tongue) == ("Mobility office", hall.file().title, "nl")
    assert (letters[0].text or "").startswith("Stem")


def test_its_hour_is_the_agencys_own_and_holidays_are_free() -> None:
    assert [is_time(at(WEDNESDAY, hour), ZONE) for hour in (7.99, 8, 17.99, 18)] == [False, True, True, False]
    assert not is_time(at("2026-11-11"), ZONE) and not is_time(at(SATURDAY), ZONE)
    assert is_time(at(WEDNESDAY, 14), "America/New_York") and not is_time(at(WEDNESDAY, 9), "America/New_York")
    assert paused_until(WEDNESDAY, 3) == MONDAY  # a Saturday would be no working day


async def test_after_a_standstill_it_comes_once_and_later_that_day(hall: Town) -> None:
    await owned(hall)
    assert len(await post(hall, at(WEDNESDAY, 8))) == 1
    assert len(await post(hall, at("2026-11-26", 16))) == 1 and await post(hall, at("2026-11-26", 17)) == []


async def test_two_that_look_at_once_draw_one_story_and_send_one_mail(hall: Town) -> None:
    await owned(hall)
    stories, now = hall.store.stories, at(WEDNESDAY)
    drawn = await asyncio.gather(*(stories.deal(now, random.Random(n).random, KEYS.story) for n in range(8)))
    assert sum(drawn) == 1
    (story_id,) = await stories.unsent(now)
    letters = await asyncio.gather(*(stories.claim(story_id, now) for _ in range(8)))
    assert sum(letter is not None for letter in letters) == 1
    assert await stories.unsent(now) == []  # it is in somebody's hands
    assert await stories.unsent(now + 11 * 60_000) == [
        story_id
    ]  # who stopped before it was sent is followed by another


async def test_only_words_that_stand_and_that_she_has_not_read_are_drawn(hall: Town) -> None:
    ann, voices = await owned(hall, 5)
    store, agency = hall.store, hall.agency.id
    await hall.voices(KEY, 3, effect="helps")  # presses without words
    await store.submissions.mark(agency, voices[0], "read", revision=1, by="Ann", now=hall.now, member_id=ann)
    await store.submissions.mark(agency, voices[1], "aside", revision=1, by="Bob", now=hall.now, aside="test")
    await store.submissions.mark(agency, voices[2], "read", revision=1, by="Bob", now=hall.now, member_id=None)
    found = set()
    for day in (WEDNESDAY, THURSDAY, FRIDAY, MONDAY, "2026-11-24"):
        found |= {letter.submission_id for letter in await post(hall, at(day))}
    assert found == set(voices[2:])  # read by a colleague is not read by her; set aside is not drawn


async def test_five_unread_in_a_row_turn_it_off_and_anybody_of_the_team_turns_it_on(hall: Town) -> None:
    await owned(hall)
    days = [WEDNESDAY, THURSDAY, FRIDAY, MONDAY, "2026-11-24", "2026-11-25", "2026-11-26"]
    letters = [letter for day in days[:2] for letter in await post(hall, at(day))]
    await read(hall, letters[0], at(THURSDAY, 10))
    assert (await morning(hall, at(THURSDAY, 11))).unread == 1
    later = [*days[2:], "2026-11-27", "2026-11-30"]
    sent = [len(await post(hall, at(day))) for day in later]
    assert sent == [1, 1, 1, 1, 0, 0, 0]  # five since the one that was read, and then no more
    stands = await morning(hall, at("2026-11-27"))
    assert (stands.state, stands.off_because, stands.unread, stands.sent, stands.read) == ("off", "unread", 5, 6, 1)
    await hall.store.mornings.take(hall.agency.id, KEY, MorningStep("on"), now=at("2026-11-30", 10), by="Bob")
    assert (await morning(hall, at("2026-11-30", 11))).unread == 0
    assert len(await post(hall, at("2026-12-01"))) == 1
    details = [
        row[0] for row in rows(hall, "select detail from changes where change = 'morning.changed' order by cursor")
    ]
    assert details.count("off unread") == 1 and details.count("drawn") == 7 and details[-2:] == ["on", "drawn"]


async def test_reading_is_the_receipts_read_by_and_closes_the_reserved_lane(hall: Town) -> None:
    await hall.publish(KEY, hall.file())
    (voice,) = await hall.voices(KEY, text="Ik verlies mijn toelage.", another_way="no", impact=["right"])
    ann = await member(hall)
    await hall.store.mornings.own(hall.agency.id, KEY, Owning(ann, "fr"), now=hall.now, by=None)
    (letter,) = await post(hall, at(WEDNESDAY))
    assert (await hall.store.readings.lane(hall.agency.id, now=at(WEDNESDAY, 10))).read == 0
    await read(hall, letter, at(WEDNESDAY, 11))
    await read(hall, letter, at(WEDNESDAY, 12))  # twice is once
    seen = await hall.store.submissions.one(hall.agency.id, voice)
    assert (seen.status, seen.read_by, seen.read_at) == ("read", "Ann Peeters, Mobility office", at(WEDNESDAY, 11))
    history = await hall.store.changes.history(hall.agency.id, voice)
    assert [step.by for step in history if step.change == "submission.read"] == ["Ann Peeters, Mobility office"]
    assert (await hall.store.readings.lane(hall.agency.id, now=at(WEDNESDAY, 12))).read == 1


async def test_who_hands_over_or_pauses_is_not_asked_why_and_starts_from_nothing(hall: Town) -> None:
    ann, _ = await owned(hall)
    bob = await member(hall, "Bob Maes", "Legal office")
    take, agency = hall.store.mornings.take, hall.agency.id
    await post(hall, at(WEDNESDAY))
    await take(agency, KEY, MorningStep("pause", days=3), now=at(WEDNESDAY, 10), by="Ann")
    stands = await morning(hall, at(THURSDAY))
    assert (stands.state, stands.paused_until, stands.unread) == ("paused", MONDAY, 0)
    assert [len(await post(hall, at(day))) for day in (THURSDAY, FRIDAY, MONDAY)] == [0, 0, 1]
    await take(agency, KEY, MorningStep("hand_over", to=bob), now=at(MONDAY, 10), by="Ann")
    stands = await morning(hall, at(MONDAY, 11))
    assert (stands.owner.id, stands.reader.id, stands.reader.office, stands.state) == (ann, bob, "Legal office", "on")
    (letter,) = await post(hall, at("2026-11-24"))
    assert letter.email == "bob@town.example"


async def test_only_a_colleague_who_has_joined_can_get_them_and_who_leaves_gets_none(hall: Town) -> None:
    ann, _ = await owned(hall)
    waits = await member(hall, "Cas Smit", "Desk", joins=False)
    agency, mornings = hall.agency.id, hall.store.mornings
    for step in (MorningStep("hand_over", to=waits), MorningStep("hand_over", to=99), MorningStep("hand_over")):
        with pytest.raises(Refusal) as refused:
            await mornings.take(agency, KEY, step, now=hall.now, by=None)
        assert (refused.value.code, refused.value.fields) == ("invalid", ("to",))
    with pytest.raises(Refusal, match="invalid"):
        await mornings.own(agency, KEY, Owning(waits), now=hall.now, by=None)
    (letter,) = await post(hall, at(WEDNESDAY))
    secret = KEYS.story(letter.decision_id, letter.submission_id)
    await hall.store.members.revoke(agency, ann, now=hall.now, by=None)
    assert (await morning(hall, at(THURSDAY))).state == "gone" and await post(hall, at(THURSDAY)) == []
    with pytest.raises(Refusal, match="sign_in"):
        await hall.store.stories.open(secret, at(THURSDAY))
    await mornings.own(agency, KEY, Owning(None), now=hall.now, by=None)
    assert await mornings.list(agency, hall.now) == []
    with pytest.raises(Refusal, match="wrong_state"):
        await mornings.take(agency, KEY, MorningStep("on"), now=hall.now, by=None)


async def test_what_is_erased_before_the_mail_is_made_is_not_in_it_and_another_is_drawn(hall: Town) -> None:
    _, voices = await owned(hall, 2)
    stories, now = hall.store.stories, at(WEDNESDAY)
    await stories.deal(now, random.Random(1).random, KEYS.story)
    (story_id,) = await stories.unsent(now)
    ((first,),) = rows(hall, "select submission_id from stories")
    await erased(hall, first)
    assert await stories.claim(story_id, now) is None
    (letter,) = await post(hall, at(WEDNESDAY, 10))
    assert letter.submission_id in voices and letter.submission_id != first


async def erased(town: Town, submission_id: int) -> None:
    """By whoever wrote it."""
    ((code_hash,),) = rows(town, f"select code_hash from receipts where submission_id = {submission_id}")
    await town.store.receipts.erase(await town.store.receipts.open(code_hash), now=town.now + 1)


async def test_what_is_erased_after_the_mail_is_asked_back_once_and_cannot_be_read(hall: Town) -> None:
    await owned(hall, 2)
    stories = hall.store.stories
    (letter,) = await post(hall, at(WEDNESDAY))
    assert await stories.withdrawn(at(WEDNESDAY, 10)) == []
    await erased(hall, letter.submission_id)
    assert await stories.withdrawn(at(SATURDAY)) == [letter.id]  # this does not wait for a working day
    again = await stories.claim_recall(letter.id, at(SATURDAY))
    assert again is not None and again.text is None and again.page is None and again.email == "ann@town.example"
    assert await stories.claim_recall(letter.id, at(SATURDAY)) is None
    await stories.recalled(letter.id, at(SATURDAY))
    assert await stories.withdrawn(at(SATURDAY, 20)) == []
    with pytest.raises(Refusal, match="receipt"):
        await read(hall, letter, at(SATURDAY))


async def test_a_link_opens_its_own_story_for_two_weeks(hall: Town) -> None:
    await owned(hall)
    (letter,) = await post(hall, at(WEDNESDAY))
    secret = KEYS.story(letter.decision_id, letter.submission_id)
    assert len(secret) == 43
    opened = await hall.store.stories.open(secret, at(WEDNESDAY) + 14 * DAY_MS - 1)
    assert (opened.submission_id, opened.mine, opened.read_at) == (letter.submission_id, True, None)
    for wrong, now in ((secret, at(WEDNESDAY) + 14 * DAY_MS), (secret[:-1], at(WEDNESDAY)), ("", at(WEDNESDAY))):
        with pytest.raises(Refusal, match="sign_in"):
            await hall.store.stories.open(wrong, now)
