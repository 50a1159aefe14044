from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from collector.errors import Refusal
from collector.web.log import configure
from tests.logged import logged

IPV4 = "203.0.113.57"
IPV6 = "2001:db8:7:1::beef"
NATIONAL_NUMBER = "85.07.30-033.28"
DIGITS = "85073003328"
EMAIL = "an.peeters@post.example"
RECEIPT = "7KQ2M-XW30T-9ABCH-00ZR5"
TOKEN = "q3J0vX-7sQ1nB5yZ_kW9tR2uL4mE8aD6cF0gH1iP3oN"
WORDS = "my neighbour was refused"
CANARIES = (
    IPV4,
    IPV6,
    NATIONAL_NUMBER,
    NATIONAL_NUMBER.replace(".", "").replace("-", ""),
    EMAIL,
    RECEIPT,
    TOKEN,
    WORDS,
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=[io.StringIO, Terminal], ids=["json", "terminal"])
def stream(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    with logged(request.param()) as stream:
        yield stream


@pytest.fixture
def json_stream() -> Iterator[io.StringIO]:
    with logged(io.StringIO()) as stream:
        yield stream


def _clean(stream: io.StringIO) -> str:
    """What was logged, after a look for canaries."""
    text = stream.getvalue()
    for canary in CANARIES:
        assert canary.lower() not in text.lower()
    return text


def _line(stream: io.StringIO) -> dict[str, Any]:
    """The one line that was logged, as JSON."""
    (line,) = _clean(stream).splitlines()
    decoded: dict[str, Any] = json.loads(line)
    return decoded


def test_a_line_says_what_happened_and_when(json_stream: io.StringIO) -> None:
    structlog.get_logger("collector").info("serving", port=8000)
    line = _line(json_stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "serving", "level": "info", "logger": "collector", "port": 8000}


def test_a_terminal_gets_a_line_to_read(stream: io.StringIO) -> None:
    structlog.get_logger("collector").info("serving", port=8000)
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().startswith("{") is not stream.isatty()


@pytest.mark.parametrize("canary", CANARIES)
def test_a_field_that_is_not_on_the_list_is_not_written(stream: io.StringIO, canary: str) -> None:
    structlog.get_logger("collector").info("stored", text=canary, ip=canary, headers={"x": canary}, ms=3)
    logging.getLogger("collector.live").info("stored", extra={"text": canary, "ms": 3})
    assert _clean(stream).count("stored") == 2


@pytest.mark.parametrize("canary", CANARIES[:-1])
@pytest.mark.parametrize("sentence", ["{}", "peer {}:4123 left", "read ({})", "/live?token={}", "{}, again"])
def test_what_looks_like_a_person_is_blotted_out(stream: io.StringIO, canary: str, sentence: str) -> None:
    structlog.get_logger("collector").warning(sentence.format(canary), reason=sentence.format(canary))
    logging.getLogger("collector.store").warning(sentence.format(canary), extra={"reason": sentence.format(canary)})
    logging.getLogger("other").warning(sentence.format(canary))
    assert _clean(stream).count("warning") == 3


def test_ordinary_values_are_left_as_they_are(json_stream: io.StringIO) -> None:
    fields = {
        "route": "/api/submissions/{id}",
        "ms": 12.5,
        "status": 201,
        "cursor": 3676548765432832,
        "placement": "a-1",
    }
    structlog.get_logger("collector").info("answered 12:30:05, version 1.10.0", **fields, code="SQLITE_BUSY")
    line = _line(json_stream)
    assert line.items() >= fields.items()
    assert (line["event"], line["code"]) == ("answered 12:30:05, version 1.10.0", "SQLITE_BUSY")


def test_a_value_that_is_not_plain_leaves_only_its_kind(stream: io.StringIO) -> None:
    structlog.get_logger("collector").info("stored", reason=ValueError(WORDS), code=[WORDS])
    assert "ValueError" in _clean(stream)


def test_extras_of_plain_logging_are_written(json_stream: io.StringIO) -> None:
    logging.getLogger("collector.live").warning("the feed waits", extra={"code": "OSError"})
    line = _line(json_stream)
    assert (line["event"], line["code"], line["logger"]) == ("the feed waits", "OSError", "collector.live")


def _raise(text: str) -> None:
    secret = text  # a local that must not show
    raise ValueError(f"cannot read {secret}")


@pytest.mark.parametrize("name", ["collector", "asyncio"])
def test_an_exception_is_told_by_kind_and_place_without_its_words(stream: io.StringIO, name: str) -> None:
    for log in (structlog.get_logger(name), logging.getLogger(name)):
        try:
            try:
                _raise(WORDS)
            except ValueError as error:
                raise KeyError(EMAIL) from error
        except KeyError:
            log.exception("failed")
    text = _clean(stream)
    assert text.count("KeyError") == text.count("ValueError") == 2
    assert text.count("web/test_log.py:") >= 4
    assert "_raise" in text


def test_an_exception_keeps_what_a_library_chose_from_a_list(stream: io.StringIO) -> None:
    busy = sqlite3.OperationalError(WORDS)
    busy.sqlite_errorname = "SQLITE_BUSY"
    errors = [busy, OSError(28, WORDS), Refusal("busy"), ExceptionGroup(WORDS, [OSError(28, WORDS)])]
    for error in errors:
        structlog.get_logger("collector").error("failed", exc_info=error)
    text = _clean(stream)
    for kind in ("OperationalError[SQLITE_BUSY]", "Refusal[busy]", "ExceptionGroup[OSError[ENOSPC]]"):
        assert kind in text
    assert text.count("OSError[ENOSPC]") == 2


def test_what_asyncio_says_of_a_failed_task_and_callback_holds_no_words(stream: io.StringIO) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(None)
        loop.call_soon(_raise, WORDS)
        loop.call_exception_handler({"message": "Task exception was never retrieved", "future": WORDS})
        await asyncio.sleep(0)

    asyncio.run(main())
    text = _clean(stream)
    assert "Exception in callback _raise" in text
    assert "Task exception was never retrieved" in text


def test_arguments_of_other_people_s_messages_leave_a_gap(json_stream: io.StringIO) -> None:
    logging.getLogger("other").warning("%s asked %s times for %r", WORDS, 3, {"text": WORDS})
    assert _line(json_stream)["event"] == "… asked 3 times for …"


@pytest.mark.parametrize("message", ["%d of %s", "%(a)d of %(b)s", "50% of"])
def test_a_message_that_does_not_fit_its_arguments_is_written_all_the_same(stream: io.StringIO, message: str) -> None:
    configure("info", stream)  # drops pytest's own handler, which would raise
    logging.getLogger("other").warning(message, {"a": WORDS, "b": WORDS})
    assert " of" in _clean(stream)


def test_an_exception_as_a_message_leaves_its_kind(json_stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error(OSError(98, WORDS))
    assert _line(json_stream)["event"] == "OSError"


def test_uvicorn_tells_neither_who_came_nor_what_he_asked(stream: io.StringIO) -> None:
    log = logging.getLogger("uvicorn.error")
    log.info('%s - "WebSocket %s" [accepted]', f"{IPV4}:51234", f"/api/live?token={TOKEN}")
    log.warning('%s - "WebSocket %s" 403', f"{IPV4}:51234", f"/api/live?token={TOKEN}")
    log.warning("Invalid HTTP request received.")
    logging.getLogger("uvicorn.access").warning('%s - "GET %s"', IPV4, f"/x?token={TOKEN}")
    assert stream.getvalue() == ""
    log.error("Exception in ASGI application\n")
    assert "Exception in ASGI application" in stream.getvalue()


def test_below_the_level_nothing_is_written(stream: io.StringIO) -> None:
    configure("WARNING", stream)
    structlog.get_logger("collector").info("serving")
    logging.getLogger("collector").info("serving")
    assert stream.getvalue() == ""


def test_configured_twice_a_line_is_written_once(stream: io.StringIO) -> None:
    configure("INFO", stream)
    logging.getLogger("collector").info("serving")
    assert stream.getvalue().count("serving") == 1
