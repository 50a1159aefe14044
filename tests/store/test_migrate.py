"""A file of the first release, with a year of work in it, goes through all that came since and loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest

from collector.errors import Unusable
from collector.receipt import Keys
from collector.store.counts import combination
from collector.store.migrate import migrate, steps
from collector.store.store import Store
from collector.store.submissions import ID_STEPS
from collector.token import secret_hash
from tests.start import SECRET, Running, running
from tests.town import Town, said

KEYS = Keys(SECRET)
DAY_MS = 86_400_000
NUMBER = 300
TOKEN = "a token of the first release"


def text_of(number: int) -> str | None:
    return f"Het loket was dicht, verhaal {number} over de gemeentetoren." if number % 3 else None


def first_release(file: Path) -> None:
    """Made as the first version made it: only its own step has run."""
    now = int(time.time() * 1000)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    only_the_first = steps("sqlite")[:1]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("collector.store.migrate.steps", lambda _: only_the_first)
        assert migrate(connection, now) == 1
    run = connection.execute
    run("begin")
    run("insert into meta values ('secret', ?), ('epoch', 'old')", (KEYS.fingerprint,))
    run("insert into agencies values (1, 'town', 'The town', 730, 'Europe/Brussels', ?)", (now - 400 * DAY_MS,))
    run(
        """insert into contact_points (agency_id, key, name, phone, counter, languages, created_at)
        values (1, 'desk', 'The desk', '+32 2 555 01 23', 'Market 1', 'nl fr', ?)""",
        (now,),
    )
    run(
        """insert into placements (id, agency_id, key, name, origins, languages, question, gateway, created_at)
        values (7, 1, 'page', 'The page', 'https://www.town.example', 'nl fr de en', 'outcome', 0, ?)""",
        (now,),
    )
    run("insert into tokens values (3, 1, 'editor', 'Team', ?, ?, null, null, null)", (secret_hash(TOKEN), now))
    run("insert into sessions values (?, 3, ?, ?)", (b"s" * 32, now, now + DAY_MS))
    run("insert into links values (?, 3, ?, null)", (b"l" * 32, now + DAY_MS))
    counts: Counter[tuple[object, ...]] = Counter()
    words: Counter[tuple[object, ...]] = Counter()
    for number in range(1, NUMBER + 1):
        at = now - (NUMBER - number + 1) * DAY_MS
        text, gone, id_ = text_of(number), number == 4, at * ID_STEPS + 1
        said_ = {"outcome": ("yes", "hard", "no")[number % 3], "language": ("nl", "fr")[number % 2]}
        run(
            """insert into submissions (id, agency_id, placement_id, received_at, outcome, another_way, impact, language,
            channel, masked, words, quote, invite, status, read_at, read_by, erased_at, words_id, revision)
            values (?, 1, 7, ?, ?, ?, ?, ?, 'web', ?, ?, 0, 0, ?, ?, ?, ?, ?, 1)""",
            (
                id_, at, None if gone else said_["outcome"], "no" if number == 11 else None,
                "right,health" if number == 11 else None, None if gone else said_["language"],
                "phone" if number == 7 else None, int(bool(text) and not gone), "read" if number % 5 == 0 else "new",
                at + 1 if number % 5 == 0 else None, "Team" if number % 5 == 0 else None, at + 2 if gone else None,
                None if gone else id_,
            ),
        )  # fmt: skip
        run("insert into words values (?, ?, 'https://www.town.example/a')", (id_, "\0" * 9 if gone else text))
        code = KEYS.hash(KEYS.code("page", f"old-{number:08}"))
        run("insert into receipts values (?, 1, 7, ?, ?, ?, ?)", (number, id_, code, b"body", at + 2 if gone else None))
        run("insert into changes values (null, 1, 'submission.received', ?, null, ?)", (at, id_))
        if number % 5 == 0:
            run("insert into changes values (null, 1, 'submission.read', ?, 'Team', ?)", (at + 1, id_))
        if gone:
            run("insert into changes values (null, 1, 'submission.erased', ?, null, ?)", (at + 2, id_))
            continue
        day = time.strftime("%Y-%m-%d", time.gmtime(at / 1000))
        key = combination(1, 7, day, said_["language"], "web", said_["outcome"], None, None, None)
        counts[key] += 1
        words[key] += bool(text)
    for key, presses in counts.items():
        run("insert into counts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*key, presses, words[key]))
    run("commit")
    connection.close()


async def test_a_file_of_the_first_release_keeps_all_it_has_and_does_all_that_is_new(tmp_path: Path) -> None:
    first_release(tmp_path / "t.db")
    async with running(tmp_path) as run:
        run.tokens["editor"] = TOKEN
        await every_voice_is_there(run)
        await receipts_open_as_they_did(run)
        await what_is_new_takes_the_old_along(run)


async def every_voice_is_there(run: Running) -> None:
    listed, after = [], ""
    while True:
        page = (await run.client.get(f"/api/submissions?limit=200{after}", headers=run.bearer())).json()
        listed += page["items"]
        if page["next"] is None:
            break
        after = f"&before={page['next']}"
    texts = {f: text_of(f) for f in range(1, NUMBER + 1) if f != 4}
    assert [one["text"] for one in reversed(listed)] == list(texts.values())
    grave = [one for one in listed if one["severity"] <= 2]
    assert [(one["text"], one["severity"], one["impact"]) for one in grave] == [(text_of(11), 0, ["right", "health"])]
    assert {one["status"] for one in listed} == {"new", "read"} and {one["read_by"] for one in listed} == {None, "Team"}
    counted = (await run.client.get("/api/counts", headers=run.bearer())).json()
    assert (counted["presses"], counted["words"]) == (NUMBER - 1, sum(text is not None for text in texts.values()))
    exported = (await run.client.get("/api/export.jsonl", headers=run.bearer())).text
    assert exported.count("\n") == NUMBER - 1
    first = (await run.client.get("/api/reading?limit=1", headers=run.bearer())).json()["items"]
    assert first[0]["submission"]["text"] == text_of(11)
    index = run.app.parts.store.engine.index
    last = await run.app.parts.store.changes.last()
    assert await asyncio.to_thread(index.wait_for, last, 20)
    found = (await run.client.get("/api/submissions?q=gemeentetoren+verhaal+299", headers=run.bearer())).json()["items"]
    assert [one["text"] for one in found] == [text_of(299)]


async def receipts_open_as_they_did(run: Running) -> None:
    for number in (1, 2, 5, 7, 11, NUMBER):
        told = (await run.receipt(KEYS.code("page", f"old-{number:08}"))).json()
        assert (told["text"], told["page"]) == (text_of(number), "https://www.town.example/a")
        steps_taken = ["submission.received"] + (["submission.read"] if number % 5 == 0 else [])
        assert [step["change"] for step in told["history"]] == steps_taken
        assert told["masked"] == (["phone"] if number == 7 else [])
    erased = (await run.receipt(KEYS.code("page", "old-00000004"))).json()
    assert erased["erased_at"] is not None and erased["text"] is None


async def what_is_new_takes_the_old_along(run: Running) -> None:
    """Read, answered, sorted into a theme that becomes a decision, told on the receipt; erased for good."""
    town = Town(run.app.parts.store, run.app.parts.now())
    code = KEYS.code("page", "old-00000299")
    one = (await run.receipt(code)).json()["id"]
    name = {"name": said("De toren", "La tour"), "submissions": [one]}
    theme = (await run.client.post("/api/themes", json=name, headers=run.bearer())).json()
    await town.store.decisions.create(
        town.agency.id, "tower", town.file(), now=town.now, by="Ann", theme_id=theme["id"]
    )
    await town.step("tower", "publish")
    await town.answer([theme["id"]], "changed", said("De toren is open.", "La tour est ouverte."), days=0)
    told = (await run.receipt(code)).json()
    assert told["decision"]["key"] == "tower" and told["themes"][0]["response"]["outcome"] == "changed"
    assert (await run.receipt(code, "PATCH", text="De toren was toch open.")).status_code == 200
    assert (await run.receipt(code, "DELETE")).status_code == 200
    assert (await run.receipt(code)).json()["text"] is None
    again = await run.send(key="old-00000298", text=text_of(298), outcome="no")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/key_used")  # its first answer still stands
    assert (await run.send(text="En een nieuw verhaal.")).status_code == 201


async def test_each_step_stands_by_itself_and_is_taken_once(tmp_path: Path) -> None:
    first_release(tmp_path / "t.db")
    connection = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    assert migrate(connection, 1) == len(steps("sqlite")) - 1
    assert migrate(connection, 2) == 0
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    migrate(fresh, 1)
    schema = "select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by name"
    assert connection.execute(schema).fetchall() == fresh.execute(schema).fetchall()
    connection.close()
    fresh.close()


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    first_release(tmp_path / "t.db")
    connection = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    connection.execute("insert into migrations values (9999, '9999_later.sqlite.sql', 'x', 1)")
    connection.close()
    with pytest.raises(Unusable, match="install the newer version"):
        await Store.open(f"sqlite:///{tmp_path}/t.db")
    connection = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    tables = {row[0] for row in connection.execute("select name from sqlite_schema")}
    assert "decisions" not in tables
    connection.close()
