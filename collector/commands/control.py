"""A running collector listens on a socket beside its file, so that a command works while it serves.

Only the owner of the file may open it. One request is one line of JSON, one answer too."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

import msgspec

from collector.commands.told import Place, Told
from collector.store.store import Store

LINE = 16_000_000  # a decision with a long text in several languages is one line


class Asked(msgspec.Struct):
    name: str
    given: dict[str, Any]


def control_file(store_file: Path) -> Path:
    return store_file.with_name(f"{store_file.name}-control")


class Control:
    """The listening side; an async context manager."""

    def __init__(self, store: Store, place: Place) -> None:
        self._store = store
        self._place = place
        self._path = control_file(place.file)
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Control:
        self._path.unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._answer, self._path, limit=LINE)
        finally:
            os.umask(mask)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from collector.commands.actions import perform  # here, so that a start does not wait for it

        try:
            asked = msgspec.json.decode(await reader.readline(), type=Asked)
            told = await perform(self._store, self._place, asked.name, asked.given)
            writer.write(msgspec.json.encode(told) + b"\n")
            await writer.drain()
        except (ConnectionError, msgspec.MsgspecError, KeyError, ValueError):
            pass  # a caller that went away or spoke nonsense gets no answer
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


async def ask(store_file: Path, name: str, given: dict[str, Any]) -> Told | None:
    """What the running collector says; None when none runs on that file."""
    try:
        reader, writer = await asyncio.open_unix_connection(control_file(store_file), limit=LINE)
    except (FileNotFoundError, ConnectionRefusedError):
        return None
    try:
        writer.write(msgspec.json.encode(Asked(name, given)) + b"\n")
        await writer.drain()
        line = await reader.readline()
    finally:
        writer.close()
    return msgspec.json.decode(line, type=Told) if line else Told(err="the collector did not answer", failed=True)
