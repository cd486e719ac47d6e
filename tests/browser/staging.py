"""What the story's acts are made of: a moment, a picture of it, and what people do again and again."""

from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect

from tests.browser.acting import close, window
from tests.browser.demo import ROOT
from tests.browsing import write
from tests.handlers.announcing.acts import worker_runs
from tests.practice import Practice

PICTURES = ROOT / "docs" / "story"
LARGEST = 250_000  # bytes


def later(practice: Practice, *when: int) -> None:
    """At that moment of June 2027 (UTC) the worker runs."""
    now = datetime(2027, 6, *when, tzinfo=UTC)
    practice.clock.now = now
    practice.workspace.asked("clock", set=now.timestamp())
    for network in ("x", "mastodon", "bluesky"):
        practice.workspace.asked(f"{network}/clock", stand_still=now.timestamp())
    worker_runs(practice)
    practice.tick()


def save(page: Page, name: str, *, of: Locator | None = None) -> None:
    """As it is seen, whole pictures and all, with the mouse out of the way."""
    page.mouse.move(0, 0)
    page.wait_for_function("[...document.images].every(image => image.complete)")
    picture = (of or page).screenshot(animations="disabled", caret="hide")
    assert len(picture) < LARGEST, f"{name}: {len(picture):,} bytes"
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(picture)


def go(page: Page, place: str) -> None:
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name=place).click()


def begin(page: Page, text: str, where: tuple[str, ...], day: str, clock: str) -> Locator:
    write(page, f"/announce {text}")
    form = window(page, "New announcement")
    for network in where:
        form.get_by_label(network, exact=True).check()
    form.get_by_label("At a date and time").check()
    form.locator("input[type=date]").fill(day)
    form.locator("input[type=time]").fill(clock)
    return form


def propose(practice: Practice, page: Page, form: Locator) -> None:
    form.get_by_role("button", name="Propose it").click()
    expect(window(page, "Count Me In")).to_contain_text("It is proposed, in the steering channel.")
    close(page)
    practice.settle()


def approve(practice: Practice, page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Approve: {title}").click()
    window(page, "Approve").get_by_role("button", name="Approve", exact=True).click()
    expect(window(page, "Count Me In")).to_contain_text("You have approved")
    close(page)
    practice.settle()
