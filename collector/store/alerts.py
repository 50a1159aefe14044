"""Alerts of saved views: who wants to be told, what has come into a view since, and when that is told.

It follows the log by a cursor of each alert. What is told (a letter to a colleague, a change that hooks are told of) is
written in the transaction that moves that cursor: whenever it stops, nothing is lost and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from collector.alert import (
    QUIET_MS,
    Alert,
    Alerting,
    Waiting,
    brings,
    is_due,
    is_monday_due,
    told_from,
)
from collector.change import ALERT_DUE, VIEW
from collector.errors import Refusal
from collector.receipt import Keys
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.store.search import match
from collector.store.submissions import Filter, conditions, filter_of
from collector.token import Right

BEHIND = 1_000  # so far the stored place may lie behind what was looked through and brought nothing
PLACES = 5  # placements that a letter names


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a letter says: how many, `grave` ones and such that nobody has read (`unread`) among them, on which placements most
    of them. `since`: the first of what is new was noticed then; `oldest`: the oldest of what is unanswered came then. `hook`,
    `because`: which one was paused, and why. No words."""

    number: int = 0
    grave: int = 0
    unread: int = 0
    places: list[tuple[str, int]] = []
    since: int | None = None
    oldest: int | None = None
    hook: str | None = None
    because: str | None = None


