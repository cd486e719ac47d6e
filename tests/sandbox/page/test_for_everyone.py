"""The page with a keyboard, a screen reader, a narrow window, other colours."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsing import ASHA, DEV, GENERAL, PHONE, focused, last_line, tab_to, write

pytestmark = pytest.mark.browser

CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
CONTROLS = {"button", "link", "textbox", "combobox", "checkbox", "radio", "listbox", "option", "searchbox"}
LONG = "echo " + "Donaudampfschifffahrtsgesellschaftskapitän" * 8
PLACES = ["", f"/{GENERAL}", "/home", f"/{GENERAL}?side=travelled", f"/{GENERAL}?side=x"]


@pytest.fixture
def lively(tea):
    """Something of everything has happened."""
    tea.say(DEV, GENERAL, LONG)
    tea.say(DEV, GENERAL, "whisper")
    tea.say(DEV, GENERAL, "tea please")
    tea.say(DEV, "bot", "tea please")
    tea.control("command", user=DEV, channel=GENERAL, command="/card")
    tea.control("x/timeline", username="FenmarchDigital", text=LONG)
    return tea


def named_controls(page):
    """Role and name of every control, as assistive technology is told them."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree["nodes"]
        if not node.get("ignored") and node.get("role", {}).get("value") in CONTROLS
    ]


def everywhere(page):
    """The same page at one place after the other."""
    beginning = page.url
    for place in PLACES:
        page.goto(f"{beginning.partition('/as/')[0]}/as/{DEV}{place}")
        page.wait_for_selector("body[data-live]")
        yield place


def test_every_control_has_a_name_and_every_page_its_landmarks(lively, visit):
    page = visit()
    for place in everywhere(page):
        controls = named_controls(page)
        assert len(controls) > 8, place
        assert [control for control in controls if not control[1].strip()] == [], place
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        for landmark in ("main", "navigation", "complementary"):
            expect(page.get_by_role(landmark).first).to_be_visible()
        assert page.locator("img:not([alt])").count() == 0, place
        assert page.evaluate("document.documentElement.lang") == "en-GB"


def test_every_control_of_a_window_has_a_name(visit):
    page = visit()
    write(page, "/tea")
    expect(page.get_by_role("dialog", name="Order tea")).to_be_visible()
    assert [control for control in named_controls(page) if not control[1].strip()] == []


def test_no_id_stands_twice(lively, visit):
    page = visit(DEV, GENERAL)
    twice = page.evaluate(
        """() => {
            const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
            return ids.filter((id, index) => ids.indexOf(id) !== index);
        }"""
    )
    assert twice == []


@pytest.mark.parametrize("size", [PHONE, (320, 640)])
def test_a_narrow_window_never_scrolls_sideways(lively, visit, size):
    page = visit(size=size)
    for place in everywhere(page):
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], place
        expect(page.locator("h1")).to_be_visible()


def test_a_window_fits_a_phone(visit):
    page = visit(size=PHONE)
    write(page, "/tea")
    box = page.get_by_role("dialog", name="Order tea").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert box["y"] + box["height"] <= PHONE[1]


def test_on_a_phone_the_left_side_is_a_drawer(visit):
    page = visit(size=PHONE)
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Workspace")).to_be_visible()
    expect(page.get_by_role("button", name="Close menu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


def test_on_a_phone_the_timeline_opens_and_closes(visit):
    page = visit(size=PHONE)
    expect(page.get_by_role("complementary")).to_be_hidden()
    page.get_by_role("link", name="X timeline").click()
    expect(page.get_by_role("complementary")).to_be_visible()
    expect(page.locator("#words")).to_be_hidden()
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#words")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(lively, visit, scheme):
    page = visit(color_scheme=scheme)
    for place in everywhere(page):
        page.locator("#switcher summary").click()
        assert page.evaluate(CONTRAST) == [], place


def test_the_whole_tour_works_without_a_mouse(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the messages"
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the message box"
    page.keyboard.press("Enter")
    assert focused(page) == "Message Tea Bot"
    page.keyboard.type("tea please")
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("tea?")
    tab_to(page, "Pour", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("Poured for @Dev")
    assert focused(page).startswith(("Tea Bot", "Today", "TB"))
    page.focus("#words")
    page.keyboard.type("/te")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Dev")
    tab_to(page, "Order")
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("Dev: any at 16:00")
    expect(page.locator("#words")).to_be_focused()


def test_what_has_the_focus_is_outlined(visit):
    page = visit()
    for _ in range(8):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", focused(page)


def test_nothing_moves_for_those_who_asked_for_that(visit):
    page = visit(size=PHONE, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.getElementById('sidebar')).transitionProperty") == "none"


def test_the_page_reads_without_scripts(tea, chromium):
    tea.say(DEV, "bot", "tea please")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = f"{tea.url}/as/{DEV}"
    page.goto(address)
    page.get_by_role("button", name="Pour", exact=True).click()
    _look_again(page, address, "Poured for @Dev")
    page.get_by_label("Message Tea Bot").fill("/tea")
    page.get_by_role("button", name="Send").click()
    _look_again(page, address, "Order tea")
    page.get_by_role("button", name="Order").click()
    expect(page.locator("#modal .error")).to_have_text("Please complete this required field.")
    context.close()


def test_the_other_person_is_named_in_the_title(visit):
    assert visit(ASHA, GENERAL).title() == "general | Asha | Fenmarch Digital Network"


def _look_again(page, address, text):
    """Without scripts a page shows what was so when it was asked for."""
    for _ in range(100):
        if text in page.locator("body").inner_text():
            return
        page.goto(address)
    raise AssertionError(f"{text} did not appear")
