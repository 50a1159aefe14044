"""The bell, with a real mail server."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from collector.agency import LANGUAGES
from collector.live.bell import Bell
from collector.live.mail import Mail
from collector.store.store import Store
from collector.words import Words
from tests.live.mailbox import Mailbox, mailbox
from tests.logged import logged
from tests.patience import PATIENCE
from tests.start import running
from tests.store.arrivals import NOW
from tests.store.test_messages import opened, tell

WORDS = Words()
ADDRESS = "jan@voorbeeld.be"


def bell(store: Store, box: Mailbox, **options: object) -> Bell:
    """One that does not wait."""
    options = {"look_seconds": 0.02, "gather_ms": 0, "pauses": (0.05, 0.1), **options}
    mail = Mail(f"smtp://127.0.0.1:{box.port}", "tijdens@town.example")
    return Bell(store, mail, WORDS, "https://tijdens.example", lambda: NOW + 600_000, **options)  # type: ignore[arg-type]


async def followed(store: Store) -> None:
    """Until the bell has begun to follow."""
    async with asyncio.timeout(5 * PATIENCE):
        while store.bells._cursor is None:
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_says_that_there_is_news_and_nothing_more(store: Store, language: str) -> None:
    agency, receipt = await opened(store)
    async with mailbox() as box, bell(store, box):
        await followed(store)
        await store.bells.put(agency.id, receipt.id, ADDRESS, language, now=NOW)
        await tell(store, receipt, "Welke browser gebruikt u?")
        await box.wait(1)
        await asyncio.sleep(0.2)
    ((to, letter),) = box.taken
    text = letter.get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]
    assert (to, letter["From"], letter["Auto-Submitted"]) == (ADDRESS, "tijdens@town.example", "auto-generated")
    assert f"https://tijdens.example/r?lang={language}\n" in text
    for kept_back in ("browser", "The town", "lukte", "#"):
        assert kept_back not in text.replace("tijdens@town.example", "")
    assert letter["Subject"] == WORDS.get(language, "bell.subject")


async def test_ten_changes_are_one_ring_and_the_next_hour_another(store: Store) -> None:
    agency, receipt = await opened(store)
    async with mailbox() as box, bell(store, box, gather_ms=0, every_ms=0):
        await followed(store)
        await store.bells.put(agency.id, receipt.id, ADDRESS, "nl", now=NOW)
        await asyncio.gather(*(tell(store, receipt, f"vraag {n}") for n in range(10)))
        await box.wait(1)
        await asyncio.sleep(0.2)
        first = len(box.taken)
        await tell(store, receipt, "later")
        await box.wait(first + 1)
    assert first <= 3  # commits of one moment are one; with a minute to gather they always are


async def test_a_server_that_fails_is_asked_again_later_and_touches_nothing_else(store: Store) -> None:
    agency, receipt = await opened(store)
    async with mailbox() as box, bell(store, box):
        box.down = True
        await followed(store)
        await store.bells.put(agency.id, receipt.id, ADDRESS, "nl", now=NOW)
        await tell(store, receipt, "Een?")
        async with asyncio.timeout(5 * PATIENCE):
            while box.tried < 3:
                await asyncio.sleep(0.01)
        assert await store.bells.on(receipt.id) and box.taken == []
        await tell(store, receipt, "Twee?")
        box.down = False
        await box.wait(1)


async def test_a_server_that_is_not_there_is_no_trouble(store: Store) -> None:
    agency, receipt = await opened(store)
    async with mailbox() as box:
        port = box.port
    mail = Mail(f"smtp://127.0.0.1:{port}", "tijdens@town.example")
    async with Bell(store, mail, WORDS, "x", lambda: NOW, look_seconds=0.02, gather_ms=0, pauses=(0.02,)) as ringing:
        await followed(store)
        await store.bells.put(agency.id, receipt.id, ADDRESS, "nl", now=NOW)
        await tell(store, receipt, "Een?", at=NOW)
        async with asyncio.timeout(5 * PATIENCE):
            while ringing._failures < 3:
                await asyncio.sleep(0.01)
    assert await store.bells.on(receipt.id)


async def test_an_address_of_nobody_loses_its_bell_and_one_that_says_later_keeps_it(store: Store) -> None:
    agency, nobody = await opened(store, "key-00001")
    _, later = await opened(store, "key-00002")
    _, third = await opened(store, "key-00003")
    async with mailbox() as box, bell(store, box):
        box.answers = {"niemand@voorbeeld.be": "550 5.1.1 nobody", "traag@voorbeeld.be": "450 4.2.0 later"}
        await followed(store)
        for receipt, name in ((nobody, "niemand"), (later, "traag"), (third, "jan")):
            await store.bells.put(agency.id, receipt.id, f"{name}@voorbeeld.be", "nl", now=NOW)
            await tell(store, receipt, "Een?")
        await box.wait(1)
        await asyncio.sleep(0.1)
    assert [to for to, _ in box.taken] == [ADDRESS]
    assert (await store.bells.on(nobody.id), await store.bells.on(later.id)) == (False, True)


async def test_no_address_reaches_a_log_line_or_the_changes(store: Store, tmp_path: Path) -> None:
    agency, receipt = await opened(store)
    with logged(io.StringIO(), "debug") as lines:
        async with mailbox() as box, bell(store, box):
            box.down = True
            await followed(store)
            await store.bells.put(agency.id, receipt.id, "kanarie.bel@voorbeeld.be", "nl", now=NOW)
            await tell(store, receipt, "Een?")
            async with asyncio.timeout(5 * PATIENCE):
                while box.tried < 2:
                    await asyncio.sleep(0.01)
            box.down, box.answers = False, {"kanarie.bel@voorbeeld.be": "550 5.1.1 kanarie.bel@voorbeeld.be is nobody"}
            async with asyncio.timeout(5 * PATIENCE):
                while await store.bells.on(receipt.id):
                    await asyncio.sleep(0.01)
    assert "the bell could not ring" in lines.getvalue() and "kanarie" not in lines.getvalue()
    rows = await store.engine.fetch("changes.after", after=0, limit=1000)
    assert "kanarie" not in str([dict(row) for row in rows])


async def test_it_signs_in_where_the_server_asks_for_it(store: Store, tmp_path: Path) -> None:
    """With a password only under encryption: a server without it is told nothing."""
    agency, receipt = await opened(store)
    async with mailbox(auth_required=True, auth_require_tls=False) as box:
        mail = Mail(f"smtp://user:geheim@127.0.0.1:{box.port}", "tijdens@town.example")
        options = {"look_seconds": 0.02, "gather_ms": 0, "pauses": (0.02,)}
        async with Bell(store, mail, WORDS, "x", lambda: NOW, **options) as ringing:  # type: ignore[arg-type]
            await followed(store)
            await store.bells.put(agency.id, receipt.id, ADDRESS, "nl", now=NOW)
            await tell(store, receipt, "Een?", at=NOW)
            async with asyncio.timeout(5 * PATIENCE):
                while ringing._failures < 2:
                    await asyncio.sleep(0.01)
    assert box.logins == [] and box.taken == []


async def test_the_whole_product_offers_it_when_it_is_set_and_rings(tmp_path: Path) -> None:
    async with (
        mailbox() as box,
        running(tmp_path, smtp=f"smtp://127.0.0.1:{box.port}", mail_from="tijdens@town.example") as run,
    ):
        told = (await run.send(text="Het lukte niet.")).json()
        headers = {"authorization": f"Receipt {told['receipt']}"}
        assert (await run.receipt(told["receipt"])).json()["bell"] == {"offered": True, "on": False}
        wish = {"email": ADDRESS, "language": "fr"}
        answer = await run.client.put("/api/receipt/bell", json=wish, headers=headers)
        assert answer.json()["bell"] == {"offered": True, "on": True} and ADDRESS not in answer.text
        refused = await run.client.put("/api/receipt/bell", json=wish | {"email": "jan"}, headers=headers)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["email"])
        gone = await run.client.request("DELETE", "/api/receipt/bell", headers=headers)
        assert gone.json()["bell"]["on"] is False


async def test_without_a_mail_server_there_is_no_bell(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        code = (await run.send(text="Het lukte niet.")).json()["receipt"]
        assert (await run.receipt(code)).json()["bell"] == {"offered": False, "on": False}
        headers = {"authorization": f"Receipt {code}"}
        wish = {"email": ADDRESS, "language": "fr"}
        assert (await run.client.put("/api/receipt/bell", json=wish, headers=headers)).status_code == 409
