"""The newcomer's tour, first half: ask, join, look at the card, leave, come back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import JOIN, LEAVE, close, fill_in, join, line, window
from tests.browser.demo import Somebody
from tests.browsing import GENERAL, PHONE, focused, last_line, tab_to, write

pytestmark = pytest.mark.browser

NOT_YET = "You're in our Slack. You're not a member yet: nobody is unless they join."
TODAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"


def test_a_volunteer_asks_joins_leaves_and_comes_back(visit, newcomer):
    page = visit(newcomer.id)
    write(page, "am I a member?")
    expect(last_line(page)).to_contain_text(NOT_YET)

    page.get_by_role("button", name=JOIN).click()
    form = window(page, "Join us")
    expect(form).to_contain_text("We work openly.")
    expect(form).to_contain_text("What we do with your details")
    fill_in(form, newcomer)
    form.get_by_label("Your full name").fill("A")
    form.get_by_role("button", name="Join", exact=True).click()
    expect(form.locator(".error")).to_have_text(
        "Give the name you are known by, between 2 and 100 characters."
    )
    expect(form.get_by_label("Your full name")).to_be_focused()
    expect(form.get_by_label("Your e-mail")).to_have_value("somebody@fenmarch.example")
    form.get_by_label("Your full name").fill(newcomer.name)
    form.get_by_role("button", name="Join", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text(f"Welcome, {newcomer.name}.")
    close(page)

    receipt = line(page, "This is your receipt")
    expect(receipt).to_contain_text(re.compile(f"you joined on {TODAY}"))
    number = re.search(r"Your member number is (\d+)", receipt.inner_text())[1]
    card = page.get_by_role("img", name=f"Membership card of {newcomer.name}")
    expect(card).to_have_count(1)
    expect(card).to_be_in_viewport()
    expect(card).to_have_attribute("alt", re.compile(f"member {number} since {TODAY}"))
    assert card.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000

    write(page, "did my membership go through?")
    expect(last_line(page)).to_contain_text("Yes, you're a member of Fenmarch Digital Network.")
    expect(last_line(page)).to_contain_text(f"Your member number is {number}.")

    page.get_by_role("link", name="Home", exact=True).click()
    home = page.locator("#home")
    expect(home).to_contain_text("Yes, you're a member of Fenmarch Digital Network.")
    expect(home).to_contain_text(re.compile(f"{newcomer.name}.*Number {number}, since {TODAY}", re.DOTALL))

    page.get_by_role("button", name=LEAVE).click()
    window(page, "Leave").get_by_role("button", name="Leave", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text(re.compile(f"your membership ended on {TODAY}"))
    close(page)
    expect(home).to_contain_text("You're not a member any more.")
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(line(page, "Receipt: you have left")).to_contain_text(
        re.compile(f"You were a member on {TODAY}, number {number}")
    )

    page.get_by_role("button", name="Undo: I stay: as a member").click()
    expect(line(page, "Receipt: your leaving is undone")).to_be_visible()
    write(page, "/member")
    expect(last_line(page)).to_contain_text("Yes, you're a member of Fenmarch Digital Network.")
    expect(last_line(page)).to_contain_text(f"Your member number is {number}.")


def test_the_answer_in_a_channel_is_seen_by_one_person(visit, newcomer, shown):
    page, beside = visit(newcomer.id, GENERAL), visit(shown.newcomer().id, GENERAL)
    write(page, "Hello all, am I a member of this?")
    expect(last_line(page)).to_contain_text("Only visible to you")
    expect(last_line(page)).to_contain_text(NOT_YET)
    expect(last_line(page)).to_contain_text("Next time you can ask me here in private")
    write(page, "That answers it.")
    expect(last_line(beside)).to_contain_text("That answers it.")
    expect(beside.locator("#lines")).not_to_contain_text(NOT_YET)


def test_asking_and_joining_need_no_mouse(visit, newcomer):
    page = visit(newcomer.id)
    tab_to(page, "Skip to the message box")
    page.keyboard.press("Enter")
    page.keyboard.type("am I a member?")
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text(NOT_YET)
    tab_to(page, JOIN, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your full name")).to_be_focused()
    page.keyboard.type(newcomer.name)
    page.keyboard.press("Tab")
    page.keyboard.type("somebody@fenmarch.example")
    tab_to(page, "I am 16 or over")
    page.keyboard.press("Space")
    tab_to(page, "I agree with what Fenmarch Digital Network stands for")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(window(page, "Count Me In")).to_contain_text(f"Welcome, {newcomer.name}.")
    page.keyboard.press("Escape")
    expect(window(page, "Count Me In")).to_be_hidden()
    assert focused(page) != "BODY"
    expect(line(page, "This is your receipt")).to_be_visible()


def test_a_phone_is_enough(visit, newcomer):
    page = visit(newcomer.id, size=PHONE, has_touch=True)
    join(page, newcomer)
    card = page.get_by_role("img", name=f"Membership card of {newcomer.name}")
    expect(card).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    for control in page.locator("#lines button:visible, footer button:visible").all():
        box = control.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE[0]


def test_two_clicks_on_everything_make_one_member(visit, newcomer):
    page = visit(newcomer.id)
    write(page, "/join")
    form = window(page, "Join us")
    fill_in(form, newcomer)
    form.get_by_role("button", name="Join", exact=True).dblclick()
    expect(window(page, "Count Me In")).to_contain_text(f"Welcome, {newcomer.name}.")
    close(page)
    expect(line(page, "Here is your membership card")).to_be_visible()
    write(page, "/member leave")
    page.get_by_role("button", name=LEAVE).dblclick()
    window(page, "Leave").get_by_role("button", name="Leave", exact=True).dblclick()
    expect(window(page, "Count Me In")).to_contain_text("You have left")
    close(page)
    page.get_by_role("button", name="Undo: I stay: as a member").dblclick()
    expect(line(page, "Receipt: your leaving is undone")).to_be_visible()
    for said in (
        "This is your receipt",
        "membership card",
        "Receipt: you have left",
        "Receipt: your leaving",
    ):
        expect(page.locator("#lines > li", has_text=said)).to_have_count(1)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script> & co", "@everyone <!channel>", "عبد الرحمن 🙂"])
def test_a_name_is_shown_as_it_was_typed_and_does_nothing(visit, shown, typed):
    somebody = Somebody(shown.newcomer().id, typed)
    page = visit(somebody.id)
    opened = []
    page.on("dialog", lambda dialog: opened.append(dialog.message))
    join(page, somebody)
    expect(line(page, "This is your receipt")).to_contain_text(f"Welcome, {typed}.")
    expect(page.get_by_role("img", name=f"Membership card of {typed}: Fenmarch")).to_be_visible()
    expect(page.locator("#lines script")).to_have_count(0)
    assert opened == []


def test_two_windows_of_one_person_show_the_same(visit, newcomer):
    page = visit(newcomer.id)
    beside = page.context.new_page()
    beside.goto(page.url)
    write(page, "/join")
    fill_in(window(beside, "Join us"), newcomer)
    window(beside, "Join us").get_by_role("button", name="Join", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text(f"Welcome, {newcomer.name}.")
    close(page)
    expect(window(beside, "Count Me In")).to_be_hidden()
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.locator("#home")).to_contain_text("Yes, you're a member")
    page.go_back()
    expect(line(page, "This is your receipt")).to_be_visible()


def test_a_closed_form_makes_nobody_a_member(visit, newcomer):
    page = visit(newcomer.id)
    write(page, "/join")
    fill_in(window(page, "Join us"), newcomer)
    page.keyboard.press("Escape")
    expect(window(page, "Join us")).to_be_hidden()
    write(page, "/member")
    expect(last_line(page)).to_contain_text(NOT_YET)
