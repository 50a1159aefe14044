"""One story every morning, with a real mail server."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from email.message import Message

import pytest

from collector.agency import LANGUAGES
from collector.live.mail import Mail
from collector.live.morning import MorningPost
from collector.morning import Owning
from collector.pages.letter import Letters
from collector.store.store import Store
from collector.words import Words
from tests.live.mailbox import Mailbox, mailbox
from tests.logged import logged
from tests.patience import PATIENCE
from tests.store.arrivals import KEYS, NOW, agency_with_page
from tests.store.test_mornings import KEY, WEDNESDAY, at, erased, member, morning, owned, rows
from tests.town import Town

WORDS = Words()
TEXT = "Mijn winkel krijgt leveringen om acht uur.\n\nDan kan ik niet meer bevoorraden, en dat is het einde."


def post(store: Store, box: Mailbox, now: int = at(WEDNESDAY), **options: object) -> MorningPost:
    """One that does not wait."""
    options = {"look_seconds": 0.02, "pauses": (0.05, 0.1), **options}
    mail = Mail(f"smtp://127.0.0.1:{box.port}", "tijdens@town.example")
    letters = Letters(WORDS, "https://tijdens.example")
    return MorningPost(store, mail, letters, KEYS, lambda: now, **options)  # type: ignore[arg-type]


def content(letter: Message) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")  # type: ignore[attr-defined]


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(5 * PATIENCE):
        while not done():
            await asyncio.sleep(0.01)


@pytest.fixture
async def hall(store: Store) -> Town:
    await agency_with_page(store)
    return Town(store, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_mail_holds_the_whole_story_where_it_comes_from_and_one_link(hall: Town, language: str) -> None:
    await hall.publish(KEY, hall.file())
    (voice,) = await hall.voices(KEY, text=TEXT, effect="harder", another_way="no", impact=["money"], language="fr")
    ann = await member(hall)
    await hall.store.mornings.own(hall.agency.id, KEY, Owning(ann, language), now=hall.now, by=None)  # type: ignore[arg-type]
    async with mailbox() as box, post(hall.store, box):
        await box.wait(1)
        await asyncio.sleep(0.1)
    ((to, letter),) = box.taken
    text = content(letter)
    secret = KEYS.story(hall.store.decisions.by_key(KEY).id, voice)
    assert (to, letter["Content-Language"]) == ("ann@town.example", language)
    assert TEXT in text and text.count("https://tijdens.example") == 1
    assert f"https://tijdens.example/story?lang={language}#{secret}\n" in text
    assert WORDS.get(language, "morning.language.fr") in text and "16" in text and "{" not in text
    assert WORDS.get(language, "pages.value.harder") in text and "Mobility office" in text
    assert "!" not in text.replace(TEXT, "")
    title = hall.file().title.get(language, hall.file().title["nl"])
    assert letter["Subject"] == WORDS.get(language, "morning.mail.subject", title=title)


async def test_a_server_that_fails_is_asked_again_with_the_same_story_and_that_is_counted(hall: Town) -> None:
    await owned(hall)
    async with mailbox() as box:
        box.down = True
        async with post(hall.store, box):
            await until(lambda: hall.store.stories.failures >= 3)
            assert (await morning(hall, at(WEDNESDAY))).waits and box.taken == []
            box.down = False
            await box.wait(1)
            await asyncio.sleep(0.1)
        assert len(box.taken) == 1
        async with post(hall.store, box):  # and after a restart
            await asyncio.sleep(0.1)
    assert len(box.taken) == 1
    stands = await morning(hall, at(WEDNESDAY))
    assert (stands.sent, stands.waits, stands.state) == (1, False, "on")


async def test_two_that_send_from_one_store_send_one_mail(hall: Town) -> None:
    await owned(hall)
    async with mailbox() as box, post(hall.store, box), post(hall.store, box), post(hall.store, box):
        await box.wait(1)
        await asyncio.sleep(0.2)
    assert len(box.taken) == 1


async def test_a_mail_that_was_perhaps_taken_is_sent_again_under_the_same_name(hall: Town) -> None:
    """Stopped between the server's yes and our note of it: a mailbox can tell that it has it."""
    await owned(hall)
    async with mailbox() as box:
        async with post(hall.store, box):
            await box.wait(1)
            # else our own note comes after we took it away
            await until(lambda: rows(hall, "select 1 from stories where sent_at is not null"))
        with closing(sqlite3.connect(hall.store.engine._file)) as connection:
            connection.execute("update stories set sent_at = null")
            connection.commit()
        async with post(hall.store, box):
            await box.wait(2)
    first, second = (letter for _, letter in box.taken)
    assert first["Message-ID"] == second["Message-ID"] and content(first) == content(second)


async def test_an_address_of_nobody_turns_it_off_where_the_team_sees_it(hall: Town) -> None:
    await owned(hall)
    async with mailbox() as box:
        box.answers = {"ann@town.example": "550 5.1.1 nobody"}
        async with post(hall.store, box):
            await until(lambda: box.tried)
            async with asyncio.timeout(5 * PATIENCE):
                while (await morning(hall, at(WEDNESDAY))).state == "on":
                    await asyncio.sleep(0.01)
    stands = await morning(hall, at(WEDNESDAY))
    assert (stands.off_because, stands.sent, stands.waits) == ("address", 0, False)


async def test_what_its_author_withdraws_is_asked_back_without_a_word_of_it(hall: Town) -> None:
    await owned(hall, 1)
    async with mailbox() as box, post(hall.store, box):
        await box.wait(1)
        ((voice,),) = rows(hall, "select submission_id from stories")
        await erased(hall, voice)
        await box.wait(2)
        await asyncio.sleep(0.1)
    assert len(box.taken) == 2
    back = box.taken[1][1]
    assert back["Subject"] == WORDS.get("nl", "morning.mail.recall_subject")
    assert "Stem" not in content(back) and "woensdag 18 november" in content(back)


async def test_no_word_and_no_address_reaches_a_log_line_or_the_changes(hall: Town) -> None:
    await hall.publish(KEY, hall.file())
    await hall.voices(KEY, text="Een kanariewoord.")
    ann = await member(hall, "Kanarie Vogel")
    await hall.store.mornings.own(hall.agency.id, KEY, Owning(ann), now=hall.now, by=None)
    with logged(io.StringIO(), "debug") as lines:
        async with mailbox() as box, post(hall.store, box):
            box.down = True
            await until(lambda: hall.store.stories.failures >= 2)
            box.down = False
            await box.wait(1)
    assert "could not be sent" in lines.getvalue() and "kanarie" not in lines.getvalue().lower()
    assert "kanarie" not in str(rows(hall, "select change, by, detail from changes")).lower()
