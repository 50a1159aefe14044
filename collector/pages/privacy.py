"""`/privacy/{agency}`: what happens with people's words, from the real settings; and two papers for those who answer for
it: an entry for the register of processing (GDPR, article 30) and an agreement with a processor (article 28)."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.agency import Agency
from collector.day import Days
from collector.endpoints.parts import Parts
from collector.pages.render import Renderer, page_language
from collector.public import HOUR_MS, stepped
from collector.token import ROLES

CLAUSES = (
    "subject", "instructions", "secrecy", "security", "others", "rights", "help", "breach", "end", "proof",
)  # fmt: skip


class PrivacyPages:
    """Counts are of the last full hour, so that nobody can tell from them who erased something just now."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._erased: dict[int, tuple[int, int | None, int | None]] = {}

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/privacy/{agency}", self.see, methods=["GET"]),
            Route("/privacy/{agency}/register", self.register, methods=["GET"]),
            Route("/privacy/{agency}/agreement", self.agreement, methods=["GET"]),
        ]

    async def see(self, request: Request) -> Response:
        return await self._page(request, "privacy.html")

    async def register(self, request: Request) -> Response:
        """Article 30(1), filled in as far as the settings know."""
        return await self._page(request, "register.html")

    async def agreement(self, request: Request) -> Response:
        """Article 28(3), for an agency that lets somebody else run the collector."""
        return await self._page(request, "agreement.html", clauses=CLAUSES)

    async def _page(self, request: Request, template: str, **values: Any) -> Response:
        parts: Parts = request.state["parts"]
        agency = parts.store.agencies.by_key(request.path_params["agency"])
        members = await parts.store.members.list(agency.id)
        roles: Counter[str] = Counter(member.role for member in members if member.joined_at is not None)
        erased, expired = await self._counts(parts, agency)
        days = Days(page_language(request), agency.time_zone, parts.now())
        return self._renderer.page(
            request,
            template,
            robots="all",
            agency=agency,
            contact_points=parts.store.agencies.contact_points(agency.id),
            talk=f"/talk/{agency.key}",
            roles=[(role, roles[role]) for role in ROLES if roles[role]],
            story_readers=await parts.store.mornings.readers(agency.id),
            erased=erased,
            expired=expired,
            host=urlsplit(parts.public_url).hostname,
            own=f"{parts.public_url}/privacy/{agency.key}",
            today=days.short(days.today, year=True),
            **values,
        )

    async def _counts(self, parts: Parts, agency: Agency) -> tuple[int | None, int | None]:
        """(erased by those who wrote it, erased because their time was over), in steps of five, of the last full hour."""
        hour = parts.now() // HOUR_MS
        known = self._erased.get(agency.id)
        if known is None or known[0] != hour:
            by_hand, by_time = await parts.store.changes.erased(agency.id, before=hour * HOUR_MS)
            known = self._erased[agency.id] = (hour, stepped(by_hand), stepped(by_time))
        return known[1], known[2]
