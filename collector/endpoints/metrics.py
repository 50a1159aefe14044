"""What is counted for operators, in Prometheus' words. No label ever carries an address or anything a citizen wrote."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """One registry an app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._submissions = Counter(
            "tijdens_submissions", "Submissions acknowledged.", ["result"], registry=self._registry
        )
        self._refusals = Counter(
            "tijdens_refusals", "What was refused, by reason.", ["reason"], registry=self._registry
        )
        self._requests = Histogram(
            "tijdens_request_seconds", "Time to answer.", ["route", "status"], buckets=_SECONDS, registry=self._registry
        )
        self._masked = Counter("tijdens_masked", "Personal data masked, by kind.", ["kind"], registry=self._registry)
        self.accepted = self._submissions.labels("accepted")
        self.repeated = self._submissions.labels("repeated")
        self.acknowledged = self._requests.labels("/api/submissions", "2xx")

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """A value that is read when somebody asks."""
        Gauge(f"tijdens_{name}", text, registry=self._registry).set_function(read)

    def refused(self, reason: str) -> None:
        self._refusals.labels(reason).inc()

    def masked(self, kind: str) -> None:
        self._masked.labels(kind).inc()

    def answered(self, route: str, status: int, seconds: float) -> None:
        self._requests.labels(route, f"{status // 100}xx").observe(seconds)

    def text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        return generate_latest(self._registry)
