import re

import pytest
import requests
from playwright.sync_api import expect

from tests.browsing import DEV, focused, last_line, write

pytestmark = pytest.mark.browser


@pytest.fixture
def offered(visit):
    """Tea has been offered, with everything one can press."""
    page = visit()
    write(page, "tea please")
    expect(page.get_by_role("button", name="Pour", exact=True)).to_be_visible()
    return page


def test_a_button_changes_the_message_it_stands_in(offered):
    offered.get_by_role("button", name="Pour", exact=True).click()
    expect(last_line(offered)).to_contain_text("Poured for @Dev")
    expect(offered.get_by_role("button", name="Pour", exact=True)).to_have_count(0)


def test_a_confirmation_can_be_declined_and_given(offered):
    button = offered.get_by_role("button", name="Pour away: the pot")
    button.click()
    dialog = offered.get_by_role("dialog", name="Sure?")
    expect(dialog).to_contain_text("Really pour it away?")
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    button.click()
    dialog.get_by_role("button", name="Yes, away").click()
    expect(last_line(offered)).to_contain_text("All gone")


def test_a_menu_of_a_message_is_sent_as_it_is_chosen(offered):
    offered.get_by_label("Milk?").select_option("oat")
    expect(last_line(offered)).to_contain_text("You picked oat")
    expect(offered.get_by_label("Milk?")).to_have_value("oat")


def test_arrow_keys_choose_and_enter_sends(offered):
    offered.get_by_label("Milk?").focus()
    offered.keyboard.press("ArrowDown")
    offered.keyboard.press("ArrowDown")
    expect(offered.get_by_label("Milk?")).to_have_value("cow")
    offered.keyboard.press("Enter")
    expect(last_line(offered)).to_contain_text("You picked cow")
    assert "oat" not in last_line(offered).inner_text()


def test_an_overflow_menu_sends_its_option_and_closes_on_escape(offered):
    more = offered.locator(".block summary")
    more.click()
    offered.keyboard.press("Escape")
    expect(offered.get_by_role("button", name="Scone")).to_be_hidden()
    more.click()
    offered.get_by_role("button", name="Scone").click()
    expect(last_line(offered)).to_contain_text("You picked scone")


def test_the_menu_of_a_message_offers_what_apps_do_with_it_by_keyboard_too(visit):
    page = visit()
    write(page, "Long day")
    menu = last_line(page).get_by_label("More actions for the message of Dev")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Tea for this Tea Bot"
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("Tea for “Long day”")
    expect(last_line(page).locator("summary")).to_have_count(0)
    expect(page.get_by_role("button", name="Tea!")).to_have_count(0)


def test_a_date_is_sent_on_enter(offered):
    offered.get_by_label("Date").fill("2027-03-30")
    offered.get_by_label("Date").press("Enter")
    expect(last_line(offered)).to_contain_text("You picked 2027-03-30")


def test_commands_are_completed_with_hint_and_note(visit):
    page = visit()
    page.focus("#words")
    page.keyboard.type("/")
    options = page.get_by_role("option")
    expect(options).to_have_count(5)
    expect(options.filter(has_text="Order tea")).to_contain_text("[kind of tea]")
    expect(options.filter(has_text="/join")).to_contain_text("works here; on Slack type /tea")
    page.keyboard.type("t")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_have_value("/tea ")
    expect(page.locator("#words-hint")).to_have_text("/tea [kind of tea]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Order tea")).to_be_visible()


@pytest.fixture
def window(visit):
    page = visit()
    write(page, "/tea mint")
    expect(page.get_by_role("dialog", name="Order tea")).to_be_visible()
    return page


def test_a_window_says_what_is_missing_under_its_field(window):
    window.get_by_role("button", name="Order").click()
    expect(window.locator("#modal .error")).to_have_text("Please complete this required field.")
    name = window.get_by_label("Your name")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("Nobody")
    window.get_by_label("Mint").check()
    window.get_by_label("When").fill("09:30")
    window.keyboard.press("Enter")
    expect(window.locator("#modal .error")).to_have_text("Somebody has to drink it")
    expect(window.get_by_label("Your name")).to_have_value("Nobody")
    expect(window.get_by_label("Mint")).to_be_checked()
    window.get_by_label("Your name").fill("Dev <3")
    window.get_by_role("button", name="Order").click()
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(last_line(window)).to_contain_text("Dev <3: mint at 09:30")
    expect(window.locator("#words")).to_be_focused()


def test_a_window_can_stand_on_another_and_what_was_typed_stays(window):
    window.get_by_label("Your name").fill("Dev")
    window.get_by_role("button", name="More sorts").click()
    expect(window.get_by_role("dialog", name="More sorts")).to_contain_text("Rooibos, sencha")
    window.get_by_role("button", name="Back").click()
    expect(window.get_by_role("dialog", name="Order tea")).to_be_visible()
    expect(window.get_by_label("Your name")).to_have_value("Dev")


def test_a_window_can_become_another_after_it_was_sent(window):
    window.get_by_label("Your name").fill("Everybody")
    window.get_by_role("button", name="Order").click()
    expect(window.get_by_role("dialog", name="Too many")).to_contain_text("The pot is not that large")
    expect(window.get_by_role("button", name="Back")).to_be_focused()
    window.get_by_role("button", name="Back").click()
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(window.locator("#words")).to_be_focused()


def test_escape_closes_a_window_and_the_bot_hears_of_it_and_of_what_stood_in_it(tea, window):
    window.get_by_label("Your name").fill("Dev")
    window.keyboard.press("Escape")
    expect(window.get_by_role("dialog")).to_have_count(0)
    expect(last_line(window)).to_contain_text("No tea then")
    expect(window.locator("#words")).to_be_focused()
    sent = requests.get(f"{tea.url}/control/deliveries", {"kind": "closed"}, timeout=10).json()
    closed = sent["deliveries"][-1]["payload"]["view"]
    assert closed["state"]["values"]["name"]["name"]["value"] == "Dev"


def test_the_focus_stays_in_a_window(window):
    seen = set()
    for _ in range(12):
        seen.add(focused(window))
        window.keyboard.press("Tab")
    assert {"Your name", "Mint", "Assam", "More sorts", "Not now", "Order"} <= seen
    assert "Message Tea Bot" not in seen


def test_a_bot_that_does_not_answer_is_told_in_slacks_words(tea, visit):
    tea.control("clock", answer_within=0.2)
    page = visit()
    write(page, "/silence")
    expect(last_line(page)).to_contain_text("/silence failed with the error “operation_timeout”")
    expect(last_line(page)).to_contain_text("Only visible to you")
    write(page, "/nothing of the sort")
    expect(last_line(page)).to_contain_text("/nothing is not a valid command.")


def test_the_home_tab_is_filled_and_follows_the_bot(visit):
    page = visit(DEV, "home")
    expect(page.locator("#home")).to_contain_text("cups so far")
    before = int(re.search(r"(\d+) cups", page.locator("#home").inner_text())[1])
    page.get_by_role("button", name="One more cup").click()
    expect(page.locator("#home")).to_contain_text(f"{before + 1} cups so far")
    expect(page.get_by_role("button", name="One more cup")).to_be_focused()


def test_a_card_shows_as_a_picture_with_its_description(visit):
    page = visit()
    write(page, "/card")
    picture = page.get_by_role("img", name="Tea card of Dev, ten cups")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    expect(page.locator("#lines > li", has=picture)).to_contain_text("Alt Tea card of Dev, ten cups")
