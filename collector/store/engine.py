"""The seam between our questions and one database's way of answering.

`Engine` opens, closes, fetches, and runs write transactions. Whoever calls it names a query of `queries/*.sql`; what it
promises and raises is written here once and holds for every engine (one contract suite runs over all of them):

- `fetch` reads what is committed. It never sees half a transaction.
- `write` runs `body` in a transaction of its own and returns its result **after** the commit is on disk. What `body`
  raises undoes what it did and comes out again.
- `add` hands an item to a batch function together with whatever else waits; each sender is answered after the commit.
- A full disk is Refusal `full`, a database that is locked or overrun is Refusal `busy`; after both, the next try works
  as soon as the cause is gone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Protocol, TypeVar

Row = Mapping[str, Any]
T = TypeVar("T")
Item = TypeVar("Item")
_HEADING = re.compile(r"^-- (name|fragment|fragments): (\w+)$", re.MULTILINE)
_ROW = re.compile(r"(?<=\bvalues )\(([^()]*)\)")
_PLACE = re.compile(r"\?(\d+)")


class Transaction(Protocol):
    """Inside a write. `query` is `noun.name`; parameters are named. `run_many` inserts rows of parameters by position."""

    async def run(self, query: str, **parameters: object) -> int:
        """How many rows it touched."""

    async def run_many(self, query: str, rows: Sequence[Sequence[object]]) -> int:
        """How many rows all of them touched."""

    async def fetch(self, query: str, **parameters: object) -> list[Row]: ...


Body = Callable[[Transaction], Awaitable[T]]
Batch = Callable[[Transaction, Sequence[Item]], Awaitable[Sequence[T | Exception]]]


class Engine(Protocol):
    """One database."""

    async def fetch(self, query: str, fragments: Sequence[str] = (), /, **parameters: object) -> list[Row]: ...

    async def write(self, body: Body[T]) -> T: ...

    async def add(self, batch: Batch[Item, T], item: Item) -> T: ...

    async def close(self) -> None: ...


class Queries:
    """All SQL by name, read once when the engine opens: `noun.name` → text, `noun.+name` of a fragment. A file that says
    `-- fragments: noun` borrows those of another noun that it does not have itself."""

    def __init__(self, suffix: str = "") -> None:
        self._texts: dict[str, str] = {}
        self._borrows: dict[str, str] = {}
        self._composed: dict[tuple[str, tuple[str, ...]], str] = {}
        self._repeated: dict[tuple[str, int], str] = {}
        for file in sorted(files("collector.store").joinpath("queries").iterdir(), key=lambda f: f.name):
            noun, *dialect = file.name.removesuffix(".sql").split(".")
            if file.name.endswith(".sql") and (not dialect or dialect == [suffix]):
                parts = _HEADING.split(file.read_text("utf-8"))
                for kind, name, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
                    if kind == "fragments":
                        self._borrows[noun] = name
                    else:
                        self._texts[f"{noun}.{'+' if kind == 'fragment' else ''}{name}"] = text.strip()

    def text(self, query: str, fragments: Sequence[str] = ()) -> str:
        """The SQL of `query` with its named fragments joined in. KeyError for a name that is not there."""
        key = (query, tuple(fragments))
        if key not in self._composed:
            noun = query.split(".")[0]
            joined = "\n".join(self._fragment(noun, name) for name in fragments)
            self._composed[key] = self._texts[query].replace("{filters}", joined)
        return self._composed[key]

    def of_rows(self, query: str, number: int) -> str:
        """The SQL of an `insert … values (?1, …)` for so many rows at once, their parameters one after the other."""
        key = query, number
        if key not in self._repeated:
            before, row, after = _ROW.split(self._texts[query])
            width = max(int(place) for place in _PLACE.findall(row))
            rows = (
                "(" + _PLACE.sub(lambda place, first=n * width: f"?{first + int(place[1])}", row) + ")"
                for n in range(number)
            )
            self._repeated[key] = before + ", ".join(rows) + after
        return self._repeated[key]

    def _fragment(self, noun: str, name: str) -> str:
        own = f"{noun}.+{name}"
        return self._texts[own if own in self._texts else f"{self._borrows[noun]}.+{name}"]
