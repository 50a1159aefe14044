"""What the command line does to a store: by itself when no collector runs, otherwise through the one that does.

An action takes the store, the keys and plain arguments, and returns what goes to standard output and standard error.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec

from collector import WIDGET_VERSION
from collector.agency import LANGUAGES, checked_name
from collector.commands.decisions import export_decision, import_decision
from collector.commands.told import Place, Told
from collector.contact_point import TERMS, WAYS, ContactPoint, Task, missing_ways
from collector.day import day_of
from collector.endpoints.contact_points import key_of
from collector.errors import Refusal, Unusable
from collector.member import Inviting
from collector.placement import NOTICE_CHARACTERS, Notice, Placement
from collector.provider import Provider
from collector.receipt import Keys
from collector.snippet import snippet
from collector.store import copies
from collector.store.store import Store
from collector.timetable import read_timetable
from collector.token import ROLES, Asking, checked_asking

MISSING = {
    "without_internet": "one that works without internet (--phone, --counter or --post)",
    "without_hearing": "one that works without hearing (--counter, --post, --video or --chat)",
}


Action = Callable[[Store, Place, dict[str, Any]], Awaitable[Told]]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


async def create_agency(store: Store, place: Place, given: dict[str, Any]) -> Told:
    required = tuple(given.get("required_languages") or ("nl", "fr"))
    agency = await store.agencies.create(given["key"], given["name"], required_languages=required, now=now_ms())
    return Told(agency.key)


async def create_contact(store: Store, place: Place, given: dict[str, Any]) -> Told:
    agency = store.agencies.by_key(given["agency"])
    name = checked_name(given["name"])
    key = await store.agencies.points.free_key(agency.id, key_of(name))
    now = now_ms()
    task: Task = given.get("task") or "desk"
    point = ContactPoint(
        key,
        name,
        **{way: given.get(way) or None for way in WAYS},
        languages=tuple(given.get("languages") or LANGUAGES),
        subjects=tuple(_subject(text) for text in given.get("subjects") or ()),
        postcodes=tuple(given.get("postcodes") or ()),
        placements=tuple(given.get("placements") or ()),
        timetable=read_timetable(given.get("opens") or (), holidays=bool(given.get("holidays"))),
        task=task,
        terms=TERMS[task],
        calls_back=bool(given.get("calls_back")),
        checked_on=day_of(now, agency.time_zone),
    )
    await store.agencies.points.add(agency, point, now=now)
    return Told(key, _missing(store, agency.id))


async def list_contacts(store: Store, place: Place, given: dict[str, Any]) -> Told:
    agency = store.agencies.by_key(given["agency"])
    today = day_of(now_ms(), agency.time_zone)
    points = store.agencies.contact_points(agency.id)
    stale = [point.key for point in points if point.stale(today, agency.stale_days)]
    lines = [f"{point.key}\t{point.checked_on or 'never'}\t{point.name}" for point in points]
    asked = f"Nobody looked at these for {agency.stale_days} days: {', '.join(stale)}. See `contact checked`."
    return Told("\n".join(lines), asked if stale else "")


async def check_contact(store: Store, place: Place, given: dict[str, Any]) -> Told:
    agency = store.agencies.by_key(given["agency"])
    now = now_ms()
    kept = await store.agencies.points.check(
        agency.id, given["key"], today=day_of(now, agency.time_zone), now=now, by=None
    )
    return Told(kept.point.checked_on or "")


def _subject(text: str) -> dict[str, str]:
    """`nl=Bouwen; fr=Construire`, by language. Refusal `invalid` for a language that is not named."""
    parts = [part.partition("=") for part in text.split(";") if part.strip()]
    if not all(sign and said.strip() for _, sign, said in parts):
        raise Refusal("invalid", fields=("subject",))
    return {language.strip(): said.strip() for language, _, said in parts}


async def create_placement(store: Store, place: Place, given: dict[str, Any]) -> Told:
    agency = store.agencies.by_key(given["agency"])
    placement = await store.agencies.create_placement(
        agency,
        given["key"],
        origins=given["origins"],
        languages=tuple(given.get("languages") or LANGUAGES),
        question=given.get("question") or "outcome",
        gateway=bool(given.get("gateway")),
        name=given.get("name") or "",
        now=now_ms(),
    )
    return Told(placement.key, pasted(placement, place) + _missing(store, agency.id))


async def set_clip(store: Store, place: Place, given: dict[str, Any]) -> Told:
    placement = store.agencies.placement(given["key"])
    clips = {language: url for language, url in given["clips"].items() if url}
    await store.agencies.set_clips(placement, clips, now=now_ms(), by=None)
    said = f"the question of {placement.key} is asked in sign language: {', '.join(clips) or 'nowhere'}"
    return Told(said)


async def create_device(store: Store, place: Place, given: dict[str, Any]) -> Told:
    placement = store.agencies.placement(given["placement"])
    _, secret = await store.devices.create(placement, given["name"], now=now_ms(), by=None)
    return Told(f"{place.public_url}/f/{placement.key}?kiosk#{secret}", "open this address once on the device")


async def set_notice(store: Store, place: Place, given: dict[str, Any]) -> Told:
    placement = store.agencies.placement(given["key"])
    texts = {language: " ".join(text.split()) for language, text in given["texts"].items() if text}
    if not all(0 < len(text) <= NOTICE_CHARACTERS for text in texts.values()):
        raise Refusal("invalid", fields=("notice",))
    until = now_ms() + int(given["hours"] * 3_600_000) if given.get("hours") else None
    notice = Notice(texts, until) if texts else None
    await store.agencies.set_notice(placement, notice, now=now_ms(), by=None)
    return Told("set" if notice else "taken away")


async def create_token(store: Store, place: Place, given: dict[str, Any]) -> Told:
    if given["role"] not in ROLES:
        raise Unusable(f"{given['role']} is no role: {', '.join(ROLES)}")
    agency = store.agencies.by_key(given["agency"])
    limits = {name: given.get(name) for name in ("valid_days", "placement", "decision")}
    asking = checked_asking(Asking(given.get("name") or agency.name, given["role"], **limits))
    _, secret = await store.tokens.make(agency.id, asking, now=now_ms(), by=None)
    return Told(secret)


async def revoke_token(store: Store, place: Place, given: dict[str, Any]) -> Told:
    agency = store.agencies.by_key(given["agency"])
    right = await store.tokens.by_secret(given["token"], now=now_ms())
    if right.agency_id != agency.id:
        raise Refusal("sign_in")
    await store.tokens.revoke(agency.id, right.token_id, now=now_ms())
    return Told("revoked")


async def invite_member(store: Store, place: Place, given: dict[str, Any]) -> Told:
    if given["role"] not in ROLES:
        raise Unusable(f"{given['role']} is no role: {', '.join(ROLES)}")
    agency = store.agencies.by_key(given["agency"])
    inviting = Inviting(given["email"], given["name"], given["office"], given["role"])
    _, secret = await store.members.invite(agency.id, inviting, now=now_ms(), by=None)
    return Told(f"{place.public_url}/join#{secret}", "Hand this link over yourself: it works once, within a week.")


async def invite_operator(store: Store, place: Place, given: dict[str, Any]) -> Told:
    secret = await store.installation.invite(given["email"], given["name"], given["office"], now=now_ms())
    return Told(f"{place.public_url}/join#{secret}", "Hand this link over yourself: it works once, within a week.")


async def list_operators(store: Store, place: Place, given: dict[str, Any]) -> Told:
    found = await store.installation.operators()
    lines = [f"{row['email']}\t{row['name']}\t{row['office']}{'' if row['joined_at'] else ' *'}" for row in found]
    return Told("\n".join(lines), "" if all(row["joined_at"] for row in found) else "* has not joined yet")


async def withdraw_operator(store: Store, place: Place, given: dict[str, Any]) -> Told:
    try:
        await store.installation.withdraw(given["email"], now=now_ms())
    except Refusal:
        raise Unusable(f"{given['email']} is no operator: see `operator list`") from None
    return Told("withdrawn")


async def add_provider(store: Store, place: Place, given: dict[str, Any]) -> Told:
    if not place.secret:
        raise Unusable("TIJDENS_SECRET is missing: the client's secret is sealed with it")
    agency = store.agencies.by_key(given["agency"])
    names = ("key", "name", "issuer", "client_id", "client_secret", "scope", "office")
    provider = Provider(
        0, agency.id, agency.name, **{name: given[name] for name in names}, role=given.get("role") or None,
        acr=tuple(given.get("acr") or ()), domains=tuple(domain.lower() for domain in given.get("domains") or ()),
    )  # fmt: skip
    await store.providers.add(provider, Keys(place.secret), now=now_ms())
    return Told(given["key"], f"Register there as the address to come back to: {place.public_url}/sign-in/back")


async def list_providers(store: Store, place: Place, given: dict[str, Any]) -> Told:
    found = await store.providers.all()
    return Told("\n".join(f"{one.key}\t{one.agency}\t{one.issuer}\t{one.name}" for one in found))


async def remove_provider(store: Store, place: Place, given: dict[str, Any]) -> Told:
    await store.providers.remove(store.agencies.by_key(given["agency"]).id, given["key"], now=now_ms())
    return Told("removed")


async def back_up(store: Store, place: Place, given: dict[str, Any]) -> Told:
    started = time.monotonic()
    size = await asyncio.to_thread(copies.back_up, place.file, Path(given["file"]))
    seconds = round(time.monotonic() - started, 2)
    fact = {"file": given["file"], "bytes": size, "seconds": seconds, "secret": await store.meta("secret")}
    sentence = f"The backup is in {given['file']} ({size:,} bytes). Keep the secret apart from it: both are needed."
    return Told(f"{sentence}\n{msgspec.json.encode(fact).decode()}")


async def check(store: Store, place: Place, given: dict[str, Any]) -> Told:
    found = await copies.check(store, place.file)
    when = "none yet"
    if found.newest is not None:
        when = f"the last {_ago(now_ms() - found.newest)} ago"
    sentence = (
        f"{'Fine' if not found.faults else 'Not well'}. {found.submissions:,} submissions, {found.voices:,} with words, "
        f"{when}; {found.grave_unread} grave ones unread; {found.free // 1_000_000_000} GB free on the disk."
    )
    if found.hooks_paused:
        sentence += f" Hooks that are paused: {found.hooks_paused}; those who manage can turn them on again."
    if found.letters_waiting:
        sentence += f" Letters to colleagues that wait for the mail server: {found.letters_waiting}."
    line = msgspec.json.encode(found).decode()
    return Told(f"{sentence}\n{line}", "\n".join(found.faults), failed=bool(found.faults))


ACTIONS: dict[str, Action] = {
    "agency create": create_agency,
    "contact create": create_contact,
    "contact checked": check_contact,
    "contact list": list_contacts,
    "placement create": create_placement,
    "placement notice": set_notice,
    "placement clip": set_clip,
    "device create": create_device,
    "decision export": export_decision,
    "decision import": import_decision,
    "member invite": invite_member,
    "operator invite": invite_operator,
    "operator list": list_operators,
    "operator withdraw": withdraw_operator,
    "provider add": add_provider,
    "provider list": list_providers,
    "provider remove": remove_provider,
    "token create": create_token,
    "token revoke": revoke_token,
    "backup": back_up,
    "check": check,
}


async def perform(store: Store, place: Place, name: str, given: dict[str, Any]) -> Told:
    """Runs one action. What it refuses becomes a sentence, not an exception."""
    try:
        return await ACTIONS[name](store, place, given)
    except Refusal as refusal:
        named = ", ".join(refusal.fields) or refusal.code
        sentence = {
            "exists": f"there is one with this {named} already",
            "invalid": f"{named} cannot be that",
            "sign_in": "no token of that agency has this secret, or it was revoked already",
            "placement": "there is no placement with that key",
            "not_found": "there is no agency, or no contact point of it, with that key: see `agency create`",
        }.get(refusal.code, f"refused: {refusal.code}")
        return Told(err=sentence, failed=True)
    except Unusable as error:
        return Told(err=str(error), failed=True)


def pasted(placement: Placement, place: Place) -> str:
    """What to paste into a page, and the line that a strict content policy needs."""
    found = snippet(placement, place.public_url, WIDGET_VERSION, place.integrity)
    return (
        f"Paste this at the end of the page's content:\n\n{found.pinned}\n\n"
        f"Where the page has a content policy, it needs:\n\n{found.policy}\n\n"
        f"Without any rights on the page, a link does it too: {place.public_url}/f/{placement.key}\n"
    )


def _missing(store: Store, agency_id: int) -> str:
    missing = missing_ways(store.agencies.contact_points(agency_id))
    if not missing:
        return ""
    named = " and ".join(MISSING[way] for way in missing)
    return f"\nIt is not live yet: the agency still needs a contact point, {named}. See `contact create`.\n"


def _ago(milliseconds: int) -> str:
    for name, size in (("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000)):
        if milliseconds >= 2 * size:
            return f"{milliseconds // size} {name}"
    return f"{max(0, milliseconds // 1000)} seconds"
