"""Two browsers side by side in one room: who is here, who answers what, and two who change one thing."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, joined, room, say, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_two_in_one_room_see_each_other_and_do_not_answer_one(visit: Visit, product: Running) -> None:
    product.app.parts.store.alerts.offered = True  # as if the operator had set up a mail server
    told, _ = await say(product, "De kade is te smal.", "De bus komt niet.")
    secrets = [await joined(product, "Ann Peeters", "Mobility office"), await joined(product, "Bob Claes", "Harbour")]
    first, second = [await room(visit, product, secret=secret) for secret in secrets]
    ann, bob = first.page, second.page
    await expect(ann.locator("#here")).to_contain_text("Bob Claes", timeout=5 * SECOND)
    await expect(bob.locator("#here")).to_contain_text("Ann Peeters", timeout=5 * SECOND)

    # one opens a voice and the other sees it; one claims it and the other is held back
    await ann.locator(f'#stream article[data-id="{told["id"]}"] a.opens').click()
    await expect(bob.locator("#here a")).to_have_text("reads a voice", timeout=5 * SECOND)
    # she has it before her long enough to have read it: then he who opens it does not mark it as read at the same moment
    await expect(ann.locator("#reader .stands")).to_have_text("Read", timeout=10 * SECOND)
    await bob.locator("#here a").click()
    holding = bob.locator("#reader .holding")
    await expect(holding).to_contain_text("Ann Peeters also reads this", timeout=5 * SECOND)
    await expect(ann.locator("#reader .holding")).to_contain_text("Bob Claes also reads this", timeout=5 * SECOND)
    await ann.keyboard.press("c")
    await expect(ann.locator("#reader .holding")).to_contain_text("You have it until")
    await expect(holding).to_contain_text("Ann Peeters has it", timeout=5 * SECOND)
    await expect(bob.locator(f'#stream article[data-id="{told["id"]}"]')).to_contain_text("Ann Peeters has it")
    await bob.locator("#reader").get_by_role("button", name="Tell").click()
    await bob.get_by_label("Your note").fill("Wij meten de kade op.")
    await bob.get_by_role("button", name="Send", exact=True).click()
    await expect(bob.locator("#reader .told").filter(has_text="A colleague has it")).to_be_visible()
    await expect(bob.get_by_label("Your note")).to_have_value("Wij meten de kade op.")  # nothing is lost
    await holding.get_by_role("button", name="Take it over").click()
    await expect(holding).to_contain_text("You have it until")
    await expect(ann.locator("#reader .holding")).to_contain_text("Bob Claes has it", timeout=5 * SECOND)
    await bob.get_by_role("button", name="Send", exact=True).click()
    await expect(ann.locator("#reader .thread")).to_contain_text("Wij meten de kade op.", timeout=5 * SECOND)

    # both set something: each act stays, and each undoes her own
    await ann.keyboard.press("3")
    await expect(ann.locator("#undo")).to_contain_text("Rule does not fit")
    await bob.locator("#reader").get_by_role("button", name="Answered").click()
    await expect(bob.locator("#undo")).to_contain_text("1 voice: Answered")
    await expect(ann.locator("#reader .stands")).to_have_text("Answered", timeout=5 * SECOND)
    one = next(one for one in await stored(product) if one["id"] == told["id"])
    assert (one["status"], one["kind"], one["claim"]) == ("answered", "rule", None)
    await bob.keyboard.press("z")
    await expect(bob.locator("#undo")).to_contain_text("Undone")
    one = next(one for one in await stored(product) if one["id"] == told["id"])
    assert (one["status"], one["kind"]) == ("read", "rule")

    # one gives two voices to the other at once, and takes that back
    await ann.keyboard.press("Escape")
    await expect(ann.locator(f'#stream article[data-id="{told["id"]}"]')).to_be_focused()
    await ann.locator("#stream article").first.focus()
    for key in ("x", "j", "x", "m"):
        await ann.keyboard.press(key)
    await expect(ann.locator("#chooser").get_by_role("heading")).to_have_text("Whose are these 2?")
    await ann.locator("#chooser").get_by_role("button", name="Bob Claes").click()
    await expect(ann.locator("#undo")).to_contain_text("2 voices: for Bob Claes")
    mine = bob.locator("#views").get_by_role("link", name="Mine, not answered")
    await expect(mine.locator(".figure")).to_have_text("2", timeout=10 * SECOND)
    await mine.click()
    await expect(bob.locator("#stream article")).to_have_count(2)
    await ann.keyboard.press("z")
    await expect(ann.locator("#undo")).to_contain_text("Undone")
    assert [one["member"] for one in await stored(product)] == [None, None]

    # one keeps a view for the team, and the other has it at once, with its number; what is searched for is marked
    await ann.goto(f"{product.url}/dashboard?lang=en#q=KADE")
    await expect(ann.locator("#stream article mark")).to_have_text("kade")
    await ann.locator("#keep-view summary").click()
    await ann.get_by_label("What is it called?").fill("The quay")
    await ann.get_by_label("For the whole team").check()
    await ann.get_by_role("button", name="Save", exact=True).click()
    await expect(ann.locator("#undo")).to_contain_text("Saved: The quay")
    kept = bob.locator("#saved").get_by_role("link", name="The quay")
    await expect(kept.locator(".figure")).to_have_text("1", timeout=10 * SECOND)
    await kept.click()
    await expect(bob.locator("#stream article")).to_have_count(1)
    await expect(bob.locator("#saved").get_by_role("button", name="Let go")).to_have_count(0)  # it is not his to let go

    # he wants to be told of it, and chooses how
    await bob.locator("#saved").get_by_role("button", name="Be told of The quay").click()
    alerting = bob.locator("#alerting")
    await expect(alerting.get_by_role("radio", name="Not of what is new")).to_be_focused()
    assert await second.axe(dark=True) == []
    await alerting.get_by_role("radio", name="Gathered").check()
    await alerting.get_by_role("checkbox", name="And every Monday").check()
    await alerting.get_by_role("button", name="Save").click()
    await expect(bob.locator("#undo")).to_contain_text("how you are told of The quay")
    await bob.locator("#saved").get_by_role("button", name="Told of The quay").click()
    await expect(alerting.get_by_role("radio", name="Gathered")).to_be_focused()
    await expect(alerting.get_by_role("checkbox", name="And every Monday")).to_be_checked()
    await bob.keyboard.press("Escape")
    await expect(alerting).to_be_hidden()
    await ann.locator("#saved").get_by_role("button", name="Let go of The quay").click()
    await expect(bob.locator("#saved")).to_be_hidden(timeout=10 * SECOND)
    await ann.keyboard.press("z")
    await expect(bob.locator("#saved")).to_be_visible(timeout=10 * SECOND)

    await bob.close()
    await expect(ann.locator("#here")).to_be_hidden(timeout=5 * SECOND)
    # that a colleague has it, or was quicker, is an answer as well; the browser notes it in its own time
    for visitor in (first, second):
        visitor.problems[:] = [problem for problem in visitor.problems if "409" not in problem and "412" not in problem]
