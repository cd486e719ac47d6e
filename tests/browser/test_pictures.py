"""A picture on its way: chosen with the keyboard, described, agreed to, and out with its description."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import approve, close, window
from tests.browsing import ASHA, BRYN, STEERING, focused, last_line, write
from tests.handlers.announcing.drawn import LEEDS, OXMERE

pytestmark = pytest.mark.browser
HALL = "The town hall, seen from the tram stop."


def file(name, content, kind):
    return {"name": name, "mimeType": kind, "buffer": content}


def test_a_picture_is_chosen_described_agreed_to_and_goes_out_with_its_description(visit, shown):
    asha, bryn = visit(ASHA), visit(BRYN, STEERING)
    write(asha, "/announce See you at the town hall")
    form = window(asha, "New announcement")
    form.get_by_label("X", exact=True).check()
    chooser = form.get_by_label("Pictures")
    chooser.focus()
    chooser.set_input_files([file("leeds.png", LEEDS, "image/png"), file("wrong.jpg", OXMERE, "image/jpeg")])
    chosen = form.get_by_role("list", name="Chosen files").get_by_role("listitem")
    expect(chosen).to_have_count(2)
    form.get_by_role("button", name="Remove wrong.jpg").focus()
    asha.keyboard.press("Enter")
    expect(chosen).to_have_count(1)
    assert focused(asha) == "Pictures (optional)"
    form.get_by_role("button", name="Propose it").click()
    asked = window(asha, "Describe the picture")
    expect(asked.get_by_role("img", name="Picture 1, leeds.png")).to_be_visible()
    asked.get_by_label("What does picture 1 show?").fill(HALL)
    asked.get_by_role("button", name="Propose it").click()
    expect(window(asha, "Count Me In")).to_contain_text("It is proposed, in the steering channel.")
    close(asha)
    expect(last_line(bryn)).to_contain_text(HALL)
    approve(bryn, "See you at the town hall")
    last_line(bryn).get_by_role("link", name=re.compile("repl")).click()
    expect(bryn.get_by_role("region", name="Thread").get_by_role("img", name=HALL)).to_be_visible()
    expect(last_line(bryn)).to_contain_text("it went out", ignore_case=True)
    (post,) = [tweet for tweet in shown.asked("x/timeline") if "town hall" in tweet["text"]]
    assert HALL in str(post)
