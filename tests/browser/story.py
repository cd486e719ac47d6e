"""Announcements from the first word to the last, for docs/announcements.md.

Not part of the suite: `make screenshot` walks it, on a clock of its own, and saves its pictures.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acting import close, line, window
from tests.browser.drawing import town_hall
from tests.browser.staging import approve, begin, go, later, propose, save
from tests.browsing import ASHA, BRYN, CARYS, STEERING, Visit, last_line, visiting, write
from tests.handlers.announcing.acts import worker_runs
from tests.practice import Practice, Workspace, practising
from tests.serving import Swappable

pytestmark = pytest.mark.browser

WIDE = (1280, 900)
BEGINS = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)  # a Tuesday, 10:30am in London
EVERYWHERE = ("X", "Mastodon", "Bluesky", "A Slack channel")
MEETUP = (
    "Summer meetup: Thursday 24 June, 6pm, Oxmere town hall. Tea, talks, no slides: "
    "https://fenmarch.example/summer"
)
WARMER = (
    "Our summer meetup is on Thursday 24 June at 6pm, in Oxmere town hall: tea, short talks and no slides. "
    "Everybody who works with data or design in a council is welcome. https://fenmarch.example/summer"
)
HALL = "Oxmere town hall on a summer evening: a clock tower, and bunting across the green."
FORMS = "Show and tell, Thursday at 4pm: how Tarnwick went from nine planning forms to two."
LAST_CALL = "Two days to go until we meet in Oxmere. Bring a colleague, and a question."
LIBRARY = "New in our library of templates: a plain-English privacy notice, free to copy."


@pytest.fixture
def visit(workspace: Workspace, chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium, workspace.url) as visit:
        yield visit


@pytest.fixture
def steering(workspace, bot_server: Swappable, sqlite) -> Iterator[Practice]:
    """A steering group of three, with an account on every practice network and a cap on what a month costs."""
    accounts = {
        "mastodon_url": f"{workspace.url}/mastodon",
        "bluesky_url": f"{workspace.url}/bluesky",
        **{
            name.lower(): value
            for name in ("mastodon", "bluesky")
            for name, value in workspace.seen(f"{name}/keys").items()
        },
    }
    for network in ("mastodon", "bluesky"):
        workspace.asked(f"{network}/reset", all=True)
    limits = {"most_cents_per_month": 500, "x_handle": "FenmarchDigital"}
    with practising(workspace, bot_server, sqlite, BEGINS, **accounts, **limits) as practice:
        practice.found()
        worker_runs(practice)
        yield practice


def test_a_month_of_announcements_from_the_first_word_to_the_last(steering: Practice, visit):
    asha, bryn, carys = (visit(who, STEERING, size=WIDE) for who in (ASHA, BRYN, CARYS))
    propose(steering, carys, begin(carys, LIBRARY, ("X",), "2027-06-03", "10:00"))
    approve(steering, bryn, "New in our library")
    it_is_written_with_a_picture(steering, asha)
    it_is_seen_before_anybody_agrees(bryn)
    approve(steering, bryn, "Summer meetup")
    its_thread_says_what_is_about_to_leave(steering, bryn)
    it_is_out_everywhere(steering, bryn, carys)
    a_blackout_period_holds_one(steering, asha, bryn, carys)
    the_month_is_listed_and_drawn(steering, asha)
    it_is_taken_down(steering, carys)


def it_is_written_with_a_picture(practice: Practice, page: Page) -> None:
    form = begin(page, MEETUP, EVERYWHERE, "2027-06-03", "09:00")
    form.get_by_label("Which Slack channel").select_option(label="#announcements")
    form.get_by_label("Other words on some networks").check()
    form.get_by_label("Words for Mastodon").fill(WARMER)
    chosen = {"name": "oxmere.png", "mimeType": "image/png", "buffer": town_hall()}
    form.get_by_label("Pictures").set_input_files([chosen])
    expect(form.get_by_role("list", name="Chosen files").get_by_role("listitem")).to_have_count(1)
    form.get_by_label("Text", exact=True).focus()
    form.get_by_label("Text", exact=True).evaluate("field => field.scrollIntoView({block: 'center'})")
    save(page, "01-written")
    form.get_by_role("button", name="Propose it").click()
    asked = window(page, "Describe the picture")
    expect(asked.get_by_role("img", name="Picture 1, oxmere.png")).to_be_visible()
    asked.get_by_label("What does picture 1 show?").fill(HALL)
    save(page, "02-described")
    propose(practice, page, asked)


def it_is_seen_before_anybody_agrees(page: Page) -> None:
    seen = last_line(page)
    expect(seen).to_contain_text("@Asha proposes an announcement, as @FenmarchDigital on X")
    for told in (
        MEETUP,
        WARMER,
        HALL,
        "of 280 characters, costs $0.2",
        "of 500",
        "of 300",
    ):
        expect(seen).to_contain_text(told)
    expect(seen).to_contain_text("Link: https://fenmarch.example/summer")
    expect(seen).to_contain_text("Within two hours of another as @FenmarchDigital on X: “New in our library")
    expect(seen).to_contain_text("With this one, this month costs")
    save(page, "03-preview")


def its_thread_says_what_is_about_to_leave(practice: Practice, page: Page) -> None:
    later(practice, 3, 7, 50)
    assert practice.tweets() == []
    line(page, "Summer meetup").get_by_role("link", name=re.compile("repl")).click()
    thread = page.get_by_role("region", name="Thread")
    expect(thread.get_by_role("img", name=HALL)).to_be_visible()
    expect(last_line(page, "#thread")).to_contain_text("9:00am")
    expect(
        last_line(page, "#thread").get_by_role("button", name="Stop this one: Summer meetup")
    ).to_be_visible()
    save(page, "04-counting-down")


def it_is_out_everywhere(practice: Practice, page: Page, beside: Page) -> None:
    later(practice, 3, 8, 0)
    for network, words in (("X", MEETUP), ("Bluesky", MEETUP), ("Mastodon", WARMER)):
        page.goto(f"{practice.workspace.url}/as/{BRYN}/{STEERING}?side={network.lower()}")
        post = page.locator(".post", has_text=words[:30])
        expect(post).to_have_count(1)
        expect(post.locator(".words")).to_have_text(words)
        expect(post.get_by_role("img", name=HALL)).to_be_visible()
    expect(line(page, "Summer meetup")).to_contain_text(
        "On Mastodon: it went out on Thu 3 June 2027, 9:00am UK time (BST)"
    )
    save(page, "05-out")
    go(beside, "announcements")
    expect(line(beside, MEETUP)).to_have_count(1)
    expect(beside.locator("#lines").get_by_role("img", name=HALL)).to_be_visible()
    later(practice, 3, 9, 0)
    expect(line(page, "New in our library")).to_contain_text("It went out")


def a_blackout_period_holds_one(practice: Practice, asha: Page, bryn: Page, carys: Page) -> None:
    later(practice, 8, 10, 0)
    propose(practice, asha, begin(asha, FORMS, ("X",), "2027-06-16", "12:30"))
    approve(practice, bryn, "Show and tell")
    write(bryn, "/announce blackout")
    last_line(bryn).get_by_role("button", name="Add a period").click()
    form = window(bryn, "Nothing goes out")
    form.get_by_label("First day").fill("2027-06-14")
    form.get_by_label("Last day").fill("2027-06-18")
    form.get_by_label("Why").fill("Tarnwick by-election")
    form.get_by_role("button", name="Enter it").click()
    expect(window(bryn, "Count Me In")).to_contain_text("1 announcement falls into it.")
    close(bryn)
    practice.settle()
    later(practice, 16, 11, 30)
    assert len(practice.tweets()) == 2
    go(carys, "steering")
    expect(line(carys, "Show and tell")).to_contain_text("Tarnwick by-election")
    save(carys, "06-held")
    line(carys, "Show and tell").get_by_role("button", name="Send it all the same").click()
    asked = window(carys, "Send it all the same?")
    expect(asked).to_contain_text("This lets out this one announcement, exactly as it reads here.")
    asked.get_by_role("button", name="Send it all the same").click()
    expect(window(carys, "Count Me In")).to_contain_text("It goes out all the same")
    close(carys)
    later(practice, 16, 11, 32)
    expect(line(carys, "Show and tell")).to_contain_text("It went out")
    assert [post["text"] for post in practice.tweets()][2:] == [FORMS]


def the_month_is_listed_and_drawn(practice: Practice, page: Page) -> None:
    propose(practice, page, begin(page, LAST_CALL, ("X", "Mastodon"), "2027-06-22", "12:30"))
    write(page, "/announce list month")
    month = last_line(page)
    for told in ("Announcements, June 2027: 4.", "Thursday 3 June 2027", "Wednesday 16 June 2027, today"):
        expect(month).to_contain_text(told)
    expect(month.get_by_role("button", name="Open: Summer meetup")).to_be_visible()
    save(page, "07-month")
    month.get_by_role("button", name="As a picture").click()
    expect(last_line(page)).to_contain_text("The picture comes to you by direct message.")
    practice.settle()
    go(page, "countmein")
    drawn = page.get_by_role("img", name="Calendar of announcements of Fenmarch Digital Network, June 2027.")
    expect(drawn).to_be_in_viewport()
    save(page, "08-month-as-a-picture")


def it_is_taken_down(practice: Practice, page: Page) -> None:
    line(page, "Summer meetup").get_by_role("button", name="Take down").click()
    form = window(page, "Take down")
    expect(form).to_contain_text("deleting costs $0.01")
    form.get_by_label("Why?").fill("The town hall is closed that evening")
    form.get_by_role("button", name="Take it down").click()
    expect(window(page, "Count Me In")).to_contain_text("I am taking it down now")
    close(page)
    later(practice, 16, 11, 40)
    taken = line(page, "Summer meetup")
    later(practice, 16, 11, 46)  # Bluesky's session has run out since: that deletion is tried again
    expect(taken).to_contain_text(
        "On Bluesky: taken down on Wed 16 June 2027, 12:46pm UK time (BST) by @Carys"
    )
    taken.get_by_role("link", name=re.compile("repl")).click()
    expect(last_line(page, "#thread")).to_contain_text("On Bluesky: taken down")
    save(page, "09-taken-down")
    for network in ("x", "mastodon", "bluesky"):
        page.goto(f"{practice.workspace.url}/as/{CARYS}/{STEERING}?side={network}")
        expect(page.locator("#side-title")).to_contain_text("timeline")
        expect(page.locator(".post", has_text="Oxmere")).to_have_count(0)
    assert [post["text"] for post in practice.tweets() if not post["deleted"]] == [LIBRARY, FORMS]
