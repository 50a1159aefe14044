"""`/d/{decision}`: where it stands, what is open, who decides, what was heard and what became of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.day import Days
from collector.decision import PHASES, STEP, Decision, Phase
from collector.endpoints.parts import Parts
from collector.pages.feeds import decision_feed, feed_response
from collector.pages.render import NAMES, Renderer, machine, page_language
from collector.pages.story import story, waiting
from collector.pages.text import Reader
from collector.placement import Placement
from collector.public import PublicDecision, PublicPhase
from collector.texts import pick


class DecisionPage:
    """One page for all who look at a decision, and its feed."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._reader = Reader()

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/d/{decision}.atom", self.feed, methods=["GET"]),
            Route("/d/{decision}", self.see, methods=["GET"]),
        ]

    async def see(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        decision = parts.store.decisions.by_key(request.path_params["decision"])
        now, language = parts.now(), page_language(request)
        if decision.state == "merged":
            return self._merged(request, parts, decision, language)
        shown = await parts.store.public.document(decision, now)
        days = Days(language, shown.time_zone, now)
        placement = placement_of(parts, decision)
        return self._renderer.page(
            request,
            "decision.html",
            robots="all",
            d=shown,
            rail=rail(shown),
            days=days,
            again=opens_again(shown, now),
            question=question_of(shown),
            story=story(shown, now),
            waiting=waiting(shown),
            label=label(parts, shown, language),
            reading=await self._reader.read(request, parts.store, decision, shown, language),
            placement=placement.key if placement else None,
            pick=lambda texts: pick(texts, language),
            machine=machine,
            figure=lambda number: str(number) if number else None,
            step=STEP,
            names_of=NAMES,
        )

    def _merged(self, request: Request, parts: Parts, decision: Decision, language: str) -> Response:
        """It goes on under another name: say where."""
        into = parts.store.decisions.where_it_went(decision)
        return self._renderer.page(
            request,
            "decision_merged.html",
            robots="all",
            decision=decision,
            into=into,
            pick=lambda texts: pick(texts, language),
        )

    async def feed(self, request: Request) -> Response:
        """The official acts of one decision, as Atom."""
        parts: Parts = request.state["parts"]
        decision = parts.store.decisions.by_key(request.path_params["decision"])
        now, language = parts.now(), page_language(request)
        decision = parts.store.decisions.where_it_went(decision)
        shown = await parts.store.public.document(decision, now)
        return feed_response(decision_feed(parts, shown, story(shown, now), language, now), language)


def placement_of(parts: Parts, decision: Decision) -> Placement | None:
    """Where one can react to it: the first of its own placements that takes in words, else any of its agency."""
    agencies = parts.store.agencies
    own = agencies.placements(decision.agency_id)
    own.sort(key=lambda placement: placement.key not in decision.file.placements)
    return next((placement for placement in own if agencies.live(placement)), None)


def rail(shown: PublicDecision) -> list[tuple[Phase, PublicPhase | None, str]]:
    """(phase, its days, `past`, `here` or `ahead`), in order. The planned phases and the one it is in; all six when
    nothing is planned. What was withdrawn is nowhere."""
    planned = {phase.phase: phase for phase in shown.phases}
    listed = [phase for phase in PHASES if phase in planned or phase == shown.phase] if planned else list(PHASES)
    here = PHASES.index(shown.phase)
    stopped = shown.state == "withdrawn"
    found = []
    for phase in listed:
        place = PHASES.index(phase)
        state = "past" if place < here else "ahead" if place > here or stopped else "here"
        found.append((phase, planned.get(phase), state))
    return found


def opens_again(shown: PublicDecision, now: int) -> PublicPhase | None:
    """The phase in which one can react again, when it is closed only for now."""
    if shown.is_open or shown.state != "published" or shown.closes_at is None:
        return None
    return next((phase for phase in shown.phases if now < phase.opens_at < shown.closes_at), None)


def question_of(shown: PublicDecision) -> dict[str, str]:
    """What the team asks in this phase; empty when it asks nothing of its own."""
    return next((phase.question for phase in shown.phases if phase.phase == shown.phase), {})


def label(parts: Parts, shown: PublicDecision, language: str) -> str:
    """What waited when it was published in spite of it, in a sentence; empty when nothing does any more. It is of that
    moment, so it tells nothing of who spoke since."""
    if shown.override is None:
        return ""

    def t(name: str, /, **filled: object) -> str:
        return parts.words.get(language, f"pages.d.label.{name}", **filled)

    waited, said = shown.override.unanswered, []
    if waited.themes:
        said.append(t("theme") if waited.themes == 1 else t("themes", number=waited.themes))
    said += [t(name, number=number) for name in ("unsorted", "waiting") if (number := getattr(waited, name))]
    if waited.promise:
        said.append(t("something"))
    elif not said and not waited.grave_unread:
        said.append(t("few"))
    what = ", ".join(said[:-1]) + (t("and") if said[1:] else "") + "".join(said[-1:])
    unread = t("grave_unread", number=waited.grave_unread) if waited.grave_unread else ""
    if not said:
        return t("only_unread" if shown.state == "decided" else "only_unread_phase", what=unread)
    title = t("title" if shown.state == "decided" else "title_phase", what=what)
    return f"{title}, {unread}" if unread else title