class Alerts:
    """Called by the endpoints of saved views, by the page that ends one, and by the routine that looks. `offered`: the operator
    has set up a mail server. `indexed`: up to which cursor words can be found."""

    def __init__(self, engine: Engine, agencies: Agencies, indexed: Callable[[], int]) -> None:
        self._engine = engine
        self._agencies = agencies
        self._indexed = indexed
        self._seen: dict[int, int] = {}
        self.offered = False

    async def of_views(self, right: Right) -> tuple[dict[int, Alert], dict[int, Alert]]:
        """(one's own, those of hooks), by the id of the view."""
        rows = await self._engine.fetch("alerts.of_views", agency_id=right.agency_id, member_id=right.member_id)
        mail = {row["view_id"]: _alert(row) for row in rows if row["member_id"] is not None}
        return mail, {row["view_id"]: _alert(row) for row in rows if row["member_id"] is None}

    async def choose(self, right: Right, view_id: int, alerting: Alerting, *, now: int) -> None:
        """How one is told of a view, from now on; or that one no longer is. Refusal `not_found` for a view that one does not
        see, `forbidden` for a mail to who is no member, and for hooks unless one manages them."""
        if alerting.way == "hook":
            right.need("admin")
        elif right.member_id is None:
            raise Refusal("forbidden")
        which = {
            "agency_id": right.agency_id, "view_id": view_id,
            "member_id": right.member_id if alerting.way == "mail" else None,
        }  # fmt: skip
        chosen = {"rhythm": alerting.rhythm, "unanswered": int(alerting.unanswered), "language": alerting.language}

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("saved_views.one", agency_id=right.agency_id, id=view_id, holder=right.holder_name):
                raise Refusal("not_found")
            if alerting.rhythm is None and not alerting.unanswered:
                await tx.run("alerts.forget_letters", **which, all=0)
                await tx.run("alerts.forget", **which, all=0)
            elif not await tx.run("alerts.change", **which, **chosen, now=now):
                await tx.run("alerts.put", **which, **chosen, now=now, told_at=now - QUIET_MS)
            await record(tx, right.agency_id, VIEW, now, right.signed, view_id, detail=f"alert {alerting.way}")

        await self._engine.write(body)

    async def stop(self, secret: str, keys: Keys) -> None:
        """Ends the alert of a link. Once more is no fault. Refusal `sign_in` for a link of nobody."""
        number = secret.partition("-")[0]
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise Refusal("sign_in")
        rows = await self._engine.fetch("alerts.one", id=int(number))
        if not rows:
            return  # it has ended already; whoever guesses learns nothing
        if not keys.same(keys.alert(rows[0]["id"], rows[0]["created_at"]), secret):
            raise Refusal("sign_in")

        async def body(tx: Transaction) -> None:
            await tx.run("alerts.stop_letters", id=int(number))
            await tx.run("alerts.stop", id=int(number))

        await self._engine.write(body)

    async def follow(self, now: int) -> None:
        """Looks what has come into each view, and tells what is due."""
        last = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        for row in await self._engine.fetch("alerts.all", offered=int(self.offered)):
            await self._look(await self._set_right(row, now), last, now)

    async def _set_right(self, row: Row, now: int) -> dict[str, Any]:
        """The same, with what a clock wrote that was far ahead set to now."""
        alert = dict(row)
        moments = {name: told_from(alert[name], now) for name in ("told_at", "monday_at")}
        if any(alert[name] != at for name, at in moments.items()):
            await self._write("alerts.clock_back", id=alert["id"], **moments)
        return alert | moments

    async def _look(self, alert: dict[str, Any], last: int, now: int) -> None:
        asked = msgspec.json.decode(alert["filter"], type=dict[str, str])
        narrowed = self._narrowed(alert["agency_id"], filter_of(asked))
        if narrowed is None:
            return
        upto = min(last, self._indexed()) if asked.keys() & {"q", "burst"} else last
        zone = self._agencies.agency(alert["agency_id"]).time_zone
        if alert["rhythm"] is not None:
            await self._look_for_new(alert, narrowed, brings(asked), upto, zone, now)
        if alert["unanswered"] and is_monday_due(alert["monday_at"], now, zone):
            await self._tell_unanswered(alert, narrowed, now)

    def _narrowed(self, agency_id: int, selected: Filter) -> tuple[list[str], dict[str, Any]] | None:
        """As `conditions`, and what is searched for with it."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None or selected.q is None:
            return narrowed
        fragments, parameters = narrowed
        expression = match(selected.q, agency_id, parameters.get("placement_id"))
        if expression is None:
            return None
        return [*fragments, "found"], {**parameters, "match": expression}

    async def _look_for_new(
        self,
        alert: dict[str, Any],
        narrowed: tuple[list[str], dict[str, Any]],
        changes: tuple[str, ...],
        upto: int,
        zone: str,
        now: int,
    ) -> None:
        fragments, parameters = [*narrowed[0], "moved"], {**narrowed[1], "changes": _json(changes), "upto": upto}
        seen = max(alert["seen"], self._seen.get(alert["id"], 0))
        found = seen < upto and await self._engine.fetch("alerts.any", fragments, **parameters, from_cursor=seen)
        first = alert["first_at"]
        if found:
            waiting = Waiting(now if first is None else first, now)
        elif first is not None:
            waiting = Waiting(first, alert["last_at"])
        else:
            self._seen[alert["id"]] = upto
            if upto - alert["seen"] >= BEHIND:
                await self._write("alerts.seen", id=alert["id"], upto=upto)
            return
        if is_due(alert["rhythm"], waiting, alert["told_at"], now, zone):
            rows = await self._engine.fetch("alerts.new", fragments, **parameters, from_cursor=alert["cursor"])
            facts = msgspec.structs.replace(self._facts(rows), since=waiting.first_at)
            await self._tell_new(alert, facts, upto, now)
        elif found:
            await self._write(
                "alerts.noticed", id=alert["id"], cursor=alert["cursor"], upto=upto,
                first_at=waiting.first_at, last_at=waiting.last_at,
            )  # fmt: skip

    def _facts(self, rows: list[Row]) -> Facts:
        names = [self._agencies.placement_by_id(row["placement_id"]).name for row in rows]
        known = [dict(row) for row in rows]
        return Facts(
            number=sum(row["number"] for row in known),
            grave=sum(row["grave"] for row in known),
            unread=sum(row.get("unread", 0) for row in known),
            places=[(name, row["number"]) for name, row in zip(names, known, strict=True)][:PLACES],
            oldest=min((row["oldest"] for row in known if "oldest" in row), default=None),
        )

    async def _tell_new(self, alert: dict[str, Any], facts: Facts, upto: int, now: int) -> None:
        """When all of it was dealt with meanwhile, there is nothing to tell, and the rhythm begins anew."""
        told_at = now if facts.number else alert["told_at"]

        async def body(tx: Transaction) -> None:
            given = {"id": alert["id"], "cursor": alert["cursor"], "upto": upto, "told_at": told_at}
            if await tx.run("alerts.told", **given) and facts.number:
                await _told(tx, alert, "new", facts, now)

        await self._engine.write(body)

    async def _tell_unanswered(
        self, alert: dict[str, Any], narrowed: tuple[list[str], dict[str, Any]], now: int
    ) -> None:
        facts = self._facts(await self._engine.fetch("alerts.unanswered", narrowed[0], **narrowed[1]))

        async def body(tx: Transaction) -> None:
            moved = await tx.run("alerts.told_monday", id=alert["id"], monday_at=alert["monday_at"], now=now)
            if moved and facts.number:
                await _told(tx, alert, "unanswered", facts, now)

        await self._engine.write(body)

    async def _write(self, query: str, **given: Any) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run(query, **given)

        await self._engine.write(body)


async def _told(tx: Transaction, alert: dict[str, Any], kind: str, facts: Facts, now: int) -> None:
    """A letter to the member whose alert it is, or a change of which hooks are told."""
    if alert["member_id"] is None:
        await record(tx, alert["agency_id"], ALERT_DUE, now, None, alert["view_id"], detail=f"{kind} {facts.number}")
        return
    await tx.run(
        "letters.insert", agency_id=alert["agency_id"], member_id=alert["member_id"], alert_id=alert["id"], kind=kind,
        language=alert["language"], facts=_json(facts), now=now,
    )  # fmt: skip


async def forget_alerts(tx: Transaction, agency_id: int, view_id: int) -> None:
    """A view is let go, and with it whoever is told of it."""
    for query in ("alerts.forget_letters", "alerts.forget"):
        await tx.run(query, agency_id=agency_id, view_id=view_id, member_id=None, all=1)


def _alert(row: Row) -> Alert:
    return Alert(row["rhythm"], bool(row["unanswered"]), row["language"])


def _json(facts: Any) -> str:
    return msgspec.json.encode(facts).decode()
