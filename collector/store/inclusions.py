"""Inclusion tests: what is written, what people say meanwhile, the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from collector.change import INCLUSION
from collector.errors import Refusal
from collector.inclusion import (
    DAYS,
    SIGNALS,
    YEAR_DAYS,
    Author,
    Filling,
    Inclusion,
    InclusionLine,
    Question,
    Reopening,
    Signal,
    Signed,
    Signing,
    Step,
    checked_filling,
    checked_signer,
    is_of,
    missing_to_sign,
    risen,
)
from collector.placement import Placement
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.store.submissions import ID_STEPS
from collector.texts import checked_texts

DAY_MS = 86_400_000
NOTE_CHARACTERS = 240


class Inclusions:
    """Called by the team's endpoints, the public page, and the routine that looks whether a verdict still holds."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    def mine(self, agency_id: int, key: str) -> Placement:
        """A placement of an agency. Refusal `not_found` for any other."""
        for placement in self._agencies.placements(agency_id):
            if placement.key == key:
                return placement
        raise Refusal("not_found")

    async def list(self, agency_id: int) -> list[InclusionLine]:
        """Every placement, also where nobody began."""
        rows = {row["placement_id"]: row for row in await self._engine.fetch("inclusion.all", agency_id=agency_id)}
        return [_line(placement, rows.get(placement.id)) for placement in self._agencies.placements(agency_id)]

    async def one(self, placement: Placement, who: Author, now: int) -> Inclusion:
        """As it stands, for `who` asks."""
        found = await self._rows(placement)
        row = found[0] if found else None
        answers, steps, authors = _written(row)
        reopened = _reopened(row)
        return Inclusion(
            placement=placement.key,
            name=placement.name,
            answers=answers,
            steps=steps,
            signals=list(await self.signals(placement.id, now)),
            authors=authors,
            missing=missing_to_sign(answers, steps, self._agencies.agency(placement.agency_id).required_languages),
            signed=_signed(row),
            reopened=reopened,
            published=bool(row and row["published"]),
            mine=any(is_of(author, who.name, who.office) for author in authors),
            revision=row["revision"] if row else 0,
        )

    async def published(self, placement: Placement) -> tuple[Signed, Reopening | None]:
        """The last verdict, and why it holds no longer. Refusal `not_found` while nothing is public."""
        rows = await self._rows(placement)
        signed = _signed(rows[0]) if rows and rows[0]["published"] else None
        if signed is None:
            raise Refusal("not_found")
        return signed, _reopened(rows[0])

    async def write(self, placement: Placement, filling: Filling, who: Author, *, now: int, by: str | None) -> None:
        """All that is written, by one of its authors from then on. What was signed is open again. Refusal `stale` when it moved
        on since `filling.revision`, `invalid` naming what cannot be."""
        filling = checked_filling(filling)

        async def body(tx: Transaction) -> None:
            given: dict[str, Any] = {"agency_id": placement.agency_id, "placement_id": placement.id, "now": now}
            rows = await tx.fetch("inclusion.one", agency_id=placement.agency_id, placement_id=placement.id)
            row = rows[0] if rows else None
            if (row["revision"] if row else 0) != filling.revision:
                raise Refusal("stale")
            _, _, authors = _written(row)
            written = {
                "answers": _json(filling.answers),
                "steps": _json(filling.steps),
                "authors": _json(authors if who in authors else [*authors, who]),
            }
            if row is None:
                await tx.run("inclusion.insert", **given, **written)
            else:
                reopened = row["reopened"]
                if row["verdict_id"] is not None and reopened is None:
                    reopened = _json(Reopening("written", now))
                await tx.run("inclusion.write", **given, **written, reopened=reopened, revision=filling.revision)
            await record(tx, placement.agency_id, INCLUSION, now, by, placement.id, detail="written")

        await self._engine.write(body)

    async def sign(self, placement: Placement, signing: Signing, who: Author, *, now: int, by: str | None) -> None:
        """A verdict on all that is written, with the signals of this moment. Refusal `incomplete` with what is missing, `stale`
        when it moved on, `wrong_state` for whoever must not sign it (see `checked_signer`)."""
        languages = self._agencies.agency(placement.agency_id).required_languages
        note = checked_texts(signing.note, "note", NOTE_CHARACTERS)
        signals = list(await self.signals(placement.id, now))

        async def body(tx: Transaction) -> None:
            given: dict[str, Any] = {"agency_id": placement.agency_id, "placement_id": placement.id}
            rows = await tx.fetch("inclusion.one", **given)
            if not rows or rows[0]["revision"] != signing.revision:
                raise Refusal("stale")
            answers, steps, authors = _written(rows[0])
            signer = checked_signer(signing, authors, who)
            missing = missing_to_sign(answers, steps, languages)
            if signing.verdict != "yes":
                missing += [f"note.{code}" for code in languages if code not in note]
            if missing:
                raise Refusal("incomplete", fields=tuple(missing))
            signed = Signed(signing.verdict, note, signer, now, answers, steps, signals)
            verdict = await tx.fetch("inclusion.insert_verdict", **given, now=now, document=_json(signed))
            await tx.run("inclusion.sign", **given, verdict_id=verdict[0]["id"], revision=signing.revision, now=now)
            await record(tx, placement.agency_id, INCLUSION, now, by, placement.id, detail=f"signed {signing.verdict}")

        await self._engine.write(body)

    async def publish(self, placement: Placement, published: bool, *, now: int, by: str | None) -> None:
        """Shows the last verdict to everybody, or no longer. Refusal `wrong_state` before there is one."""

        async def body(tx: Transaction) -> None:
            given = {"agency_id": placement.agency_id, "placement_id": placement.id}
            if not await tx.run("inclusion.publish", **given, published=int(published)):
                raise Refusal("wrong_state")
            detail = "published" if published else "hidden"
            await record(tx, placement.agency_id, INCLUSION, now, by, placement.id, detail=detail)

        await self._engine.write(body)

    async def look(self, now: int) -> int:
        """Opens again each test of which people say otherwise, or whose year is over. Returns how many."""
        found = 0
        for row in await self._engine.fetch("inclusion.holding"):
            signed = msgspec.json.decode(row["document"], type=Signed)
            rose = risen(signed.signals, await self.signals(row["placement_id"], now))
            if rose:
                reopening = Reopening("signals", now, rose)
            elif now >= signed.signed_at + YEAR_DAYS * DAY_MS:
                reopening = Reopening("year", now)
            else:
                continue

            async def body(tx: Transaction, row: Row = row, reopening: Reopening = reopening) -> int:
                given = {"placement_id": row["placement_id"], "verdict_id": row["verdict_id"]}
                if not await tx.run("inclusion.reopen", **given, reopened=_json(reopening)):
                    return 0  # signed anew just now
                detail = f"reopened {reopening.because}"
                await record(tx, row["agency_id"], INCLUSION, now, None, row["placement_id"], detail=detail)
                return 1

            found += await self._engine.write(body)
        return found

    async def signals(self, placement_id: int, now: int) -> Sequence[Signal]:
        """What people said on its pages in the last ninety days, and of how many who were asked."""
        after = (now - DAYS * DAY_MS) * ID_STEPS
        row = (await self._engine.fetch("inclusion.signals", placement_id=placement_id, after=after))[0]
        return [Signal(name, row[f"n_{name}"], row[f"of_{name}"]) for name in SIGNALS]

    async def _rows(self, placement: Placement) -> Sequence[Row]:
        return await self._engine.fetch("inclusion.one", agency_id=placement.agency_id, placement_id=placement.id)


def _written(row: Row | None) -> tuple[dict[Question, dict[str, str]], list[Step], list[Author]]:
    if row is None:
        return {}, [], []
    return (
        msgspec.json.decode(row["answers"], type=dict[Question, dict[str, str]]),
        msgspec.json.decode(row["steps"], type=list[Step]),
        msgspec.json.decode(row["authors"], type=list[Author]),
    )


def _signed(row: Row | None) -> Signed | None:
    return msgspec.json.decode(row["document"], type=Signed) if row and row["document"] else None


def _reopened(row: Row | None) -> Reopening | None:
    return msgspec.json.decode(row["reopened"], type=Reopening) if row and row["reopened"] else None


def _line(placement: Placement, row: Row | None) -> InclusionLine:
    signed, reopened = _signed(row), _reopened(row)
    return InclusionLine(
        placement=placement.key,
        name=placement.name,
        state="none" if row is None else "open" if signed is None else "reopened" if reopened else "signed",
        verdict=signed.verdict if signed else None,
        signed_at=signed.signed_at if signed else None,
        because=reopened.because if reopened else None,
        published=bool(row and row["published"]),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
