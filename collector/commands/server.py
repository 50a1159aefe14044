"""Starting and stopping a collector."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from importlib import import_module

import uvicorn
from websockets.exceptions import InvalidState

from collector.app import Collector, create_app
from collector.commands.control import Control
from collector.commands.direct import place_of
from collector.config import Config
from collector.errors import Unusable
from collector.web.server import server_config

DATE_SECONDS = 1.0
LEFT_SECONDS = 0.005  # between two looks at whether all have left


def bound(config: Config) -> tuple[socket.socket, Config]:
    """A socket that listens where `config` says, and the config with the port it really got. Unusable when the
    address is taken."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except OSError as error:
        listening.close()
        raise Unusable(
            f"port {config.port} on {config.host} is taken: stop what uses it, or set TIJDENS_PORT"
        ) from error
    listening.set_inheritable(True)
    return listening, replace(config, port=listening.getsockname()[1])


class Server(uvicorn.Server):
    """uvicorn's server, which first says that it stops (readiness red, sockets closed with "come back"), and stops as
    soon as nothing is left to do: uvicorn looks ten times a second, and this is told."""

    def __init__(self, config: uvicorn.Config, app: Collector) -> None:
        super().__init__(config)
        self._app = app
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Answers what has been asked, then ends; the second time it ends at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._stopping.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn leaves the process when the app cannot start; `serve` says why instead."""
        log = logging.getLogger("uvicorn.error")
        log.disabled = True  # it would print a traceback; `serve` has the reason itself
        try:
            await super().startup(sockets)
        except SystemExit:
            self.should_exit = True
        finally:
            log.disabled = False

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # sets the date of all answers
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DATE_SECONDS):
                    await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.stopping()
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        for connection in list(self.server_state.connections):
            with contextlib.suppress(InvalidState):  # a socket that is closing already is told so once
                connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._finished()
        for task in self.server_state.tasks:
            task.cancel("what was asked took longer than a stop may wait")
        if not self.force_exit:
            await self.lifespan.shutdown()

    async def _finished(self) -> None:
        """Returns when every connection is closed and every request answered, or when nobody wants to wait for it."""
        while (self.server_state.connections or self.server_state.tasks) and not self.force_exit:
            await asyncio.sleep(LEFT_SECONDS)
        for server in self.servers:
            await server.wait_closed()


Ready = Callable[[Collector, Config], Awaitable[None]]


# What a start does not need and some request will: loaded soon after the first requests, so that neither waits.
LATER_SECONDS = 1.0
LATER = ("jinja2", "stdnum.be.nn", "stdnum.iban", "phonenumbers", "altcha", "prometheus_client", "holidays")
SWITCH_SECONDS = 0.001  # how long the writer or the index may keep the interpreter from whoever waits for an answer


async def serve(config: Config, ready: Ready | None = None) -> None:
    """Serves until SIGINT or SIGTERM. `ready` is awaited once it listens. Unusable when it cannot start."""
    sys.setswitchinterval(SWITCH_SECONDS)
    listening, config = bound(config)
    app = create_app(config)
    server = Server(server_config(app, trusted_proxies=config.trusted_proxies), app)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, server.stop)
    task = asyncio.create_task(server._serve([listening]))
    while not server.started and not task.done():
        await asyncio.sleep(0.005)
    if not server.started:
        await task
        listening.close()
        raise app.failure or Unusable("the collector could not start; the lines above say why")
    async with Control(app.parts.store, place_of(config)):
        if ready is not None:
            await ready(app, config)
        await asyncio.wait([task], timeout=LATER_SECONDS)
        if not task.done():
            await asyncio.to_thread(_load, LATER)
            gc.collect()
            gc.freeze()  # all that is there now stays: to look through it for garbage again would keep answers waiting
        await task


async def run_server(config: Config) -> None:
    """`serve` of the command line: log lines on standard error. What formats them takes a while to load, so it is loaded
    beside the first requests; until then nothing is logged, and a start that fails says why by itself."""
    logging.disable(logging.CRITICAL)

    async def ready(app: Collector, config: Config) -> None:
        await asyncio.to_thread(_log, config.log_level.upper())
        logging.disable(logging.NOTSET)
        logging.getLogger("collector").info("serving", extra={"port": config.port})

    await serve(config, ready)


def _load(modules: tuple[str, ...]) -> None:
    for name in modules:
        import_module(name)


def _log(level: str) -> None:
    from collector.web.log import configure

    configure(level)
