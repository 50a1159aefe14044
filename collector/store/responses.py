"""The official answers. A response is one change: receipts find it through their theme when they are read."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from collector.agency import Agency
from collector.change import DECISION, RESPONSE, RESPONSE_DRAFT
from collector.errors import Refusal
from collector.public import PublicResponse
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.theme import Answering, Response, checked_answering


class Responses:
    """Called by the team's endpoints, and by whatever shows a theme."""

    def __init__(self, engine: Engine, decisions: Decisions) -> None:
        self._engine = engine
        self._decisions = decisions

    async def write(
        self, agency: Agency, answering: Answering, *, now: int, by: str | None, response_id: int | None = None
    ) -> Response:
        """A new response, or a new text of one. Published, it is there for all receipts of its themes at once. Refusal
        `invalid` with the fields, `not_found`, `stale` when somebody else wrote meanwhile."""
        answering = checked_answering(answering, agency.required_languages)

        async def body(tx: Transaction) -> int:
            listed = list(dict.fromkeys(answering.themes))
            found = await tx.fetch("responses.themes", agency_id=agency.id, themes=msgspec.json.encode(listed).decode())
            if len(found) != len(listed):
                raise Refusal("invalid", fields=("themes",))
            columns = {
                "agency_id": agency.id,
                "outcome": answering.outcome,
                "reason": msgspec.json.encode(answering.reason).decode(),
                "did_not_know": msgspec.json.encode(answering.did_not_know).decode(),
                "by_day": answering.by_day,
                "office": answering.office,
                "handed_to": answering.handed_to,
                "published_at": now if answering.publish else None,
                "by": by,
            }
            public = answering.publish
            if response_id is None:
                number = int((await tx.fetch("responses.insert", **columns, now=now))[0]["id"])
            else:
                number = response_id
                rows = await tx.fetch("responses.one", agency_id=agency.id, id=number)
                if not rows:
                    raise Refusal("not_found")
                if not await tx.run("responses.write", **columns, id=number, revision=answering.revision or 0):
                    raise Refusal("stale")
                if rows[0]["published_at"] is not None and not (public and set(ids(rows[0]["themes"])) <= set(listed)):
                    raise Refusal("wrong_state")  # what is public is changed in public, and no theme loses its answer
                await tx.run("responses.answer_nothing", id=number)
            await tx.run_many("responses.answer", [(theme, number) for theme in listed])
            await record(tx, agency.id, RESPONSE if public else RESPONSE_DRAFT, now, by, number)
            if public:
                for decision_id in sorted({row["decision_id"] for row in found if row["decision_id"] is not None}):
                    rows = await tx.fetch("decisions.one", agency_id=agency.id, id=decision_id)
                    await self._decisions.catch_up(tx, rows[0], now)
                    await record(tx, agency.id, DECISION + "response", now, by, decision_id)
                    await tx.run("decisions.touch", id=decision_id, now=now)
            return number

        number = await self._engine.write(body)
        if (
            answering.publish
        ):  # its decisions changed for their readers, not in what anybody writes of them: same revision
            await self._decisions.load()
        return await self.one(agency.id, number)

    async def one(self, agency_id: int, response_id: int) -> Response:
        """Refusal `not_found` for one of nobody or of another agency."""
        rows = await self._engine.fetch("responses.one", agency_id=agency_id, id=response_id)
        if not rows:
            raise Refusal("not_found")
        return shown(rows[0])

    async def list(self, agency_id: int, decision_id: int | None = None) -> list[Response]:
        """The newest five hundred, of one decision or of all."""
        if decision_id is None:
            rows = await self._engine.fetch("responses.list", agency_id=agency_id)
        else:
            rows = await self._engine.fetch(
                "responses.list", ("decision",), agency_id=agency_id, decision_id=decision_id
            )
        return [shown(row) for row in rows]

    async def of_themes(
        self, agency_id: int, themes: Iterable[int]
    ) -> dict[int, tuple[Response | None, Response | None]]:
        """theme → (its published response, its draft); the newest of each."""
        listed = msgspec.json.encode(list(themes)).decode()
        found: dict[int, tuple[Response | None, Response | None]] = {}
        for row in await self._engine.fetch("responses.of_themes", agency_id=agency_id, themes=listed):
            published, draft = found.get(row["theme_id"], (None, None))
            if row["published_at"] is not None:
                published = shown(row)
            else:
                draft = shown(row)
            found[row["theme_id"]] = (published, draft)
        return found


def shown(row: Row) -> Response:
    return Response(
        id=row["id"],
        themes=ids(row["themes"]),
        outcome=row["outcome"],
        reason=msgspec.json.decode(row["reason"]),
        did_not_know=msgspec.json.decode(row["did_not_know"]),
        by_day=row["by_day"],
        office=row["office"],
        handed_to=row["handed_to"],
        published_at=row["published_at"],
        by=row["by"],
        revision=row["revision"],
    )


def public(response: Response | None) -> PublicResponse | None:
    """What everybody may see of a published response."""
    if response is None or response.published_at is None:
        return None
    return PublicResponse(
        id=response.id,
        outcome=response.outcome,
        reason=response.reason,
        did_not_know=response.did_not_know,
        by_day=response.by_day,
        office=response.office,
        handed_to=response.handed_to,
        published_at=response.published_at,
        themes=len(response.themes),
    )


def ids(joined: str | None) -> list[int]:
    """`"3,1"` → `[1, 3]`."""
    return sorted(int(part) for part in joined.split(",")) if joined else []
