"""Alerts of saved views, with a real mail server and a real receiver: told in the rhythm that was chosen, once, no words."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.agency import LANGUAGES
from collector.alert import QUIET_MS, Alerting
from collector.live.alerts import LetterPost
from collector.live.mail import Mail
from collector.member import Inviting
from collector.pages.colleague import ColleagueLetters
from collector.placement import Placement
from collector.store.letters import CLAIM_MS
from collector.store.store import Store
from collector.token import Right
from collector.words import Words
from tests.live.mailbox import Mailbox, mailbox
from tests.live.receiver import receiver
from tests.live.test_hooks import Clock, hooked, post, voice
from tests.often import often, proof
from tests.patience import PATIENCE
from tests.store.arrivals import KEYS, NOW, agency_with_page
from tests.template import template

URL = "https://tijdens.example"
ANN = "ann@town.example"
DAY_MS = 86_400_000
EIGHT = int(datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Brussels")).timestamp() * 1_000)  # a Monday


class Desk:
    """A store with a member, who keeps views and is told of them. Nothing happens by itself: `look` looks, `send` sends."""

    def __init__(self, store: Store, box: Mailbox, clock: Clock, right: Right, page: Placement) -> None:
        self.store, self.box, self.clock, self.right, self.page = store, box, clock, right, page
        self._post = self.poster()

    def poster(self) -> LetterPost:
        mail = Mail(f"smtp://127.0.0.1:{self.box.port}", "tijdens@town.example")
        return LetterPost(self.store, mail, ColleagueLetters(Words(), URL, KEYS), "e1", self.clock)

    async def view(self, asked: dict[str, str], **alerting: Any) -> int:
        id_ = await self.store.saved_views.keep(self.right, "Harbour", asked, shared=True, now=self.clock())
        await self.store.alerts.choose(self.right, id_, Alerting(**alerting), now=self.clock())
        return id_

    async def voices(self, number: int = 1, **said: Any) -> list[int]:
        return [await voice(self.store, self.page, "Kanarie: te smal.", at=self.clock(), **said) for _ in range(number)]

    async def go(self, ms: int = 0) -> None:
        """Time goes on; it looks, and sends."""
        self.clock.at += ms
        await self.store.alerts.follow(self.clock())
        for letter_id in await self.store.letters.due(self.clock()):
            await self._post._send(letter_id)

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for _, letter in self.box.taken]


async def member(store: Store, agency_id: int, email: str = ANN, role: Any = "admin") -> Right:
    """One who has joined; without a password, whose hash would take longer than all the rest."""
    made, _ = await store.members.invite(agency_id, Inviting(email, "Ann Peeters", "Mobility", role), now=NOW, by=None)

    async def join(tx: Any) -> None:
        await tx.run("providers.arrive", id=made.id, agency_id=agency_id, now=NOW)

    await store.engine.write(join)
    return Right(0, agency_id, role, "Ann Peeters", member_id=made.id, office="Mobility")


@asynccontextmanager
async def sitting(store: Store, at: int = NOW) -> AsyncIterator[Desk]:
    agency, page = await agency_with_page(store)
    store.alerts.offered = True
    async with mailbox() as box:
        yield Desk(store, box, Clock(at), await member(store, agency.id), page)


def text_of(letter: Message) -> str:
    text: str = letter.get_content()  # type: ignore[attr-defined]
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_mail_says_how_many_where_and_the_way_out_and_nothing_of_what_was_said(
    store: Store, language: Any
) -> None:
    async with sitting(store) as desk:
        await desk.view({"status": "new", "words": "1"}, rhythm="at_once", language=language)
        await desk.voices(2, impact=["health"])
        await desk.go()
        ((to, letter),) = desk.box.taken
    text, words = text_of(letter), Words()
    assert to == ANN and letter["Subject"] == words.get(language, "alert.subject.new", view="Harbour", number=2)
    assert (
        words.get(language, "alert.unread", number=2) in text and words.get(language, "alert.grave", number=2) in text
    )
    assert "- page: 2\n" in text or "- Page: 2\n" in text or ": 2\n" in text
    assert f"{URL}/dashboard?lang={language}#status=new\n" in text
    off = str(letter["List-Unsubscribe"])
    assert off.startswith(f"<{URL}/alerts/off?") and off.strip("<>") in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kept_back in ("Kanarie", "smal", "{", "www.town.example"):
        assert kept_back not in text


async def test_at_once_is_at_once_and_what_comes_shortly_after_is_gathered(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await desk.voices(1)
        await desk.go(5_000)
        for _ in range(3):
            await desk.voices(1)
            await desk.go(60_000)
        assert desk.subjects == ["New in “Harbour”: 1"]
        await desk.go(QUIET_MS)
        assert desk.subjects[1:] == ["New in “Harbour”: 3"]
        await desk.go(DAY_MS)
        assert len(desk.subjects) == 2


async def test_of_what_was_dealt_with_meanwhile_nobody_is_told(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.view({"status": "new"}, rhythm="collected", language="en")
        first, second = await desk.voices(2)
        await desk.go(1_000)
        await store.submissions.mark(desk.right.agency_id, first, "read", revision=1, by="Ann", now=desk.clock())
        await desk.go(QUIET_MS)
        assert desk.subjects == ["New in “Harbour”: 1"]
        await desk.voices(1)
        await desk.go(1_000)
        (third,) = [one.id for one in await store.submissions.list(desk.right.agency_id, _new(), limit=1)]
        await store.submissions.mark(desk.right.agency_id, third, "read", revision=1, by="Ann", now=desk.clock())
        await desk.go(QUIET_MS)
        assert len(desk.subjects) == 1 and third > second


def _new() -> Any:
    from collector.store.submissions import Filter

    return Filter(status="new")


async def test_what_a_colleague_brings_into_a_view_is_new_there(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.voices(3)
        id_ = (await desk.voices(1))[0]
        await desk.view({"contact_point": "desk"}, rhythm="at_once", language="en")
        await desk.go(60_000)
        agency_id = desk.right.agency_id
        await store.submissions.mark(agency_id, id_, None, revision=1, by="Ann", now=desk.clock(), contact_point="desk")
        await desk.go(60_000)
        assert desk.subjects == ["New in “Harbour”: 1"]
        await store.submissions.mark(agency_id, id_, None, revision=2, by="Ann", now=desk.clock(), kind="fault")
        await desk.go(DAY_MS)
        assert len(desk.subjects) == 1, "what changes of it otherwise is not new"


async def test_a_view_that_searches_waits_until_the_words_can_be_found(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.view({"q": "kanarie"}, rhythm="at_once", language="en")
        await desk.voices(2)
        assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10 * PATIENCE)
        await desk.go(1_000)
        assert desk.subjects == ["New in “Harbour”: 2"]


async def test_every_morning_at_eight_and_every_monday_what_is_unanswered(store: Store) -> None:
    async with sitting(store, EIGHT - 3 * DAY_MS - 3_600_000) as desk:  # Friday, seven
        await desk.view({"words": "1"}, rhythm="daily", unanswered=True, language="en")
        ids = await desk.voices(2)
        await desk.go(3_500_000)
        assert desk.subjects == []
        await desk.go(200_000)
        assert desk.subjects == ["New in “Harbour”: 2"]
        await desk.go(DAY_MS)
        assert len(desk.subjects) == 1, "nothing new, no mail"
        await store.submissions.mark(desk.right.agency_id, ids[0], "read", revision=1, by="Ann", now=desk.clock())
        await store.submissions.mark(desk.right.agency_id, ids[0], "answered", revision=2, by="Ann", now=desk.clock())
        await desk.go(2 * DAY_MS)
        assert desk.subjects[1:] == ["Still unanswered in “Harbour”: 1"]
        text = text_of(desk.box.taken[1][1])
        assert "The oldest came on Friday 20 November." in text
        await desk.go(6 * DAY_MS)
        assert len(desk.subjects) == 2
        await desk.go(DAY_MS)
        assert desk.subjects[2:] == ["Still unanswered in “Harbour”: 1"]


async def test_programs_are_told_by_a_hook_of_the_view_and_how_many(store: Store) -> None:
    async with sitting(store) as desk, receiver() as there:
        hook, _ = await hooked(store, store.agencies.by_key("town"), there.url, "alerts")
        id_ = await desk.view({"words": "1"}, rhythm="collected", way="hook")
        await desk.voices(4)
        await desk.go(1_000)
        await desk.go(QUIET_MS)
        await post(store, desk.clock).once(hook.id)
        (got,) = there.got
        data = got.event["data"]
        assert (got.event["type"], data["id"], data["kind"], data["number"]) == ("alert.due", id_, "new", 4)
        assert b"Kanarie" not in got.body and desk.subjects == []


async def test_a_mail_server_that_fails_keeps_nobody_from_speaking_and_gets_the_same_letter_later(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await desk.voices(1)
        desk.box.down = True
        with pytest.raises(Exception, match="451"):
            await desk.go(1_000)
        assert len(await desk.voices(1)) == 1
        assert (store.letters.failed, store.letters.sent) == (1, 0)
        desk.box.down = False
        await desk.go(1_000)
        assert (
            desk.subjects == ["New in “Harbour”: 1"]
            and desk.box.taken[0][1]["Message-ID"] == "<letter-e1-1@town.example>"
        )
        await desk.go(CLAIM_MS)
        assert len(desk.subjects) == 2, "the second voice, gathered"


async def test_stopped_between_taking_and_noting_it_is_sent_once_more_under_the_same_name(store: Store) -> None:
    async with sitting(store) as desk:
        await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await desk.voices(1)
        await store.alerts.follow(desk.clock())
        (letter_id,) = await store.letters.due(desk.clock())
        assert await store.letters.claim(letter_id, desk.clock()) is not None
        assert await store.letters.claim(letter_id, desk.clock()) is None, "one sender alone"
        await desk.go(1_000)
        assert desk.subjects == []
        await desk.go(CLAIM_MS)
        assert len(desk.subjects) == 1
        await desk.go(CLAIM_MS)
        assert len(desk.subjects) == 1


async def test_who_left_or_let_the_view_go_or_has_no_such_address_is_written_no_more(store: Store) -> None:
    async with sitting(store) as desk:
        agency_id = desk.right.agency_id
        bob = await member(store, agency_id, "bob@town.example", "viewer")
        view = await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await store.alerts.choose(bob, view, Alerting(rhythm="at_once", language="en"), now=desk.clock())
        await desk.voices(1)
        await store.alerts.follow(desk.clock())
        await store.members.revoke(agency_id, bob.member_id or 0, now=desk.clock(), by="Ann")
        desk.box.answers = {ANN: "550 5.1.1 nobody"}
        await desk.go()
        assert desk.subjects == [] and await store.letters.due(desk.clock() + DAY_MS) == []
        desk.box.answers = {}
        await desk.voices(1)
        await store.alerts.follow(desk.clock() + DAY_MS)
        await store.saved_views.drop(desk.right, view, now=desk.clock())
        await desk.go(DAY_MS)
        assert desk.subjects == []


async def test_without_a_mail_server_nothing_is_written_and_nothing_is_lost(store: Store) -> None:
    async with sitting(store) as desk:
        store.alerts.offered = False
        await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await desk.voices(2)
        await desk.go(1_000)
        store.alerts.offered = True
        await desk.go(1_000)
        assert desk.subjects == ["New in “Harbour”: 2"]


async def test_a_hook_that_was_paused_is_told_to_everybody_who_manages(store: Store) -> None:
    async with sitting(store) as desk, receiver() as there:
        await member(store, desk.right.agency_id, "bob@town.example", "viewer")
        hook, _ = await hooked(store, store.agencies.by_key("town"), there.url)
        await desk.voices(1)
        there.status = 410
        await post(store, desk.clock).once(hook.id)
        await desk.go()
        assert [to for to, _ in desk.box.taken] == [ANN]
        text = text_of(desk.box.taken[0][1])
        assert "Register" in text and f"{URL}/dashboard?lang=nl#hooks" in text
        assert desk.box.taken[0][1]["List-Unsubscribe"] is None


STEPS = st.lists(
    st.sampled_from(["voice", "voice", "look", "send", "restart", "minutes", "day", "back", "down", "up"]), max_size=30
)


@proof
@settings(max_examples=often(6, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, rhythm=st.sampled_from(["at_once", "collected", "daily", "weekly"]))
def test_whatever_stops_and_whatever_the_clock_does_each_voice_is_told_once(steps: list[str], rhythm: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_story(Path(folder), steps, rhythm))


async def _story(folder: Path, steps: list[str], rhythm: Any) -> None:
    (await template(0, populated=False)).lay(folder)
    store, sent = await Store.open(f"sqlite:///{folder}/t.db"), 0
    try:
        async with sitting(store) as desk:
            await desk.view({"words": "1"}, rhythm=rhythm, language="en")
            for step in [*steps, "up", "look", "week", "week", "week"]:
                if step == "voice":
                    sent += len(await desk.voices(1))
                elif step in ("look", "send", "week"):
                    await _quietly(desk, 7 * DAY_MS if step == "week" else 0)
                elif step == "restart":
                    await store.close()
                    store = desk.store = await Store.open(f"sqlite:///{folder}/t.db")
                    store.alerts.offered = True
                    desk.page, desk._post = store.agencies.placement("page"), desk.poster()
                elif step in ("down", "up"):
                    desk.box.down = step == "down"
                else:
                    desk.clock.at += {"minutes": 200_000, "day": DAY_MS, "back": -DAY_MS}[step]
            assert sum(int(subject.rpartition(" ")[2]) for subject in desk.subjects) == sent
            names = [letter["Message-ID"] for _, letter in desk.box.taken]
            assert len(set(names)) == len(names)
    finally:
        await store.close()


async def _quietly(desk: Desk, ms: int) -> None:
    try:
        await desk.go(ms)
    except Exception:
        assert desk.box.down


def test_moments_of_the_tests_are_what_they_say() -> None:
    assert datetime.fromtimestamp(EIGHT / 1_000, UTC).strftime("%a %H") == "Mon 07"
    assert msgspec.convert({"rhythm": None}, Alerting) == Alerting()
