"""What is counted for operators, in Prometheus' words. No label ever carries an address or anything a citizen wrote.

Counting is adding to a plain number; Prometheus' own library writes them down when somebody asks, and is loaded then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class _Times:
    """How long answers of one kind took: how many within each bound of `_SECONDS`, above the one before."""

    __slots__ = ("buckets", "sum")

    def __init__(self) -> None:
        self.buckets = [0] * (len(_SECONDS) + 1)
        self.sum = 0.0


class Metrics:
    """One an app. Counted on the loop alone; `text` may be called from any thread."""

    def __init__(self) -> None:
        self._submissions: Counter[str] = Counter(accepted=0, repeated=0)
        self._refusals: Counter[str] = Counter()
        self._masked: Counter[str] = Counter()
        self._times: dict[tuple[str, str], _Times] = {}
        self._gauges: list[tuple[str, str, Callable[[], float]]] = []

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """A value that is read when somebody asks."""
        self._gauges.append((name, text, read))

    def took(self, *, repeated: bool) -> None:
        """A submission was acknowledged, for the first time or again."""
        self._submissions["repeated" if repeated else "accepted"] += 1

    def refused(self, reason: str) -> None:
        self._refusals[reason] += 1

    def masked(self, kind: str) -> None:
        self._masked[kind] += 1

    def answered(self, route: str, status: int, seconds: float) -> None:
        key = route, f"{status // 100}xx"
        times = self._times.get(key)
        if times is None:
            times = self._times[key] = _Times()
        times.buckets[bisect_left(_SECONDS, seconds)] += 1
        times.sum += seconds

    def text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        return generate_latest(registry)

    def describe(self) -> list[Metric]:
        """Nothing: the registry need not know the names beforehand."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Asked by the registry of Prometheus' library."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        for name, text, label, counted in (
            ("tijdens_submissions", "Submissions acknowledged.", "result", self._submissions),
            ("tijdens_refusals", "What was refused, by reason.", "reason", self._refusals),
            ("tijdens_masked", "Personal data masked, by kind.", "kind", self._masked),
        ):
            counter = CounterMetricFamily(name, text, labels=[label])
            for value, number in dict(counted).items():
                counter.add_metric([value], number)
            yield counter
        histogram = HistogramMetricFamily("tijdens_request_seconds", "Time to answer.", labels=["route", "status"])
        for labels, times in dict(self._times).items():
            within, bounds = 0, []
            for bound, number in zip((*_SECONDS, "+Inf"), times.buckets, strict=True):
                within += number
                bounds.append((str(bound), float(within)))
            histogram.add_metric(labels, bounds, times.sum)
        yield histogram
        for name, text, read in self._gauges:
            yield GaugeMetricFamily(f"tijdens_{name}", text, value=read())
