"""Who is not heard, from the counts that are kept with every voice; and whose words changed something, by channel."""

from __future__ import annotations

from collections import Counter

from collector.acceptance import Accepted, accepted
from collector.agency import Agency
from collector.silence import (
    APART,
    DAYS,
    WITHOUT_SCREEN,
    Barriers,
    Gap,
    Heard,
    Measure,
    Silence,
    country,
    helper_for,
    verdict,
    worst,
)
from collector.store.agencies import Agencies
from collector.store.engine import Engine

DAY_MS = 86_400_000


class SilenceTable:
    """Called by the dashboard's endpoints."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def see(self, agency: Agency, *, language: str, now: int) -> Silence:
        """Of the last ninety days. `language`: of whoever reads, for whom to ring; `now` in Unix milliseconds."""
        since = now - DAYS * DAY_MS
        rows = await self._engine.fetch(
            "silence.heard", agency_id=agency.id, **{"from": self._agencies.day(agency.id, since)}
        )
        languages: Counter[str] = Counter()
        channels: Counter[str] = Counter()
        placements: Counter[int] = Counter()
        reasons: dict[int, Counter[str]] = {}
        apart = 0
        for row in rows:
            voices = row["voices"]
            if row["channel"] in APART:
                apart += voices
                continue
            channels[row["channel"]] += voices
            placements[row["placement_id"]] += voices
            if row["language"]:
                languages[row["language"].split("-")[0]] += voices
            if row["reason"]:
                reasons.setdefault(row["placement_id"], Counter())[row["reason"]] += voices
        ways: dict[int, Counter[str]] = {}
        for row in await self._engine.fetch("silence.ways", agency_id=agency.id, **{"from": since // DAY_MS}):
            ways.setdefault(row["placement_id"], Counter())[row["another_way"]] += row["voices"]
        measures = self._measures(agency, languages, channels)
        own = self._agencies.contact_points(agency.id)
        spoken = language if language in agency.required_languages else agency.required_languages[0]
        return Silence(
            days=DAYS,
            n=channels.total(),
            apart=apart,
            measures=measures,
            gaps=[
                Gap(
                    m.figure.key, m.heard, m.n, m.figure.share, helper_for(m.figure.key, spoken, country().helpers, own)
                )
                for m in worst(measures)
            ],
            languages=_listed(languages),
            channels=_listed(channels),
            barriers=[
                Barriers(
                    placement.key,
                    placements[placement.id],
                    reasons.get(placement.id, Counter()).total(),
                    dict(reasons.get(placement.id, Counter())),
                    ways.get(placement.id, Counter()).total(),
                    dict(ways.get(placement.id, Counter())),
                )
                for placement in self._agencies.placements(agency.id)
            ],
            figures=[figure for figure in country().figures if _owed(agency, figure.key)],
        )

    def _measures(self, agency: Agency, languages: Counter[str], channels: Counter[str]) -> list[Measure]:
        found = []
        for figure in country().figures:
            if figure.key == "screen":
                heard, n = sum(channels[channel] for channel in WITHOUT_SCREEN), channels.total()
            elif figure.key in ("nl", "fr", "de") and _owed(agency, figure.key):
                heard, n = languages[figure.key], languages.total()
            else:
                continue
            found.append(Measure(figure, heard, n, verdict(heard, n, figure.share)))
        return found

    async def acceptance(self, agency_id: int) -> list[Accepted]:
        """By channel, whose words changed something."""
        rows = await self._engine.fetch("silence.acceptance", agency_id=agency_id)
        return accepted({row["channel"]: (row["voices"], row["changed"]) for row in rows})


def _owed(agency: Agency, key: str) -> bool:
    """Languages are compared for an agency that answers the whole country: one that owes both Dutch and French. Who serves
    one language area has other neighbours than the country has."""
    return key not in ("nl", "fr", "de") or {"nl", "fr"} <= set(agency.required_languages)


def _listed(counted: Counter[str]) -> list[Heard]:
    return [Heard(value, voices) for value, voices in sorted(counted.items(), key=lambda found: (-found[1], found[0]))]
