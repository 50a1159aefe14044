"""`decision import` and `decision export`: one readable file, the same decision everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collector.cli import main
from collector.commands.actions import perform
from collector.commands.decision_file import Document, write
from collector.commands.decision_reader import parse
from collector.commands.told import Place, Told
from collector.contact_point import ContactPoint
from collector.errors import Unusable
from collector.store.store import Store
from tests.start import DESK, Running
from tests.test_crash import command

PLACE = Place(Path("t.db"), "http://127.0.0.1:8000", "")
PAGE = Path(__file__).parents[2] / "docs" / "decision-file.md"
NOW = 1_700_000_000_000


def example() -> str:
    """The complete example of the page about the format."""
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


async def town(store: Store, key: str = "town") -> None:
    agency = await store.agencies.create(key, "The town", now=NOW)
    await store.agencies.add_contact_point(agency, DESK, now=NOW)


async def bring(store: Store, text: str, agency: str | None = None) -> Told:
    document, lines = parse(text, "it.yaml")
    given = {"document": msgspec.to_builtins(document), "lines": lines, "file": "it.yaml", "agency": agency}
    return await perform(store, PLACE, "decision import", json.loads(json.dumps(given)))


async def taken(store: Store, key: str) -> Document:
    told = await perform(store, PLACE, "decision export", {"key": key})
    assert not told.failed, told.err
    return msgspec.json.decode(told.out, type=Document)


async def test_the_example_of_the_page_comes_in_and_all_of_it_is_there(store: Store) -> None:
    await town(store)
    told = await bring(store, example())
    assert (told.out, told.failed) == ("bicycle-shed", False), told.err
    decision = store.decisions.by_key("bicycle-shed")
    assert decision.state == "published" and decision.version == 2 and decision.file.promise == "change"
    document = await store.public.document(decision, NOW)
    assert document.until == "2031-03-14" and document.owner == "Dienst mobiliteit · Service mobilité"
    assert [phase.phase for phase in document.phases] == ["drafting", "deciding"]
    assert document.themes[0].response is not None and document.themes[0].response.outcome == "changed"
    assert document.passages[0].themes == [document.themes[0].id] and document.passages[0].version == 2
    assert document.expected is None, "it is told when it is closed"


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    await town(store)
    await bring(store, example())
    before, last = store.decisions.by_key("bicycle-shed"), await store.changes.last()
    told = await bring(store, example())
    assert "Nothing was new" in told.err
    assert store.decisions.by_key("bicycle-shed") == before and await store.changes.last() == last


async def test_exported_and_imported_elsewhere_it_is_the_same_decision(store: Store, tmp_path: Path) -> None:
    await town(store)
    await bring(store, example())
    file = write(await taken(store, "bicycle-shed"))
    other = await Store.open(f"sqlite:///{tmp_path}/other.db")
    try:
        await town(other, "village")
        await bring(other, file)
        assert await taken(other, "bicycle-shed") == await taken(store, "bicycle-shed")
        here, there = store.decisions.by_key("bicycle-shed"), other.decisions.by_key("bicycle-shed")
        assert there.file == here.file and there.state == here.state and there.phase == here.phase
        told = await bring(store, file)
        assert "Nothing was new" in told.err, "the file it wrote is the file it was"
    finally:
        await other.close()


async def test_what_changes_in_the_file_changes_alone(store: Store) -> None:
    await town(store)
    await bring(store, example())
    before = store.decisions.by_key("bicycle-shed")
    told = await bring(store, example().replace("Zoek de fouten.", "Zoek alle fouten."))
    assert told.err.startswith("Changed: stance_note.")
    after = store.decisions.by_key("bicycle-shed")
    assert after.file.stance_note["nl"].endswith("alle fouten.") and after.revision == before.revision + 1
    told = await bring(store, example().replace("Zoek de fouten.", "Zoek alle fouten.").replace("nog vier", "nog vijf"))
    assert told.err.startswith("Response to night-train.")
    themes = await store.themes.list(1, "bicycle-shed")
    assert themes[0].response is not None and "vijf" in themes[0].response.did_not_know["nl"]
    assert len(await store.responses.list(1)) == 1


async def test_a_public_date_moves_only_with_a_reason_which_then_stands_in_public(store: Store) -> None:
    await town(store)
    await bring(store, example())
    later = example().replace("until: 2031-03-14", "until: 2031-03-20")
    told = await bring(store, later)
    assert told.failed and told.err == "it.yaml, line 1, because: A date that was public moves only with a reason."
    assert store.decisions.by_key("bicycle-shed").file.until == "2031-03-14"
    told = await bring(store, later + "because: {nl: Er kwamen er veel., fr: Il y en a beaucoup.}\n")
    assert not told.failed
    moved = store.decisions.by_key("bicycle-shed").course.moved
    assert [(one.what, one.after, one.because["nl"]) for one in moved] == [
        ("until", "2031-03-20", "Er kwamen er veel.")
    ]


async def test_a_file_leads_forward_and_keeps_what_was_promised(store: Store) -> None:
    await town(store)
    draft = example().replace("state: published ", "state: draft ")
    assert "Nobody outside sees it yet" in (await bring(store, draft)).err
    assert store.decisions.mine(1, "bicycle-shed").state == "draft"
    await bring(store, example())
    assert store.decisions.by_key("bicycle-shed").state == "published"
    told = await bring(store, draft)
    assert told.failed and "state: published" in told.err
    result = "result: {nl: Ze komt er., fr: Il sera construit.}\n"
    decided = example().replace("state: published ", "state: decided ") + result
    told = await bring(store, decided)
    assert not told.failed, told.err
    found = store.decisions.by_key("bicycle-shed").course.decided
    assert (
        found is not None and found.text["nl"] == "Ze komt er." and found.by == "Dienst mobiliteit · Service mobilité"
    )
    assert "Nothing was new" in (await bring(store, decided)).err
    assert (await taken(store, "bicycle-shed")).result == found.text


async def test_it_is_not_decided_while_something_waits(store: Store) -> None:
    await town(store)
    file = re.sub(r"passages:.*", "", example(), flags=re.DOTALL)
    result = "result: {nl: Ze komt er., fr: Il sera construit.}\n"
    told = await bring(store, file.replace("state: published ", "state: decided ") + result)
    assert told.failed and "no passage of a later version is linked to a theme" in told.err
    assert store.decisions.by_key("bicycle-shed").state == "published"


async def test_a_version_that_stands_is_not_rewritten(store: Store) -> None:
    await town(store)
    await bring(store, example())
    told = await bring(
        store, example().replace("open van 6 tot 22 uur.\n          fr", "open van 7 tot 22 uur.\n          fr")
    )
    assert told.failed and "version 1 of the text stands already" in told.err
    assert store.decisions.by_key("bicycle-shed").version == 2


WRONG: list[tuple[str, str, str]] = [
    ("promise: change  ", "promis: change  ", "line 18, promis: there is no such field; did you mean `promise`?"),
    ("promise: change  ", "promise: maybe   ", "line 18, promise: 'maybe' is none of those in docs/decision-file.md"),
    ("until: 2031-03-14", "until: 14 maart  ", "line 11, until: write the day as 2027-03-14"),
    ("until: 2031-03-14", "until: 2031-02-30", "line 11, until: Choose the last day to react."),
    ("outcome: changed ", "outcom: changed  ", "responses.0.outcom: there is no such field; did you mean `outcome`?"),
    ("key: bicycle-shed ", "key: Bicycle shed ", "line 1, key: lower-case letters, digits and dashes"),
    ("key: bicycle-shed ", "ky: bicycle-shed ", "line 1, ky: there is no such field; did you mean `key`?"),
    ("themes: [night-train]\n    outcome", "themes: [nihgt]\n    outcome", "no key under `themes:`; there are night-train"),
    ("section: night\n    version: 2", "section: night\n    version: 3", "passages.0.version: the text has 2 version(s)"),
    ("  nl: Fietsen\n", "  it: Biciclette\n", "subject: "),
    ("title:\n  nl:", "title:\n  nl: x\n  nl:", "line 7, title.nl: stands there twice: keep one"),
    ("opens: 2031-03-15", "opens: 2031-01-15", "phases: Put the phases in their order"),
    ("  nl: Fietsen\n", "  nl: Fietsen: snel\n", "a text with a colon in it needs quotes"),
    ("subject:", "subject: &here", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG)
def test_what_is_wrong_is_said_with_its_line_its_field_and_what_to_do(old: str, new: str, sentence: str) -> None:
    text = example()
    assert old in text
    if not sentence:
        parse(text.replace(old, new), "it.yaml")  # an anchor alone harms nobody
        with pytest.raises(Unusable, match="write it out"):
            parse(text.replace(old, new) + "because: *here\n", "it.yaml")
        return
    with pytest.raises(Unusable) as told:
        parse(text.replace(old, new, 1), "it.yaml")
    assert str(told.value).startswith("it.yaml, line ") and sentence in str(told.value)


async def test_what_the_store_lacks_is_said_with_what_there_is(store: Store) -> None:
    await town(store)
    told = await bring(store, example().replace("contact_point: desk ", "contact_point: dsk "))
    assert told.failed and told.err.startswith("it.yaml, line 12, contact_point: ") and "town has desk." in told.err
    told = await bring(store, example().replace("placements: [] ", "placements: [home] "))
    assert "placements: " in told.err and "see `placement create`" in told.err
    without = example().replace("  fr: Un garage à vélos à la gare ?\n", "")
    told = await bring(store, without)
    assert told.failed and re.match(r"it\.yaml, line 5, title\.fr: .*\(fr\)", told.err), told.err
    assert store.decisions.all() == [], "nothing was written on the way"


async def test_whose_it_is_must_be_clear(store: Store) -> None:
    await town(store)
    second = await store.agencies.create("village", "The village", now=NOW)
    await store.agencies.add_contact_point(second, ContactPoint("desk", "Desk", phone="+32 2 555 01 24"), now=NOW)
    told = await bring(store, example())
    assert told.failed and "--agency with one of town, village" in told.err
    assert not (await bring(store, example(), "village")).failed
    assert store.decisions.by_key("bicycle-shed").agency_id == second.id
    assert "Nothing was new" in (await bring(store, example())).err, "known by its key from then on"
    told = await bring(store, example(), "town")
    assert told.failed and "another agency has a decision with this key" in told.err


async def test_voices_sorted_into_a_theme_stay_when_the_file_comes_again(run: Running) -> None:
    store = run.app.parts.store
    await bring(store, example())
    sent = (await run.send(decision="bicycle-shed", effect="harder", text="Mijn trein komt om elf uur.")).json()
    theme = (await store.themes.list(1, "bicycle-shed"))[0]
    await store.themes.sort(1, theme.id, add=[sent["id"]], remove=[], now=NOW, by="Team")
    await bring(store, example().replace("nog vier", "nog drie"))
    assert (await store.themes.one(1, theme.id)).voices == 1


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    text = 'key: no\ntitle: {nl: no, fr: "yes"}\nuntil: 2031-03-14\nowner: 12\nsummary:\n'
    document, _ = parse(text, "it.yaml")
    said: list[Any] = [document.key, document.title, document.until, document.owner, document.summary]
    assert said == ["no", {"nl": "no", "fr": "yes"}, "2031-03-14", "12", {}]
    assert parse(write(document), "again.yaml")[0] == document


def test_the_command_works_by_itself_and_while_a_collector_serves(tmp_path: Path) -> None:
    def run_(*words: str) -> tuple[int, str, str]:
        process = command(tmp_path, *words)
        out, err = process.communicate(timeout=60)
        return process.returncode, out.decode(), err.decode()

    (tmp_path / "it.yaml").write_text(example(), "utf-8")
    run_("agency", "create", "town", "--name", "Town")
    run_("contact", "create", "--agency", "town", "--name", "Desk", "--phone", "+32 2 555 01 23")
    code, out, err = run_("decision", "import", str(tmp_path / "it.yaml"))
    assert (code, out) == (0, "bicycle-shed\n"), err
    code, out, err = run_("decision", "export", "bicycle-shed")
    named = out.replace("wie-met-de-laatste-trein-komt", "night-train")
    assert code == 0 and parse(named, "out.yaml")[0] == parse(example(), "it.yaml")[0], (
        "theme keys come from their names"
    )
    code, out, err = run_("decision", "export", "no-such")
    assert code == 1 and out == "" and "there are bicycle-shed" in err
    assert main.commands["decision"].help


async def test_it_comes_in_through_the_collector_that_serves(run: Running, tmp_path: Path) -> None:
    from collector.commands.control import Control, ask

    store = run.app.parts.store
    document, lines = parse(example(), "it.yaml")
    place = Place(tmp_path / "t.db", run.url, "")
    given = {"document": msgspec.to_builtins(document), "lines": lines, "file": "it.yaml", "agency": None}
    async with Control(store, place):
        told = await ask(place.file, "decision import", given)
    assert told is not None and told.out == "bicycle-shed"
    shown = await run.client.get("/api/decisions/bicycle-shed")
    assert shown.json()["title"]["fr"] == "Un garage à vélos à la gare ?"


def test_a_member_is_invited_by_a_link_that_her_agency_hands_over(tmp_path: Path) -> None:
    def run_(*words: str) -> tuple[int, str, str]:
        process = command(tmp_path, *words)
        out, err = process.communicate(timeout=60)
        return process.returncode, out.decode(), err.decode()

    run_("agency", "create", "town", "--name", "Town")
    who = ("--agency", "town", "--name", "An", "--office", "Mobility")
    code, out, err = run_("member", "invite", "an@town.example", *who)
    assert code == 0 and re.fullmatch(r"http://127\.0\.0\.1:8000/join#\S{20,}\n", out), out
    assert "within a week" in err
    code, again, _ = run_("member", "invite", "an@town.example", *who)
    assert code == 0 and again != out, "until she joined, another link takes the place of the first"
    code, out, err = run_("member", "invite", "an", *who)
    assert code == 1 and out == "" and "email" in err
    code, out, err = run_("member", "invite", "bo@town.example", *who, "--role", "queen")
    assert code == 2 and "viewer" in err
