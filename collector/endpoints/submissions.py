"""What a team reads and does: lists, one submission, counts, who I am."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType
from starlette.routing import Route

from collector.agency import LANGUAGES
from collector.change import Step
from collector.day import Day, checked_day, day_of
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.message import Felt, Message, waiting_since
from collector.offer import CameFrom, Offer
from collector.placement import Notice
from collector.receipt import AgencyName
from collector.section import Part
from collector.status import Aside, Status
from collector.store.counts import Counts
from collector.store.search import Found, other_forms
from collector.store.submissions import ID_STEPS, Filter, Others
from collector.store.work import message_due
from collector.submission import Barrier, Channel, Effect, Kind, Outcome, Reason, Submission
from collector.texts import Texts
from collector.token import Right, Role

Id = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]
Search = Annotated[str, Meta(max_length=200)]
Short = Annotated[str, Meta(max_length=100)]
BurstOf = Annotated[str, Meta(pattern=r"^(none|any|[0-9]{1,16})\Z")]
AlikeTo = Annotated[str, Meta(pattern=r"^[0-9]{1,16}\Z")]
ThemeId = Annotated[str, Meta(pattern=r"^(none|[0-9]{1,15})\Z")]


class Selection(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The filters of lists, streams and exports. `words` `1`: only those with words, `0`: only those without.
    `grave` `1`: with words, and a right, health or safety touched, or no other way. `theme`: an id, or `none`.
    `waiting` `1`: the citizen spoke last on the receipt; a stream does not look at it. `desk`: handed to the contact point of
    that key by its author; `contact_point`: passed to it by the team; `member`: of the colleague with that id. `callback` `1`:
    its author waits to be rung. `burst`: an id, of those that came in one burst with it, `any`: what came in a burst, or
    `none`: in none; a stream knows it only of what came before. `weight`: with words, and of that severity, 0 (health) to 6
    (nothing). `quote` `1`: its author allowed her words to be shown. `ask`: the answers to that question.
    `alike`: an id, of those that say nearly the same as it, itself included; a stream does not look for others. `found`:
    with `q`, only what holds the words as they are typed (`exact`), or only what holds another form of one (`forms`)."""

    q: Search | None = None
    placement: Short | None = None
    decision: Short | None = None
    outcome: Outcome | None = None
    effect: Effect | None = None
    reason: Reason | None = None
    rating: Annotated[int, Meta(ge=1, le=5)] | None = None
    status: Status | None = None
    kind: Kind | None = None
    barrier: Barrier | None = None
    language: Short | None = None
    channel: Channel | None = None
    words: Annotated[int, Meta(ge=0, le=1)] | None = None
    grave: Annotated[int, Meta(ge=1, le=1)] | None = None
    theme: ThemeId | None = None
    waiting: Annotated[int, Meta(ge=1, le=1)] | None = None
    desk: Short | None = None
    contact_point: Short | None = None
    member: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | None = None
    callback: Annotated[int, Meta(ge=1, le=1)] | None = None
    burst: BurstOf | None = None
    ask: Id | None = None
    weight: Annotated[int, Meta(ge=0, le=6)] | None = None
    quote: Annotated[int, Meta(ge=1, le=1)] | None = None
    alike: AlikeTo | None = None
    found: Found | None = None

    def filter(self) -> Filter:
        said = {name: getattr(self, name) for name in Filter.__struct_fields__}
        for name in ("words", "grave", "waiting", "callback", "quote"):
            said[name] = None if said[name] is None else bool(said[name])
        return Filter(**said)


class ListQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`before` and `after` are ids. `fold`: an id as well; of those below it that say nearly the same only the newest is
    listed, and stands for the others. With `q` each find is listed."""

    before: Id | None = None
    after: Id | None = None
    fold: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


class CountsQuery(msgspec.Struct, forbid_unknown_fields=True, rename={"day_from": "from", "day_to": "to"}):
    """`from` and `to` are dates where the agency is, both included. `theme`: an id, or `none`. `burst`: an
    id, of those that came in one burst with it, `any`: what came in a burst, or `none`: what came in none."""

    placement: Short | None = None
    language: Short | None = None
    channel: Channel | None = None
    decision: Short | None = None
    theme: ThemeId | None = None
    burst: BurstOf | None = None
    day_from: Date | None = None
    day_to: Date | None = None


class Counted(Counts):
    """With what waits in the same selection: voices with words that nobody has read yet, grave ones among them, and those
    whose author spoke last; each is counted to 10,000. `kinds`: with words, by what their readers say they are, each to
    10,000. `calls`: whose author waits to be rung; `handed`: not answered yet, by the contact point to which their author
    handed them; `passed`: the same, by that to which the team passed them; `assigned`: the same, by the id of
    the colleague whose they are. `from` and `to` do not narrow these. `bursts`:
    how many came in a burst, to 10,000."""

    unread: int
    grave_unread: int
    waiting: int
    kinds: dict[Kind, int]
    calls: int
    handed: dict[str, int]
    passed: dict[str, int]
    assigned: dict[str, int]
    bursts: int


class Page(msgspec.Struct):
    """`next`: the `before` of the next page, null on the last one. `folded`, where it was asked for: id → for how many others
    of the same view it stands, and how many of these are grave, each counted to 10,000. `forms`: the words of these texts, in
    lower case without accents, that are another form of one in `q`."""

    items: list[Submission]
    next: int | None
    folded: dict[str, Others] = {}
    forms: list[str] = []


class One(Submission):
    """A submission with its history, the ids of those that say nearly the same, and its thread. `quoted`: ids of the themes
    with which its words are shown in public. `message_due`: by when what its author wrote last is owed an answer. `felt`:
    how the answer felt to her. `part`: the words of the text that it reacts to. `asked`: the question
    that it answers. `offers`: other agencies that we asked to take it on; `came_from`: the one that asked us."""

    history: list[Step]
    alike_ids: list[int]
    quoted: list[int]
    messages: list[Message]
    felt: Felt | None
    message_due: Day | None
    part: Part | None
    asked: Texts | None
    offers: list[Offer]
    came_from: CameFrom | None


class Triage(msgspec.Struct, forbid_unknown_fields=True):
    """What is named changes, one thing at least. `kind`: what it is, as its reader says; null takes that away.
    `contact_point`: the key of the one to whom it goes, with the status `with` or before it; null takes that away, and `with`
    without one is our own office. `aside`: why it is set aside, with the status `aside` and never without.
    `member`: the id of the colleague whose it is; null for nobody in particular. `revision`: of the submission
    as you saw it."""

    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    status: Status | UnsetType = UNSET
    kind: Kind | UnsetType | None = UNSET
    contact_point: Short | UnsetType | None = UNSET
    aside: Aside | UnsetType = UNSET
    member: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | UnsetType | None = UNSET


class Glance(msgspec.Struct):
    """A placement as the dashboard needs it. `notice`: the sentence that stands above its question, also one whose time is
    over."""

    key: str
    name: str
    question: str
    live: bool
    languages: tuple[str, ...]
    notice: Notice | None


class DeskName(msgspec.Struct):
    """A contact point, as a choice shows it."""

    key: str
    name: str


class Since(msgspec.Struct):
    """What came since the last visit: `voices` with words, `grave` ones among them."""

    at: int
    cursor: int
    voices: int
    grave: int


class MemberName(msgspec.Struct):
    id: int
    name: str
    office: str


class Me(msgspec.Struct):
    """`member` is null for a token. Nothing is published before it is there in all `required_languages`.
    `contact_points_stale`: how many nobody looked at for too long. `desks`: to which a case can be handed;
    `contact_points`: to which a voice can be passed on. `holder`: you, as a claim names whoever has it."""

    agency: AgencyName
    role: Role
    name: str
    placements: list[Glance]
    since: Since | None
    member: MemberName | None
    time_zone: str
    languages: tuple[str, ...]
    required_languages: tuple[str, ...]
    warned_languages: tuple[str, ...]
    contact_points_stale: int
    desks: list[DeskName]
    contact_points: list[DeskName]
    holder: str


def selected(right: Right, selection: Selection) -> Filter:
    """What is asked for, within what the token is for. Refusal `forbidden` for a placement or decision beyond it."""
    wanted = selection.filter()
    if not right.scoped:
        return wanted
    placement, decision = wanted.placement or right.placement, wanted.decision or right.decision
    if right.placement not in (None, placement) or right.decision not in (None, decision):
        raise Refusal("forbidden")
    return msgspec.structs.replace(wanted, placement=placement, decision=decision)


async def covered(call: Call) -> int:
    """The id in the path. Refusal `not_found` for a submission beyond what the token is for."""
    found = id_of(call)
    if call.right.scoped:
        one = await call.parts.store.submissions.one(call.right.agency_id, found)
        if not call.right.covers(one.placement, one.decision):
            raise Refusal("not_found")
    return found


@operation(
    summary="List submissions",
    tag="team",
    answers={200: Page},
    refusals=("invalid",),
    query=ListQuery,
    need="viewer",
    scoped=True,
)
async def list_submissions(call: Call) -> Page:
    """Newest first. `q` searches the text: all its words must be there or another form of them; `word*` finds beginnings, and
    words in quotes are found as they stand."""
    query: ListQuery = call.query
    submissions, wanted = call.parts.store.submissions, selected(call.right, query)
    agency_id, limit, before, after = call.right.agency_id, query.limit, query.before, query.after
    folded: dict[int, Others] = {}
    if query.fold is None:
        items = await submissions.list(agency_id, wanted, limit=limit, before=before, after=after)
    else:
        found, folded = await submissions.folded(
            agency_id, wanted, below=query.fold, limit=limit, before=before, after=after
        )
        items = list(found)
    following = items[-1].id if len(items) == query.limit else None
    forms = other_forms(wanted.q, ((one.text, one.language) for one in items if one.text)) if wanted.q else []
    return Page(items, following, {str(id_): others for id_, others in folded.items()}, forms)


@operation(
    summary="One submission", tag="team", answers={200: One}, refusals=("not_found",), need="viewer", scoped=True
)
async def one_submission(call: Call) -> One:
    """With what happened to it. An erased one is shown as its tombstone."""
    store, agency_id = call.parts.store, call.right.agency_id
    submission = await store.submissions.one(agency_id, await covered(call))
    messages = await store.messages.of_submission(agency_id, submission.id)
    since = waiting_since(messages)
    return One(
        **msgspec.structs.asdict(submission),
        history=await store.changes.history(agency_id, submission.id),
        alike_ids=[] if call.right.scoped else list(await store.submissions.alike_ids(submission)),
        quoted=list(await store.themes.quoted(agency_id, submission.id)),
        messages=messages,
        felt=await store.receipts.felt_of(agency_id, submission.id),
        message_due=message_due(since, store.agencies.agency(agency_id).time_zone) if since is not None else None,
        part=await store.sections.part(agency_id, submission),
        asked=store.asks.mine(agency_id, submission.ask).text if submission.ask is not None else None,
        offers=await store.offers.of_submission(agency_id, submission.id),
        came_from=await store.offers.came_from(agency_id, submission.id),
    )


@operation(
    summary="Triage a submission",
    tag="team",
    answers={200: Submission},
    refusals=("invalid", "not_found", "stale", "wrong_state", "forbidden", "origin"),
    body=Triage,
    need="editor",
    scoped=True,
)
async def triage_submission(call: Call) -> Submission:
    """Sets its status, what it is, and to whom it goes. The citizen sees on her receipt by which office and when. After
    `new` come `read`, `with` and `aside`; after `read` and `with` every other; after `answered` only `read` and `with`;
    after `aside` every other but `answered`."""
    triage: Triage = call.body
    if triage.status is UNSET and triage.kind is UNSET and triage.contact_point is UNSET and triage.member is UNSET:
        raise Refusal("invalid", fields=("status",))
    return await call.parts.store.submissions.mark(
        call.right.agency_id,
        await covered(call),
        None if triage.status is UNSET else triage.status,
        revision=triage.revision,
        by=call.right.signed,
        member_id=call.right.member_id,
        now=call.parts.now(),
        kind=triage.kind,
        contact_point=triage.contact_point,
        aside=None if triage.aside is UNSET else triage.aside,
        member=triage.member,
    )


@operation(
    summary="Count",
    tag="team",
    answers={200: Counted},
    refusals=("invalid",),
    query=CountsQuery,
    need="viewer",
    scoped=True,
)
async def count_submissions(call: Call) -> Counted:
    """Distributions and days, presses apart from words. Never a mean."""
    query: CountsQuery = call.query
    store, agency_id = call.parts.store, call.right.agency_id
    wanted = selected(
        call.right,
        Selection(
            placement=query.placement,
            language=query.language,
            channel=query.channel,
            decision=query.decision,
            theme=query.theme,
            burst=query.burst,
        ),
    )
    for field, day in (("from", query.day_from), ("to", query.day_to)):
        if day is not None:
            checked_day(day, field)
    days = {"day_from": query.day_from, "day_to": query.day_to}
    if wanted.decision is None and wanted.theme is None and wanted.burst is None:
        counts = await store.counts.list(
            agency_id, placement=wanted.placement, language=wanted.language, channel=wanted.channel, **days
        )
    else:
        counts = await store.tallies.counts(agency_id, wanted, **days)
    waiting = await store.tallies.waiting(agency_id, wanted)
    kinds = await store.tallies.kinds(agency_id, wanted)
    bursts = await store.tallies.bursts(agency_id, wanted)
    return Counted(**msgspec.structs.asdict(counts), **msgspec.structs.asdict(waiting), kinds=kinds, bursts=bursts)


@operation(summary="Who I am", tag="team", answers={200: Me}, need="viewer", scoped=True)
async def me(call: Call) -> Me:
    """The agency, the role, the placements, and what came since the last visit."""
    store, right = call.parts.store, call.right
    agency = store.agencies.agency(right.agency_id)
    today = day_of(call.parts.now(), agency.time_zone)
    seen = await store.tokens.last_seen(right)
    since = None
    if seen is not None and not right.scoped:
        voices, grave = await store.submissions.since(right.agency_id, seen[1])
        since = Since(seen[0], seen[1], voices, grave)
    return Me(
        AgencyName(agency.key, agency.name, agency.names),
        right.role,  # type: ignore[arg-type]  # an operator does not come as far as this
        right.name,
        [
            Glance(p.key, p.name, p.question, store.agencies.live(p), p.languages, p.notice)
            for p in store.agencies.placements(agency.id)
            if right.placement in (None, p.key)
        ],
        since,
        MemberName(right.member_id, right.name, right.office) if right.member_id is not None else None,
        agency.time_zone,
        LANGUAGES,
        agency.required_languages,
        agency.warned_languages,
        sum(point.stale(today, agency.stale_days) for point in store.agencies.contact_points(agency.id)),
        [DeskName(p.key, p.name) for p in store.agencies.contact_points(agency.id) if p.takes_cases],
        [DeskName(p.key, p.name) for p in store.agencies.contact_points(agency.id)],
        right.holder_name,
    )


def id_of(call: Call) -> int:
    """The id in the path. Refusal `not_found` for what cannot be one."""
    text = call.path["id"]
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise Refusal("not_found")
    return int(text)


def newest_id(now: int) -> int:
    """An id above all that arrived until `now`."""
    return (now + 1) * ID_STEPS


routes = [
    Route("/api/submissions", list_submissions, methods=["GET"]),
    Route("/api/submissions/{id}", one_submission, methods=["GET"]),
    Route("/api/submissions/{id}", triage_submission, methods=["PATCH"]),
    Route("/api/counts", count_submissions, methods=["GET"]),
    Route("/api/me", me, methods=["GET"]),
]
