"""Hooks, with a real receiver: each is told of everything it asked for, in order, at least once, and of nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.agency import Agency
from collector.change import MEMBER, READ, STATUS
from collector.errors import Refusal
from collector.hook import DAY_MS, PAUSES_SECONDS, TRIES, Hook, Hooking, Topic
from collector.live.hooks import HookPost, Teller
from collector.placement import Placement
from collector.store import hooks as hooks_module
from collector.store.changes import record
from collector.store.engine import Transaction
from collector.store.hooks import Answered, Told
from collector.store.store import Store
from collector.web.outside import Line, Outside
from tests.live.receiver import Receiver, receiver
from tests.often import often, proof
from tests.patience import PATIENCE
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival
from tests.template import template

URL = "https://tijdens.example"
BY = "Ann Peeters, Mobility office"
_keys = itertools.count(1)


class Clock:
    """`now()` is what it says; it goes on only when it is told to."""

    def __init__(self, at: int = NOW) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


def teller(store: Store, clock: Callable[[], int]) -> Teller:
    return Teller(store, KEYS, Outside(own=True), URL, "e1", clock)


def post(store: Store, clock: Callable[[], int]) -> HookPost:
    """One that does not wait long between two looks."""
    return HookPost(teller(store, clock), look_seconds=0.01, chance=lambda: 0.0)


async def hooked(store: Store, agency: Agency, url: str, *topics: Topic) -> tuple[Hook, str]:
    hooking = Hooking("Register", url, list(topics or ("voices",)))
    return await store.hooks.add(agency.id, hooking, KEYS, now=NOW, by=BY)


async def voice(store: Store, page: Placement, text: str = "Het lukte niet.", **said: Any) -> int:
    return (await store.submissions.receive(arrival(page, f"voice-{next(_keys):08}", text, **said))).id


async def noted(store: Store, agency: Agency, change: str, subject_id: int) -> None:
    async def body(tx: Transaction) -> None:
        await record(tx, agency.id, change, NOW, BY, subject_id)

    await store.engine.write(body)


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(5 * PATIENCE):
        while not holds():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def town(store: Store) -> AsyncIterator[tuple[Agency, Placement, Receiver]]:
    agency, page = await agency_with_page(store)
    async with receiver() as there:
        yield agency, page, there


async def test_it_names_ids_and_links_signed_and_never_words_or_colleagues(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, secret = await hooked(store, agency, there.url, "voices", "work")
        id_ = await voice(store, page, "Kanarie: mijn geheim.", language="nl")
        await store.submissions.mark(agency.id, id_, "read", revision=1, by=BY, now=NOW)
        clock = Clock(time.time_ns() // 1_000_000)  # the library looks at the clock of the machine
        async with post(store, clock):
            await there.wait(2)
            await until(lambda: store.hooks.sent == 2)
        first, second = there.got
        event = first.verified(secret)
        assert event == {
            "type": "submission.received",
            "timestamp": "2026-11-18T11:06:40.000Z",
            "data": {
                "agency": "town", "cursor": event["data"]["cursor"], "id": id_, "placement": "page", "decision": None,
                "api": f"{URL}/api/submissions/{id_}", "link": f"{URL}/dashboard#open={id_}",
            },
        }  # fmt: skip
        assert second.verified(secret)["type"] == READ
        for one in there.got:
            assert b"Kanarie" not in one.body and b"Ann" not in one.body and b"town.example" not in one.body
            assert one.headers["webhook-id"] == f"msg_e1_{one.event['data']['cursor']}"
            assert one.headers["content-type"] == "application/json"
        known = await store.hooks.one(agency.id, hook.id)
        assert (known.sent, known.tries, known.cursor) == (2, 0, there.cursors[1])


async def test_it_is_told_of_its_topics_of_its_agency_and_of_what_happens_from_now_on(store: Store) -> None:
    async with town(store) as (agency, page, there):
        village, square = await agency_with_page(store, "village", "square")
        await voice(store, page)
        await hooked(store, agency, there.url, "voices")
        await voice(store, square)
        id_ = await voice(store, page)
        await noted(store, agency, STATUS, id_)
        await noted(store, agency, MEMBER, 1)
        await noted(store, agency, "decision.phase", 1)
        last = await voice(store, page)
        async with post(store, Clock()):
            await there.wait(2)
            await until(lambda: store.hooks.sent == 2)
        assert [one.event["data"]["id"] for one in there.got] == [id_, last]
        assert village.id != agency.id


async def test_what_fails_is_tried_again_later_and_later_and_nothing_overtakes_it(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        first, second = await voice(store, page), await voice(store, page)
        there.answers = [(503, {}, b"busy"), (500, {}, b""), (302, {"location": there.url}, b"")]
        clock, waited = Clock(), []
        sender = post(store, clock)
        for number in range(1, 4):
            await sender.once(hook.id)
            await sender.once(hook.id)  # not its time yet
            known = await store.hooks.one(agency.id, hook.id)
            assert (known.tries, len(there.got), known.failing_since) == (number, number, NOW)
            assert known.retry_at is not None
            waited.append((known.retry_at - clock.at) // 1_000)
            clock.at = known.retry_at
        assert tuple(waited) == PAUSES_SECONDS[:3]
        assert store.hooks.waiting == {hook.id: NOW}
        await sender.once(hook.id)
        assert [one.event["data"]["id"] for one in there.got] == [first] * 4 + [second]
        assert len({one.headers["webhook-id"] for one in there.got[:4]}) == 1, "one message keeps its id"
        stamps = [int(one.headers["webhook-timestamp"]) for one in there.got[:4]]
        assert stamps == sorted(set(stamps)), "each try has its own moment"
        answers = await store.hooks.answers(agency.id, hook.id, before=2**53, limit=10)
        assert [(one.outcome, one.status, one.said) for one in reversed(answers)] == [
            ("refused", 503, "busy"), ("refused", 500, ""), ("refused", 302, ""), ("taken", 204, ""), ("taken", 204, ""),
        ]  # fmt: skip
        assert store.hooks.waiting == {} and (store.hooks.sent, store.hooks.failed) == (2, 3)


async def test_who_asks_for_patience_gets_it(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        await voice(store, page)
        there.answers = [(429, {"retry-after": "600"}, b"")]
        await post(store, Clock()).once(hook.id)
        assert (await store.hooks.one(agency.id, hook.id)).retry_at == NOW + 600_000


async def test_after_a_day_of_failing_it_is_paused_and_goes_on_where_it_stopped_when_it_is_told_to(
    store: Store,
) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        id_ = await voice(store, page)
        there.status, clock, tries = 500, Clock(), 0
        sender = post(store, clock)
        while (known := await store.hooks.one(agency.id, hook.id)).state == "on":
            assert clock.at - NOW < DAY_MS + 2 * PAUSES_SECONDS[-1] * 1_000
            clock.at, tries = known.retry_at or clock.at, tries + 1
            await sender.once(hook.id)
        assert (known.because, known.tries, tries > TRIES) == ("failing", tries, True)
        last = (await store.changes.after(0, 100))[-1]
        assert (last.change, last.id) == ("hook.changed", hook.id)
        await store.hooks.due(clock.at)
        assert (store.hooks.paused_number, store.hooks.waiting) == (1, {})
        there.status = 204
        await sender.once(hook.id)
        assert len(there.got) == tries, "a paused one is left alone"
        await store.hooks.turn(agency.id, hook.id, on=True, now=clock.at, by=BY)
        await sender.once(hook.id)
        known = await store.hooks.one(agency.id, hook.id)
        assert (known.state, known.because, known.sent, there.got[-1].event["data"]["id"]) == ("on", None, 1, id_)


async def test_one_that_says_it_is_gone_is_paused_at_once(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        await voice(store, page)
        there.status = 410
        await post(store, Clock()).once(hook.id)
        known = await store.hooks.one(agency.id, hook.id)
        assert (known.state, known.because) == ("paused", "gone")


async def test_one_that_is_slow_or_broken_holds_up_no_other_and_no_submission(store: Store) -> None:
    async with town(store) as (agency, page, there), receiver() as slow, receiver() as broken:
        slow.slow, broken.status = 3_600, 500
        for url in (slow.url, broken.url, there.url):
            await hooked(store, agency, url)
        async with post(store, Clock()):
            ids = [await voice(store, page) for _ in range(5)]
            await there.wait(5)
        assert [one.event["data"]["id"] for one in there.got] == ids
        assert len(slow.got) == len(broken.got) == 1


async def test_for_a_day_the_secret_before_a_new_one_signs_as_well(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, old = await hooked(store, agency, there.url)
        clock = Clock(time.time_ns() // 1_000_000)
        new = await store.hooks.rotate(agency.id, hook.id, KEYS, now=clock.at, by=BY)
        await voice(store, page)
        await post(store, clock).once(hook.id)
        assert there.got[0].verified(old) == there.got[0].verified(new)
        clock.at += DAY_MS
        await voice(store, page)
        await post(store, clock).once(hook.id)
        assert len(there.got[1].headers["webhook-signature"].split(" ")) == 1
        rows = await store.engine.fetch("hooks.by_id", id=hook.id)
        assert old not in str(dict(rows[0])) and new not in str(dict(rows[0])), "the store alone gives no secret away"


async def test_from_a_cursor_everything_is_sent_once_more_with_the_ids_it_had(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        for _ in range(4):
            await voice(store, page)
        sender = post(store, Clock())
        await sender.once(hook.id)
        await store.hooks.replay(agency.id, hook.id, there.cursors[1], now=NOW, by=BY)
        await sender.once(hook.id)
        assert there.cursors == [*there.cursors[:4], *there.cursors[2:4]]
        ids = [one.headers["webhook-id"] for one in there.got]
        assert ids[4:] == ids[2:4]


async def test_a_cursor_that_is_moved_while_something_is_on_its_way_stays_where_it_was_put(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        await voice(store, page)
        await voice(store, page)
        told = await store.hooks.next(hook.id, KEYS, NOW)
        assert told is not None
        await store.hooks.replay(agency.id, hook.id, 0, now=NOW, by=BY)
        assert await store.hooks.answered(told, Answered("taken", 204, 3), 0.0, NOW)
        assert (await store.hooks.one(agency.id, hook.id)).cursor == 0


async def test_a_topic_that_is_new_to_it_is_told_from_then_on(store: Store) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        sender = post(store, Clock())
        id_ = await voice(store, page)
        for _ in range(3):
            await noted(store, agency, STATUS, id_)
        await sender.once(hook.id)
        await store.hooks.change(agency.id, hook.id, Hooking("Register", there.url, ["voices", "work"]), now=NOW, by=BY)
        await noted(store, agency, STATUS, id_)
        await sender.once(hook.id)
        assert there.types == ["submission.received", STATUS]


async def test_a_log_that_concerns_nobody_is_looked_through_once(store: Store) -> None:
    """Also after a restart: how far it has looked is stored now and then."""
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url, "alarms")

        async def many(tx: Transaction) -> None:
            for _ in range(1_200):
                await record(tx, agency.id, STATUS, NOW, None, 1)

        await store.engine.write(many)
        await post(store, Clock()).once(hook.id)
        assert (await store.hooks.one(agency.id, hook.id)).cursor == await store.changes.last()
        assert await store.hooks.due(NOW) == [] and there.got == []
        assert page.agency_id == agency.id


async def test_of_its_answers_the_last_ones_of_a_month_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks_module, "KEPT", 20)
    async with town(store) as (agency, _, there):
        hook, _ = await hooked(store, agency, there.url)
        for number in range(23):
            await store.hooks.tested(agency.id, hook.id, "hook.test", Answered("taken", 204, number), NOW)
        kept = await store.hooks.answers(agency.id, hook.id, before=2**53, limit=1_000)
        assert (len(kept), kept[0].ms, kept[-1].ms) == (20, 22, 3)
        await store.hooks.tested(agency.id, hook.id, "hook.test", Answered("taken", 204, 7), NOW + 31 * DAY_MS)
        assert len(await store.hooks.answers(agency.id, hook.id, before=2**53, limit=1_000)) == 1


class Stumbling(Teller):
    """Stops dead between an answer and the note of it, when it is told to."""

    stops = False

    async def tell(self, line: Line, told: Told) -> Answered:
        answered = await super().tell(line, told)
        if self.stops:
            raise asyncio.CancelledError
        return answered


class Full(Teller):
    """After a message has arrived, nothing can be stored."""

    async def tell(self, line: Line, told: Told) -> Answered:
        await super().tell(line, told)
        raise Refusal("full")


async def test_when_nothing_can_be_stored_nobody_is_sent_the_same_again_and_again(store: Store) -> None:
    async with town(store) as (agency, page, there):
        await hooked(store, agency, there.url)
        await voice(store, page)
        full = Full(store, KEYS, Outside(own=True), URL, "e1", Clock())
        looks = 0
        async with HookPost(full, look_seconds=0.01, pauses=(0.3, 3_600)):
            await there.wait(2)
            async with asyncio.timeout(5 * PATIENCE):
                while looks < 20:
                    await asyncio.sleep(0.01)
                    looks += 1
        assert len(there.got) == 2


# a voice comes · the sender looks · its receiver is down or up again · it is killed after the next message arrived ·
# the collector starts anew · time goes on, jumps, goes back
STEPS = st.lists(
    st.sampled_from(["voice", "voice", "look", "look", "down", "up", "kill", "restart", "minute", "day", "back"]),
    max_size=25,
)


@proof
@settings(max_examples=often(8, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_stops_in_between_everything_comes_in_order_and_at_least_once(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_story(Path(folder), steps))


async def _story(folder: Path, steps: list[str]) -> None:
    (await template(0, populated=False)).lay(folder)
    store = await Store.open(f"sqlite:///{folder}/t.db")
    clock, sent = Clock(), []
    try:
        agency, page = await agency_with_page(store)
        async with receiver() as there:
            hook, _ = await hooked(store, agency, there.url)
            told = Stumbling(store, KEYS, Outside(own=True), URL, "e1", clock)
            sender = HookPost(told, chance=lambda: 0.5)

            async def look() -> None:
                with contextlib.suppress(asyncio.CancelledError):
                    await sender.once(hook.id)

            for step in [*steps, "up", "hour", "look"]:
                if step == "voice":
                    sent.append(await voice(store, page))
                elif step == "look":
                    await look()
                elif step in ("down", "up"):
                    there.status = 503 if step == "down" else 204
                elif step == "kill":
                    told.stops = True
                    await look()
                    told.stops = False
                elif step == "restart":
                    await store.close()
                    store = told.store = await Store.open(f"sqlite:///{folder}/t.db")
                    page = store.agencies.placement("page")
                else:
                    clock.at += {"minute": 60_000, "hour": 4_000_000, "day": DAY_MS, "back": -DAY_MS}[step]
                if (await store.hooks.one(agency.id, hook.id)).state == "paused":
                    await store.hooks.turn(agency.id, hook.id, on=True, now=clock.at, by=BY)
            taken = [one.event["data"]["id"] for one in there.got]
            assert list(dict.fromkeys(taken)) == sent, "each at least once, in the order of the log"
            newest = 0
            for id_ in taken:
                assert id_ >= newest, "nothing that came before something else is sent again after it"
                newest = id_
            assert (await store.hooks.one(agency.id, hook.id)).sent >= len(sent) > 0 or not sent
    finally:
        await store.close()


@pytest.mark.parametrize("state", ["failing", "gone"])
async def test_what_it_has_not_been_told_when_it_is_taken_away_is_gone_with_it(store: Store, state: str) -> None:
    async with town(store) as (agency, page, there):
        hook, _ = await hooked(store, agency, there.url)
        await voice(store, page)
        told = await store.hooks.next(hook.id, KEYS, NOW)
        assert told is not None
        await store.hooks.remove(agency.id, hook.id, now=NOW, by=BY)
        answer = Answered("refused", 410 if state == "gone" else 500, 3)
        assert not await store.hooks.answered(told, answer, 0.0, NOW)
        assert await store.hooks.list(agency.id) == [] and there.got == []
