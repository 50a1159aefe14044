"""Saved views: kept, listed with what they hold, and let go."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from collector.change import VIEW
from collector.errors import Refusal
from collector.saved_view import A_HOLDER
from collector.store.alerts import forget_alerts
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import Right


class SavedViews:
    """Called by the team's endpoint."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def list(self, right: Right) -> list[Row]:
        """Rows with `id`, `holder`, `by`, `name`, `filter` (JSON) and `shared`: one's own and the team's, by name."""
        return await self._engine.fetch("saved_views.list", agency_id=right.agency_id, holder=right.holder_name)

    async def keep(self, right: Right, name: str, asked: Mapping[str, str], *, shared: bool, now: int) -> int:
        """The id of a new one. Refusal `too_many` for more than fifty of one holder."""
        which = {"agency_id": right.agency_id, "holder": right.holder_name}

        async def body(tx: Transaction) -> int:
            if (await tx.fetch("saved_views.number", **which))[0]["number"] >= A_HOLDER:
                raise Refusal("too_many")
            given = {"by": right.signed, "name": name, "filter": msgspec.json.encode(asked).decode()}
            rows = await tx.fetch("saved_views.insert", **which, **given, shared=int(shared), now=now)
            await record(tx, right.agency_id, VIEW, now, right.signed, int(rows[0]["id"]))
            return int(rows[0]["id"])

        return await self._engine.write(body)

    async def drop(self, right: Right, view_id: int, *, now: int) -> None:
        """Lets one go. Refusal `not_found` for one that is another's alone or of another agency, `forbidden` for a shared one
        of a colleague, unless an admin does it."""

        async def body(tx: Transaction) -> None:
            which = {"agency_id": right.agency_id, "id": view_id}
            rows = await tx.fetch("saved_views.one", **which, holder=right.holder_name)
            if not rows:
                raise Refusal("not_found")
            if rows[0]["holder"] != right.holder_name:
                right.need("admin")
            await forget_alerts(tx, right.agency_id, view_id)
            await tx.run("saved_views.delete", **which)
            await record(tx, right.agency_id, VIEW, now, right.signed, view_id)

        await self._engine.write(body)
