"""The store: every question we ask the database, one class a noun, all over one engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from collector.change import AGENCY, CONTACT_POINT, DECISION, MEMBER, MEMBER_REVOKED, PLACEMENT, ROUTING, Change
from collector.errors import Unusable
from collector.store.agencies import Agencies
from collector.store.alarms import Alarms
from collector.store.alerts import Alerts
from collector.store.asks import Asks
from collector.store.audit import Audit
from collector.store.bursts import BurstsTable
from collector.store.changes import Changes
from collector.store.claims import Claims
from collector.store.counts import CountsTable
from collector.store.decisions import Decisions
from collector.store.devices import Devices
from collector.store.engine import Transaction
from collector.store.figures import FiguresTable
from collector.store.hooks import Hooks
from collector.store.inclusions import Inclusions
from collector.store.installation import Installation
from collector.store.letters import LettersTable
from collector.store.members import Members
from collector.store.mornings import Mornings
from collector.store.offers import Offers
from collector.store.phrases import PhrasesTable
from collector.store.pictures import PictureTable
from collector.store.providers import Providers
from collector.store.public import Public
from collector.store.radar import RadarTable
from collector.store.reading import Readings
from collector.store.receipts import Receipts
from collector.store.responses import Responses
from collector.store.roster import RosterTable
from collector.store.rules import RulesTable
from collector.store.saved_views import SavedViews
from collector.store.second_factors import SecondFactors
from collector.store.sections import Sections
from collector.store.sessions import Sessions
from collector.store.sightings import Sightings
from collector.store.silence import SilenceTable
from collector.store.similar import SimilarTable
from collector.store.sqlite import SqliteEngine
from collector.store.statements import Statements
from collector.store.steps import Steps
from collector.store.stories import Stories
from collector.store.submissions import Submissions
from collector.store.tallies import Tallies
from collector.store.themes import Themes
from collector.store.todo import Todos
from collector.store.tokens import Tokens
from collector.store.work import WorkTable


class Store:
    """Holds the nouns. `on_commit` is called on the loop after each commit: the feed's doorbell hangs there."""

    def __init__(self, engine: SqliteEngine) -> None:
        self.engine = engine
        self.audit = Audit(engine)
        self.agencies = Agencies(engine)
        self.sightings = Sightings(engine, self.agencies)
        self.decisions = Decisions(engine, self.agencies)
        self.asks = Asks(engine, self.agencies, self.decisions)
        self.submissions = Submissions(engine, self.agencies)
        self.routings = self.submissions.routings
        self.offers = Offers(engine, self.agencies, self.submissions)
        self.claims = Claims(engine)
        self.saved_views = SavedViews(engine)
        self.changes = Changes(engine, self.submissions.shown)
        self.alarms = Alarms(engine, self.agencies)
        self.bursts = BurstsTable(engine, self.agencies)
        self.readings = Readings(engine, self.agencies, self.submissions)
        self.radar = RadarTable(engine, self.decisions, self.submissions)
        self.steps = Steps(engine, self.agencies, self.decisions, self.asks)
        self.sections = Sections(engine, self.decisions)
        self.responses = Responses(engine, self.decisions)
        self.figures = FiguresTable(engine)
        self.rules = RulesTable(engine, self.agencies, self.decisions, self.submissions, self.responses)
        self.silence = SilenceTable(engine, self.agencies)
        self.themes = Themes(
            engine, self.decisions, self.sections, self.responses, self.figures, self.submissions.shown, self.routings
        )
        self.public = Public(engine, self.agencies, self.decisions, self.sections, self.themes, self.figures, self.asks)
        self.phrases = PhrasesTable(engine, self.submissions)
        self.similar = SimilarTable(engine, self.agencies, self.submissions, self.decisions)
        self.work = WorkTable(
            engine, self.agencies, self.decisions, self.sections, self.themes, self.public, self.changes
        )
        self.members = Members(engine)
        self.inclusions = Inclusions(engine, self.agencies)
        self.roster = RosterTable(engine, self.agencies)
        self.mornings = Mornings(engine, self.agencies, self.decisions)
        self.stories = Stories(engine, self.agencies, self.decisions)
        self.statements = Statements(engine, self.submissions)
        self.todos = Todos(engine, self.agencies, self.submissions, self.statements)
        self.receipts = Receipts(
            engine,
            self.agencies,
            self.submissions,
            self.changes,
            self.decisions,
            self.sections,
            self.themes,
            self.public,
            self.asks,
            self.statements,
            engine.scrub_soon,
            self.audit,
            self.roster.reading,
            self.offers,
        )
        self.messages = self.receipts.messages
        self.bells = self.receipts.bells
        self.callbacks = self.receipts.callbacks
        self.devices = Devices(engine, self.agencies)
        self.counts = CountsTable(engine, self.agencies)
        self.tallies = Tallies(engine, self.agencies)
        self.pictures = PictureTable(engine, self.agencies)
        self.sessions = Sessions(engine)
        self.providers = Providers(engine)
        self.second_factors = SecondFactors(engine)
        self.hooks = Hooks(engine, self.agencies)
        self.alerts = Alerts(engine, self.agencies, lambda: engine.index.cursor)
        self.letters = LettersTable(engine, self.agencies)
        self.tokens = Tokens(engine, self.agencies, self.decisions)
        self.installation = Installation(engine, self.agencies, self.members, self.second_factors, self.sightings)

    @classmethod
    async def open(
        cls, url: str, on_commit: Callable[[], None] = lambda: None, *, max_pages: int | None = None
    ) -> Store:
        """Opens `sqlite:///path`, running what migrations it lacks. Unusable when it is held by another process, is
        newer than this version, or is not a database."""
        store = cls(await SqliteEngine.open(file_of(url), on_commit, max_pages=max_pages))
        try:
            await store.agencies.load()
            await store.roster.load()
            await store.routings.load()
            await store.decisions.load()
            await store.decisions.follow()
            await store.asks.load()
            await store.submissions.load()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        await self.engine.close()

    async def refresh(self, batch: Sequence[Change]) -> None:
        """Reads anew what is kept in memory, when changes say that it moved: whoever is told of them asks at once."""
        told = {change.change for change in batch}
        if any(name.startswith(DECISION) for name in told):
            await self.decisions.load()
            await self.asks.load()
        if told & {AGENCY, PLACEMENT, CONTACT_POINT}:
            await self.agencies.load()
        if told & {MEMBER, MEMBER_REVOKED}:
            await self.roster.load()
        if told & {MEMBER, MEMBER_REVOKED, ROUTING}:
            await self.routings.load()

    async def meta(self, name: str) -> str | None:
        """A fact about the store itself, such as its epoch or the fingerprint of its secret."""
        rows = await self.engine.fetch("meta.get", name=name)
        return str(rows[0]["value"]) if rows else None

    async def set_meta(self, name: str, value: str) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run("meta.put", name=name, value=value)

        await self.engine.write(body)


def file_of(url: str) -> Path:
    """The path in `sqlite:///path` (relative) or `sqlite:////path` (absolute). Unusable for any other URL."""
    if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
        raise Unusable(f"TIJDENS_STORE is {url!r}: write sqlite:///path/to/file")
    return Path(url.removeprefix("sqlite:///"))
