"""`decision import` and `decision export`: a decision from a file into the store, and back into a file."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import Any

import msgspec

from collector.agency import Agency
from collector.commands.bringing import Bringing
from collector.commands.decision_file import Document, FilePassage, FileResponse, FileTheme, Text
from collector.commands.decision_reader import said
from collector.commands.told import Place, Told
from collector.commands.yaml_lines import Lines
from collector.decision import PHASES, Decision, File
from collector.errors import Refusal, Unusable
from collector.store.store import Store
from collector.theme import Response, Theme


def agency_of(store: Store, named: str | None, key: str) -> Agency:
    """The agency that is named, else the one that has the decision, else the only one. Unusable when that is not clear."""
    if named:
        return store.agencies.by_key(named)
    for decision in store.decisions.all():
        if decision.key == key:
            return store.agencies.agency(decision.agency_id)
    all_ = store.agencies.all()
    if len(all_) == 1:
        return all_[0]
    if not all_:
        raise Unusable("there is no agency yet: see `agency create`")
    raise Unusable(f"say whose decision it is: --agency with one of {', '.join(one.key for one in all_)}")


async def import_decision(store: Store, place: Place, given: dict[str, Any]) -> Told:
    """`file`: its name; `document` and `lines` as `decision_reader.read` gives them."""
    document = msgspec.convert(given["document"], Document)
    lines: Lines = given["lines"]
    agency = agency_of(store, given.get("agency"), document.key)
    bringing = Bringing(store, agency, document, time.time_ns() // 1_000_000)
    try:
        decision = await bringing.bring()
    except Refusal as refusal:
        return Told(err=_why(store, agency, refusal, lines, given["file"], bringing.under), failed=True)
    except Unusable as error:
        where = f"{given['file']}, " if bringing.under else ""
        return Told(err=f"{where}{error}", failed=True)
    done = "; ".join(bringing.done) or "nothing was new"
    shown = f" {place.public_url}/d/{decision.key}" if decision.public else " Nobody outside sees it yet."
    return Told(decision.key, f"{done[0].upper()}{done[1:]}.{shown}")


def _why(store: Store, agency: Agency, refusal: Refusal, lines: Lines, name: str, under: str) -> str:
    if refusal.code == "exists":
        return f"{name}: another agency has a decision with this key; choose another"
    if refusal.code == "unanswered":
        waits = refusal.members["unanswered"]
        return (
            f"{name}: it is not decided yet, because something waits for an answer: {_counted(waits)}. Answer that, or "
            "let a member decide it in the dashboard with a reason"
        )
    sentence = said(refusal, lines, name, under)
    if "contact_point" in refusal.fields:
        known = ", ".join(point.key for point in store.agencies.contact_points(agency.id))
        sentence += f" {agency.key} has {known or 'none yet: see `contact create`'}."
    if "placements" in refusal.fields:
        known = ", ".join(placement.key for placement in store.agencies.placements(agency.id))
        sentence += f" {agency.key} has {known or 'none yet: see `placement create`'}."
    return sentence


def _counted(waits: Any) -> str:
    named = {"unsorted": "voices in no theme", "themes": "themes without a response",
             "grave_unread": "grave voices unread", "waiting": "receipts where a citizen waits"}  # fmt: skip
    found = [f"{getattr(waits, name)} {words}" for name, words in named.items() if getattr(waits, name)]
    return ", ".join(found) or "no passage of a later version is linked to a theme"


async def export_decision(store: Store, place: Place, given: dict[str, Any]) -> Told:
    """The document as JSON; the command line writes the file of it."""
    for decision in store.decisions.all():
        if decision.key == given["key"]:
            break
    else:
        known = ", ".join(sorted(one.key for one in store.decisions.all())) or "none yet"
        raise Unusable(f"there is no decision {given['key']}; there are {known}")
    if decision.state == "merged":
        raise Unusable(f"{decision.key} was merged into {store.decisions.where_it_went(decision).key}: export that one")
    document = await document_of(store, decision, time.time_ns() // 1_000_000)
    return Told(msgspec.json.encode(document).decode())


async def document_of(store: Store, decision: Decision, now: int) -> Document:
    """All of a decision that a file holds; voices and what happened when are not in it."""
    course, agency_id = decision.course, decision.agency_id
    ending = {"decided": course.decided, "withdrawn": course.withdrawn}.get(decision.state)
    themes = list(await store.themes.list(agency_id, decision.key))
    themes.sort(key=lambda theme: theme.id)
    keys = _keys(themes)
    responses: dict[int, Response] = {}
    for theme in themes:
        for response in (theme.response, theme.draft):
            if response is not None:
                responses[response.id] = response
    versions = [await store.sections.version(decision, number) for number in range(1, decision.version + 1)]
    return Document(
        **{name: getattr(decision.file, name) for name in File.__struct_fields__},
        key=decision.key,
        state=decision.state,  # type: ignore[arg-type]  # a merged one is not exported
        result=ending.text if ending else {},
        phase=_by_hand(decision, now),
        text=[Text(version.sections, version.note) for version in versions],
        themes=[FileTheme(keys[theme.id], theme.name, theme.expected) for theme in themes],
        responses=[
            FileResponse(
                [keys[theme] for theme in one.themes if theme in keys], one.outcome, one.reason, one.office,
                one.did_not_know, one.by_day, one.handed_to, one.published_at is not None,
            )
            for _, one in sorted(responses.items())
        ],
        passages=[
            FilePassage(
                one.section, one.version, one.before, one.after, [keys[theme] for theme in one.themes if theme in keys]
            )
            for one in await store.sections.passages(decision)
        ],
    )  # fmt: skip


def _keys(themes: list[Theme]) -> dict[int, str]:
    """A key for each theme, out of its name, so that the file reads by itself."""
    found: dict[int, str] = {}
    for theme in themes:
        name = unicodedata.normalize("NFKD", next(iter(theme.name.values()), "")).encode("ascii", "ignore").decode()
        key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].rstrip("-") or "theme"
        found[theme.id] = key if key not in found.values() else f"{key}-{theme.id}"
    return found


def _by_hand(decision: Decision, now: int) -> Any:
    """The phase, when the calendar and the steps alone would not give it."""
    first = decision.file.phases[0].phase if decision.file.phases else "agenda"
    if decision.state == "decided" and PHASES.index(first) < PHASES.index("implementing"):
        first = "implementing"
    alone = msgspec.structs.replace(decision, phase=first).phase_at(now)
    return None if not decision.public or decision.phase_at(now) == alone else decision.phase_at(now)
