"""One moment of the tour, for the README. Not part of the suite: `make screenshot` runs it and saves it."""

import pytest
from playwright.sync_api import expect

from tests.browser.acting import approve, join, propose
from tests.browser.demo import ROOT, Somebody
from tests.browsing import ASHA, BRYN, EBELE, STEERING, last_line, write

pytestmark = pytest.mark.browser

PICTURE = ROOT / "docs" / "workspace.png"
LARGEST = 300_000  # bytes: the README loads on a train
POSTS = [
    "We are becoming a co-operative 🎉 In our Slack, ask “am I a member?” and the bot tells you.",
    "Show and tell, Thursday at 4pm: how Tarnwick went from nine planning forms to two. Come along!",
]


def test_question_card_and_timeline_stand_in_one_window(visit):
    page, asha, bryn = visit(EBELE), visit(ASHA), visit(BRYN, STEERING)
    for text in POSTS:
        propose(asha, text)
        approve(bryn, text[:20])
        expect(page.locator(".post .words", has_text=text)).to_be_visible()
    join(page, Somebody(EBELE, "Ebele Thorne"))
    card = page.get_by_role("img", name="Membership card of Ebele Thorne")
    expect(card).to_be_in_viewport()
    page.locator("#guide summary").click()
    write(page, "am I a member?")
    expect(last_line(page)).to_contain_text("Yes, you're a member of Fenmarch Digital Network.")
    expect(card).to_be_in_viewport()
    card.evaluate("image => image.decode()")
    page.mouse.move(0, 0)
    picture = page.screenshot(animations="disabled", caret="hide")
    assert len(picture) < LARGEST
    PICTURE.write_bytes(picture)
