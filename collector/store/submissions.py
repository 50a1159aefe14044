"""Submissions: taking them in, and finding them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from collector.change import ASSIGNED, EXPIRED, KIND, NO_KIND, READ, RECEIVED, ROUTED, STATUS
from collector.contradiction import contradiction
from collector.decision import STEP
from collector.errors import Refusal
from collector.placement import Placement
from collector.public import HOUR_MS, stepped
from collector.routing import Rule, facts_of_arrival
from collector.severity import GRAVE
from collector.status import Aside, Standing, Status, checked_step
from collector.store.agencies import Agencies
from collector.store.bells import silence_submission
from collector.store.callbacks import forget_callback
from collector.store.changes import record
from collector.store.claims import claim_of
from collector.store.counts import combination
from collector.store.engine import Engine, Row, Transaction
from collector.store.messages import forget_messages
from collector.store.offer_words import forget_offers
from collector.store.routing import Routings
from collector.store.search import Found, match
from collector.submission import Kind, Permissions, Sent, Submission, joined_impact, split_impact

ID_STEPS = (
    2048  # ids are milliseconds × 2048 + n: in the order of arrival, safe in JavaScript until 2109, tell no count
)


@dataclass(slots=True)
class Arrival:
    """What is written for one sender: everything cleaned and masked, the codes already hashed.
    `by_receipt`: an answer that came from the receipt of an earlier voice."""

    placement: Placement
    sent: Sent
    text: str | None
    page: str | None
    language: str | None
    channel: str
    masked: tuple[str, ...]
    received_at: int
    sent_at: int | None
    code_hash: bytes
    body_hash: bytes
    decision: str | None = None
    phase: str | None = None
    by_receipt: bool = False


@dataclass(slots=True)
class Received:
    """What the sender is told: `repeated` when its key was known. `phase`: of its decision when it came."""

    id: int
    received_at: int
    repeated: bool
    phase: str | None = None


class Others(msgspec.Struct):
    """Those of a view for which one stands, since they say nearly the same; `grave` ones among them."""

    others: int
    grave: int


class Filter(msgspec.Struct, frozen=True):
    """What a list, a stream or an export selects. None selects all. `words`: only those with words (True) or without.
    `grave`: with words, and a right, health or safety touched, or no other way. `theme`: an id, or `none`: with words, in
    no theme and not set aside. `waiting`: the citizen spoke last on the receipt. `desk`: handed to that contact point by
    its author, `contact_point`: passed to it by the team; `callback`: its author waits to be rung. `burst`: an id, of those
    that came in one burst with it, `any`: what came in a burst, or `none`: what came in none.
    `weight`: with words, and of that severity; `quote`: its author allowed her words to be shown. `ask`: the answers to
    that question. `alike`: an id, of those that say nearly the same as it, itself included. `found`: with `q`,
    only what holds the words as they are typed, or only what holds another form of one."""

    placement: str | None = None
    decision: str | None = None
    outcome: str | None = None
    effect: str | None = None
    reason: str | None = None
    rating: int | None = None
    status: str | None = None
    kind: str | None = None
    barrier: str | None = None
    language: str | None = None
    channel: str | None = None
    words: bool | None = None
    grave: bool | None = None
    theme: str | None = None
    waiting: bool | None = None
    desk: str | None = None
    contact_point: str | None = None
    member: int | None = None
    callback: bool | None = None
    burst: str | None = None
    ask: int | None = None
    weight: int | None = None
    quote: bool | None = None
    alike: str | None = None
    q: str | None = None
    found: Found | None = None

    def admits(self, submission: Submission) -> bool:
        """Whether one submission is selected; `q` and `waiting` are not looked at (those are lists, not streams), and of
        which burst it is, and what it is alike, is known only after a while."""
        for name in _COMPARED:
            wanted = getattr(self, name)
            if wanted is not None and getattr(submission, name) != wanted:
                return False
        if self.grave and not (submission.text and submission.weight <= GRAVE):
            return False
        if self.callback and not submission.callback:
            return False
        if self.quote and not submission.permissions.quote:
            return False
        if self.weight is not None and not submission.text:
            return False
        if self.burst is not None and submission.burst == (self.burst == NO_BURST):
            return False
        if self.alike is not None and self.alike != str(submission.id):
            return False
        if self.theme == NO_THEME:
            if submission.themes or not submission.text or submission.status == "aside":
                return False
        elif self.theme is not None and self.theme not in map(str, submission.themes):
            return False
        return self.words is None or bool(submission.text) == self.words


def filter_of(asked: Mapping[str, str]) -> Filter:
    """The filter that a list is asked with, as it stands in an address. ValidationError (msgspec) for what is none."""
    return msgspec.convert(dict(asked), Filter, strict=False)


NO_THEME = NO_BURST = "none"
ANY_BURST = "any"
_COMPARED = (
    "placement", "decision", "outcome", "effect", "reason", "rating", "status", "kind", "barrier", "language", "channel",
    "desk", "contact_point", "member", "ask", "weight",
)  # fmt: skip


class _Repeated(Exception):
    """A key of a batch is known: its senders are taken one by one."""


class Submissions:
    """Called by the intake, the team's endpoints, the feed and retention."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._last_id = 0
        self._batch = self._receive_batch
        self.routings = Routings(engine, agencies, self.shown)

    async def load(self) -> None:
        self._last_id = int((await self._engine.fetch("submissions.last_id"))[0]["id"])

    def next_id(self, at: int) -> int:
        """An id above all before it, for a moment in Unix milliseconds. Only for the writer: inside a transaction."""
        self._last_id = max(self._last_id + 1, at * ID_STEPS)
        return self._last_id

    async def receive(self, arrival: Arrival) -> Received:
        """Stores it, its receipt, its words, its place in the counts and its change in one transaction, and returns
        after that is on disk. The same key again gives what the first gave; with other words Refusal `key_used`."""
        return await self._engine.add(self._batch, arrival)

    async def copied(self, tx: Transaction, arrival: Arrival) -> int:
        """Stores, in a transaction that is under way, what another agency has and this one takes on; returns its id."""
        outcome = (await self._receive_batch(tx, [arrival]))[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome.id

    async def _receive_batch(self, tx: Transaction, arrivals: Sequence[Arrival]) -> list[Received | Exception]:
        if len(arrivals) == 1 and (known := await tx.fetch("receipts.by_code", code_hash=arrivals[0].code_hash)):
            return [_repeat(known[0], arrivals[0])]
        rows, words, receipts, changes, routed = [], [], [], [], []
        counts: Counter[tuple[object, ...]] = Counter()
        with_words: Counter[tuple[object, ...]] = Counter()
        outcomes: list[Received | Exception] = []
        for a in arrivals:
            id_, sent, placement = self.next_id(a.received_at), a.sent, a.placement
            permissions = sent.permissions or Permissions()
            has_words = 1 if a.text else 0
            rule = self._rule(a) if a.text else None
            point, member = (rule.contact_point, rule.member) if rule else (None, None)
            rows.append(
                (
                    id_, placement.agency_id, placement.id, a.received_at, a.sent_at, sent.outcome, sent.effect,
                    sent.reason, sent.rating, sent.another_way, joined_impact(sent.impact), a.language, a.channel,
                    a.decision, a.phase, sent.version, sent.section, " ".join(a.masked) or None, has_words,
                    permissions.quote, permissions.invite, sent.barrier, sent.paragraph, point, member,
                    rule.id if rule else None,
                    sent.ask, int(a.by_receipt),
                )
            )  # fmt: skip
            words.append((id_, a.text, a.page))
            receipts.append((placement.agency_id, placement.id, id_, a.code_hash, a.body_hash))
            changes.append((placement.agency_id, RECEIVED, a.received_at, id_))
            for change, target in ((ROUTED, point), (ASSIGNED, member)):
                if target is not None:
                    routed.append((placement.agency_id, change, a.received_at, id_, str(target)))
            key = combination(
                placement.agency_id, placement.id, self._agencies.day(placement.agency_id, a.received_at),
                a.language, a.channel, sent.outcome, sent.effect, sent.reason, sent.rating,
            )  # fmt: skip
            counts[key] += 1
            with_words[key] += has_words
            outcomes.append(Received(id_, a.received_at, repeated=False, phase=a.phase))
        await tx.run_many("submissions.insert_many", rows)
        if await tx.run_many("receipts.insert_many", receipts) != len(arrivals):
            raise _Repeated
        await tx.run_many("submissions.insert_words", words)
        await tx.run_many("changes.insert_many", changes)
        if routed:
            await tx.run_many("changes.insert_routed", routed)
        await tx.run_many("counts.add_many", [(*key, number, with_words[key]) for key, number in counts.items()])
        return outcomes

    def _rule(self, a: Arrival) -> Rule | None:
        """Where it goes by itself."""
        return self.routings.arrival(
            a.placement.agency_id,
            lambda: facts_of_arrival(a.sent, decision=a.decision, language=a.language, channel=a.channel),
        )

    def shown(self, row: Row) -> Submission:
        """A row of `submissions` joined with its words, as everyone outside sees it."""
        masked, impact = row["masked"], split_impact(row["impact"])
        answer = row["outcome"] or row["effect"]
        return Submission(
            id=row["id"],
            placement=self._agencies.placement_by_id(row["placement_id"]).key,
            received_at=row["received_at"],
            sent_at=row["sent_at"],
            outcome=row["outcome"],
            effect=row["effect"],
            reason=row["reason"],
            rating=row["rating"],
            text=row["text"],
            another_way=row["another_way"],
            impact=impact,
            severity=row["severity"],
            weight=row["weight"],
            page=row["page"],
            language=row["language"],
            channel=row["channel"],
            decision=row["decision"],
            version=row["version"],
            section=row["section"],
            paragraph=row["paragraph"],
            phase=row["phase"],
            themes=sorted(int(theme) for theme in row["themes"].split(",")) if row["themes"] else [],
            barrier=row["barrier"],
            status=row["status"],
            kind=row["kind"],
            masked=masked.split() if masked else [],
            permissions=Permissions(bool(row["quote"]), bool(row["invite"])),
            alike=1,
            burst=False,
            read_at=row["read_at"],
            read_by=row["read_by"],
            erased_at=row["erased_at"],
            revision=row["revision"],
            desk=row["desk"],
            callback=bool(row["callback"]),
            contact_point=row["contact_point"],
            aside=row["aside"],
            claim=claim_of(row),
            member=row["member_id"],
            routed=row["routed"],
            ask=row["ask"],
            contradiction=contradiction(answer, row["rating"], row["another_way"], impact),
        )

    async def list(
        self, agency_id: int, selected: Filter, *, limit: int, before: int | None = None, after: int | None = None
    ) -> list[Submission]:
        """Newest first, at most `limit`, none that was erased; `before` and `after` are ids. With `q`, those whose
        words hold all its terms."""
        narrowed = self.narrowed(agency_id, selected)
        if narrowed is None:
            return []
        noun, narrowing, parameters = narrowed
        fragments, parameters["limit"] = [*narrowing], limit
        for name, bound in (("before", before), ("after", after)):
            if bound is not None:
                fragments.append(name)
                parameters[name] = bound
        found = [self.shown(row) for row in await self._engine.fetch(f"{noun}.list", fragments, **parameters)]
        await self.count_alike(found)
        return found

    async def folded(
        self,
        agency_id: int,
        selected: Filter,
        *,
        below: int,
        limit: int,
        before: int | None = None,
        after: int | None = None,
    ) -> tuple[Sequence[Submission], dict[int, Others]]:
        """The same list, where of those that say nearly the same, in four words or more, only the newest stands for all; and
        for which others each stands, counted to 10,000. `below`: an id; what has it or a higher one is not in the view, and
        hides nothing. What is searched for is not folded: each find would have to be looked for again, voice by voice."""
        if selected.q is not None:
            top = below if before is None else min(before, below)
            return await self.list(agency_id, selected, limit=limit, before=top, after=after), {}
        narrowed = self.narrowed(agency_id, selected)
        if narrowed is None:
            return [], {}
        _, fragments, parameters = narrowed
        parameters |= {"after": -1 if after is None else after, "below": below}
        top = below if before is None else min(before, below)
        rows = await self._engine.fetch("submissions.folded", fragments, **parameters, before=top, limit=limit)
        found = [self.shown(row) for row in rows]
        await self.count_alike(found)
        ids = [submission.id for submission in found if submission.alike > 1]
        if not ids:
            return found, {}
        del parameters["below"]
        counted = await self._engine.fetch(
            "submissions.folded_numbers", fragments, **parameters, ids=msgspec.json.encode(ids).decode()
        )
        numbers = {row["id"]: msgspec.json.decode(row["numbers"]) for row in counted}
        return found, {id_: Others(others, grave) for id_, (others, grave) in numbers.items() if others}

    def narrowed(self, agency_id: int, selected: Filter) -> tuple[str, Sequence[str], dict[str, Any]] | None:
        """(whose queries, fragments, parameters) of a list. None when it can hold nothing."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None or selected.q is None:
            return narrowed and ("submissions", *narrowed)
        fragments, parameters = narrowed
        # the only agency is no choice; the query itself names it in any case
        among = agency_id if len(self._agencies.all()) > 1 else None
        expression = match(selected.q, among, parameters.get("placement_id"), selected.found)
        return None if expression is None else ("search", fragments, {**parameters, "match": expression})

    async def count_alike(self, found: Sequence[Submission]) -> None:
        """Fills in how many say nearly the same, and whether they came in a burst."""
        if not any(submission.text for submission in found):
            return
        ids = msgspec.json.encode([submission.id for submission in found if submission.text]).decode()
        alike = {row["submission_id"]: row for row in await self._engine.fetch("search.alike", ids=ids)}
        for submission in found:
            if (row := alike.get(submission.id)) is not None:
                submission.alike, submission.burst = row["alike"], bool(row["burst"])

    async def one(self, agency_id: int, submission_id: int) -> Submission:
        """Refusal `not_found` for an id of nobody or of another agency. An erased one is shown as its tombstone."""
        rows = await self._engine.fetch("submissions.one", agency_id=agency_id, id=submission_id)
        if not rows:
            raise Refusal("not_found")
        submission = self.shown(rows[0])
        await self.count_alike([submission])
        return submission

    async def alike_ids(self, submission: Submission) -> Sequence[int]:
        """The newest fifty that say nearly the same, itself left out."""
        rows = await self._engine.fetch("search.alike_ids", id=submission.id)
        return [row["submission_id"] for row in rows if row["submission_id"] != submission.id]

    async def mark(
        self,
        agency_id: int,
        submission_id: int,
        status: Status | None,
        *,
        revision: int,
        by: str,
        now: int,
        member_id: int | None = None,
        kind: Kind | UnsetType | None = UNSET,
        contact_point: str | UnsetType | None = UNSET,
        aside: Aside | None = None,
        member: int | UnsetType | None = UNSET,
    ) -> Submission:
        """Sets the status, the kind, to whom it is passed, whose it is, or several of them, for whom `by` names; `member_id`:
        when that is a person. What is None (of the status) or left out (of the others) stays; None takes the kind, the contact
        point or the `member` whose it is away. `aside`: why it is set aside, and then it must be said. Refusal `stale` when the
        submission moved on since `revision`, `wrong_state` for a status that does not follow on the one it has, `invalid` for a
        contact point or member of nobody or a reason that is missing or for nothing."""

        async def body(tx: Transaction) -> None:
            parameters = {"agency_id": agency_id, "id": submission_id}
            rows = await tx.fetch("submissions.one", **parameters)
            if not rows:
                raise Refusal("not_found")
            row = rows[0]
            if row["revision"] != revision or row["erased_at"] is not None:
                raise Refusal("stale")
            if status is not None or aside is not None:
                checked_step(row["status"], status or row["status"], aside)
            point = row["contact_point"] if contact_point is UNSET else contact_point
            if point is not None and point != row["contact_point"] and not self._agencies.has_point(agency_id, point):
                raise Refusal("invalid", fields=("contact_point",))
            if isinstance(member, int) and not await tx.fetch("members.one", agency_id=agency_id, id=member):
                raise Refusal("invalid", fields=("member",))
            await set_mark(
                tx, parameters, status, kind, revision=revision, by=by, now=now, member_id=member_id, member=member,
                contact_point=contact_point, aside=aside,
                by_hand=point != row["contact_point"] or (member is not UNSET and member != row["member_id"]),
            )  # fmt: skip
            if status is not None:
                standing = Standing(status, point, aside)
                change, detail = (READ, None) if status == "read" else (STATUS, standing.detail)
                await record(tx, agency_id, change, now, by, submission_id, detail=detail)
            if point != row["contact_point"] and status != "with":
                await record(tx, agency_id, ROUTED, now, by, submission_id, detail=point or NO_KIND)
            if member is not UNSET:
                await record(tx, agency_id, ASSIGNED, now, by, submission_id, detail=str(member or NO_KIND))
            if kind is not UNSET:
                await record(tx, agency_id, KIND, now, by, submission_id, detail=kind or NO_KIND)
                await self.routings.apply(tx, agency_id, submission_id, now)

        await self._engine.write(body)
        return await self.one(agency_id, submission_id)

    async def since(self, agency_id: int, submission_id: int) -> tuple[int, int]:
        """(voices with words, grave ones among them) after an id. Grave: health or a right touched, or no other way."""
        row = (await self._engine.fetch("submissions.since", agency_id=agency_id, after=submission_id))[0]
        return row["voices"], row["grave"]

    async def read_days(self, placement: Placement, *, now: int) -> int | None:
        """Within how many days nine of ten of the newest words were really read here; None under ten of them. It is public:
        counted of the last full hour and in steps of five, so that nobody can tell from it who spoke or was read."""
        rows = await self._engine.fetch(
            "submissions.read_days", placement_id=placement.id, since=now - 90 * 86_400_000, before=now - now % HOUR_MS
        )
        waits = sorted((row["read_at"] or now) - row["received_at"] for row in rows)
        unread = stepped(sum(row["read_at"] is None for row in rows)) or 0
        if len(waits) < 10 or unread * 10 > len(waits) - len(waits) % STEP:
            return None
        nine_of_ten: int = waits[len(waits) * 9 // 10 - 1]
        return max(1, -(-nine_of_ten // 86_400_000))

    async def expire(self, agency_id: int, *, before: int, after: int, now: int) -> int:
        """Erases the words, thread and bell of at most five hundred submissions that arrived before `before` (Unix
        milliseconds), from id `after` on; facts and counts stay. Returns the last id it came to, 0 when nothing was left."""

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "submissions.expired", agency_id=agency_id, before=before * ID_STEPS, after=after, limit=500
            )
            for row in rows:
                await tx.run("submissions.overwrite_words", id=row["words_id"])
                await tx.run("submissions.expire", agency_id=agency_id, id=row["id"])
                await forget_messages(tx, agency_id, row["id"])
                await forget_offers(tx, agency_id, row["id"], now)
                await silence_submission(tx, row["id"])
                await forget_callback(tx, row["id"])
                await record(tx, agency_id, EXPIRED, now, None, row["id"])
            return int(rows[-1]["id"]) if rows else 0

        return await self._engine.write(body)


def conditions(agencies: Agencies, agency_id: int, selected: Filter) -> tuple[list[str], dict[str, Any]] | None:
    """(fragments of `submissions`, their parameters) that select it; `q` is left out. None when it can select nothing: a
    placement of nobody, or of another agency."""
    parameters: dict[str, Any] = {"agency_id": agency_id}
    fragments = []
    names = (
        "decision",
        "outcome",
        "effect",
        "reason",
        "rating",
        "status",
        "kind",
        "barrier",
        "language",
        "channel",
        "desk",
        "contact_point",
        "member",
        "ask",
        "weight",
    )
    for name in names:
        if (value := getattr(selected, name)) is not None:
            fragments.append(name)
            parameters[name] = value
    if selected.placement is not None:
        try:
            placement = agencies.placement(selected.placement)
        except Refusal:
            return None
        if placement.agency_id != agency_id:
            return None
        fragments.append("placement")
        parameters["placement_id"] = placement.id
    if selected.words is not None:
        fragments.append("words")
        parameters["words"] = int(selected.words)
    if selected.grave:
        fragments.append("grave")
    if selected.waiting:
        fragments.append("waiting")
    if selected.callback:
        fragments.append("callback")
    if selected.quote:
        fragments.append("quote")
    if selected.burst in (NO_BURST, ANY_BURST):
        fragments.append("no_burst" if selected.burst == NO_BURST else "any_burst")
    elif selected.burst is not None:
        fragments.append("burst")
        parameters["burst"] = int(selected.burst)
    if selected.alike is not None:
        fragments.append("alike")
        parameters["alike"] = int(selected.alike)
    if selected.theme == NO_THEME:
        fragments.append("no_theme")
    elif selected.theme is not None:
        fragments.append("theme")
        parameters["theme_id"] = int(selected.theme)
    return fragments, parameters


async def set_mark(
    tx: Transaction,
    which: dict[str, int],
    status: Status | None,
    kind: Kind | UnsetType | None = UNSET,
    *,
    revision: int,
    by: str,
    now: int,
    member_id: int | None,
    contact_point: str | UnsetType | None = UNSET,
    aside: Aside | None = None,
    member: int | UnsetType | None = UNSET,
    by_hand: bool = False,
) -> None:
    """What `Submissions.mark` changes of the row, without the log. `which`: `agency_id` and `id`. `by_hand`: from now on no
    rule says where it goes. Refusal `stale`."""
    read = status is not None and status != "new"
    touched = await tx.run(
        "submissions.mark",
        **which,
        status=status,
        sets_kind=int(kind is not UNSET),
        kind=None if kind is UNSET else kind,
        sets_point=int(contact_point is not UNSET),
        contact_point=None if contact_point is UNSET else contact_point,
        aside=aside,
        sets_member=int(member is not UNSET),
        member_id=None if member is UNSET else member,
        by_hand=int(by_hand),
        read_at=now if read else None,
        read_by=by if read else None,
        reader_id=member_id if read else None,
        revision=revision,
    )
    if not touched:
        raise Refusal("stale")


def _repeat(known: Row, arrival: Arrival) -> Received | Exception:
    """The first answer again. After an erasure nothing is left to compare with, so the tombstone is enough."""
    if known["body_hash"] is not None and known["body_hash"] != arrival.body_hash:
        return Refusal("key_used")
    return Received(known["submission_id"], known["received_at"], repeated=True, phase=known["phase"])
