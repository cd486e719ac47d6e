"""What people do in the demo, in the order they do it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import Somebody
from tests.browsing import write

JOIN, LEAVE = "Join: opens the form", "Leave: asks once more first"


def line(page: Page, text: str) -> Locator:
    """The last message that says so."""
    return page.locator("#lines > li", has_text=text).last


def window(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


def fill_in(form: Locator, somebody: Somebody) -> None:
    form.get_by_label("Your full name").fill(somebody.name)
    form.get_by_label("Your e-mail").fill("somebody@fenmarch.example")
    form.get_by_label("I am 16 or over").check()
    form.get_by_label("I agree with what Fenmarch Digital Network stands for").check()


def close(page: Page) -> None:
    """The window that says what has come of it."""
    done = window(page, "Count Me In")
    done.get_by_role("button", name="Close").last.click()
    expect(done).to_be_hidden()


def join(page: Page, somebody: Somebody) -> None:
    write(page, "/join")
    fill_in(window(page, "Join us"), somebody)
    window(page, "Join us").get_by_role("button", name="Join", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text(f"Welcome, {somebody.name}.")
    close(page)


def propose(page: Page, text: str) -> None:
    """To X, as soon as it is approved."""
    write(page, "/announce")
    form = window(page, "New announcement")
    form.get_by_label("Text", exact=True).fill(text)
    form.get_by_label("X", exact=True).check()
    form.get_by_role("button", name="Propose it").click()
    expect(window(page, "Count Me In")).to_contain_text("It is proposed, in the steering channel.")
    close(page)


def approve(page: Page, title: str) -> None:
    """By the button in the steering channel, which must be shown."""
    page.get_by_role("button", name=f"Approve: {title}").click()
    window(page, "Approve").get_by_role("button", name="Approve", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text("You have approved")
    close(page)
