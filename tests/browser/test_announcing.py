"""The newcomer's tour, second half: write an announcement, have it approved, watch it appear on X."""

import pytest
from playwright.sync_api import expect

from tests.browser.acting import approve, close, line, propose, window
from tests.browser.demo import until
from tests.browsing import ASHA, BRYN, CARYS, PHONE, STEERING, last_line, write

pytestmark = pytest.mark.browser

# Each as it is typed and as it must leave. Slack's own marks mean nothing on X, so they go out as they are.
WORDS = [
    (
        "Meetup :tada: *not bold* _nor this_ for @channel: <b>R&D</b> &amp; tea",
        "Meetup 🎉 *not bold* _nor this_ for @channel: <b>R&D</b> & tea",
    ),
    (
        "Council’s “open data” day – it’s 5 < 6 & 7 > 6\n\n~all~ `welcome`, مرحبا שלום croeso :+1: 👩🏽‍💻",
        "Council’s “open data” day – it’s 5 < 6 & 7 > 6\n\n~all~ `welcome`, مرحبا שלום croeso 👍 👩🏽‍💻",
    ),
]


@pytest.mark.parametrize(("typed", "leaves"), WORDS)
def test_what_two_people_agreed_to_appears_on_x_letter_for_letter(visit, shown, typed, leaves):
    asha, bryn = visit(ASHA), visit(BRYN, STEERING)
    propose(asha, typed)
    proposal = last_line(bryn)
    expect(proposal).to_contain_text("@Asha proposes an announcement, as @FenmarchDigital on X")
    exact = proposal.locator(".section .text", has_text=leaves.splitlines()[0])
    assert exact.inner_text() == leaves
    approve(bryn, leaves.splitlines()[0][:20])
    post = bryn.locator(".post", has_text=leaves.splitlines()[0])
    expect(post).to_have_count(1)
    assert post.locator(".words").inner_text() == leaves
    newest = shown.asked("x/timeline")[-1]
    assert newest["text"] == leaves
    expect(proposal).to_contain_text("Approved by @Bryn.")
    expect(proposal).to_contain_text(f"https://x.com/FenmarchDigital/status/{newest['id']}")
    expect(proposal.get_by_role("button")).to_have_text(["Take down"])


def test_nobody_approves_their_own(visit):
    asha = visit(ASHA)
    propose(asha, "Only two people together can say this")
    asha.get_by_role("link", name="steering").click()
    asha.get_by_role("button", name="Approve: Only two people").click()
    expect(last_line(asha)).to_contain_text(
        "You wrote this one, so somebody else on the steering group has to approve it. Nothing changed."
    )
    expect(window(asha, "Approve")).to_have_count(0)
    expect(asha.locator(".post", has_text="Only two people")).to_have_count(0)
    asha.get_by_role("button", name="Withdraw: Only two people").click()
    asha.get_by_role("dialog", name="Withdraw Only two people").get_by_role("button", name="Withdraw").click()
    expect(asha.locator("#lines")).to_contain_text("It was withdrawn.")


def test_impatience_proposes_and_sends_once(visit, shown):
    """Double clicks everywhere, and a button held down while the page is drawn anew under it."""
    asha, bryn = visit(ASHA), visit(BRYN, STEERING)
    write(asha, "/announce Once is enough")
    form = window(asha, "New announcement")
    form.get_by_label("X", exact=True).check()
    form.get_by_label("Text", exact=True).fill("Once is enough, thank you")
    form.get_by_role("button", name="Propose it").hover()
    asha.mouse.down()
    until(lambda: "thank you" in str(shown.asked(f"views?user={ASHA}")), "The draft was kept")
    asha.mouse.up()
    expect(window(asha, "Count Me In")).to_contain_text("It is proposed, in the steering channel.")
    close(asha)
    bryn.get_by_role("button", name="Approve: Once is enough").dblclick()
    window(bryn, "Approve").get_by_role("button", name="Approve", exact=True).dblclick()
    expect(window(bryn, "Count Me In")).to_contain_text("You have approved")
    close(bryn)
    expect(line(bryn, "Once is enough")).to_contain_text("It went out")
    expect(bryn.locator(".post", has_text="Once is enough")).to_have_count(1)
    expect(bryn.locator("#lines > li", has_text="Once is enough")).to_have_count(1)


def test_a_volunteer_can_not_announce(visit, newcomer):
    page = visit(newcomer.id)
    write(page, "/announce Hello world")
    expect(last_line(page)).to_contain_text(
        "Only members of the steering group can do this, so nothing changed."
    )


def test_what_is_too_long_is_said_in_place_and_nothing_is_lost(visit):
    page = visit(CARYS)
    write(page, "/announce")
    form = window(page, "New announcement")
    form.get_by_label("Text", exact=True).fill("Come along. " + "word " * 60 + "the end")
    form.get_by_label("X", exact=True).check()
    form.get_by_role("button", name="Propose it").click()
    expect(form.locator(".error")).to_contain_text("39 too many for X: 319 of 280.")
    expect(form.locator(".error")).to_contain_text("the end”. Nothing was proposed; your words are kept.")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    write(page, "/announce list")
    last_line(page).get_by_role("button", name="Go on writing: Come along.").click()
    expect(form.get_by_label("Text", exact=True)).to_have_value("Come along. " + "word " * 60 + "the end")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    last_line(page).get_by_role("button", name="Throw away: Come along.").click()
    page.get_by_role("dialog", name="Throw this draft away?").get_by_role("button", name="Throw away").click()
    expect(page.locator("#lines")).to_contain_text("That draft is thrown away.")


def test_everything_can_be_stopped_and_let_go_again(visit):
    asha, carys = visit(ASHA), visit(CARYS, STEERING)
    propose(asha, "Wait for it")
    write(asha, "/announce stop-all")
    window(asha, "Stop everything?").get_by_role("button", name="Stop everything").click()
    expect(window(asha, "Count Me In")).to_contain_text("Everything is stopped.")
    close(asha)
    expect(last_line(carys)).to_contain_text("@Asha has stopped everything.")
    carys.get_by_role("button", name="Approve: Wait for it").click()
    window(carys, "Approve").get_by_role("button", name="Approve", exact=True).click()
    expect(window(carys, "Count Me In")).to_contain_text("Everything is stopped at the moment")
    close(carys)
    expect(line(carys, "Wait for it")).to_contain_text("everything is stopped")
    expect(carys.locator(".post", has_text="Wait for it")).to_have_count(0)
    write(carys, "/announce resume-all")
    window(carys, "Let them go again?").get_by_role("button", name="Let them go again").click()
    expect(window(carys, "Count Me In")).to_contain_text("Announcements go out again.")
    close(carys)


def test_an_announcement_is_made_and_approved_on_a_phone(visit):
    asha, bryn = visit(ASHA, size=PHONE, has_touch=True), visit(BRYN, STEERING, size=PHONE, has_touch=True)
    propose(asha, "Sent from a small screen")
    approve(bryn, "Sent from a small screen")
    bryn.get_by_role("link", name="X timeline").click()
    expect(bryn.locator(".post", has_text="Sent from a small screen")).to_be_in_viewport()
    assert bryn.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_one_announcement_appears_once_on_every_network_though_an_answer_is_lost(visit, shown):
    asha, bryn = visit(ASHA), visit(BRYN, STEERING)
    words = "Everywhere at once: https://fenmarch.example/join"
    shown.asked("bluesky/faults", kind="drop", when="after", on="POST /xrpc/com.atproto.repo.putRecord")
    write(asha, f"/announce {words}")
    form = window(asha, "New announcement")
    for network in ("X", "Mastodon", "Bluesky"):
        form.get_by_label(network, exact=True).check()
    form.get_by_role("button", name="Propose it").click()
    expect(window(asha, "Count Me In")).to_contain_text("It is proposed, in the steering channel.")
    close(asha)
    proposal = last_line(bryn)
    expect(proposal).to_contain_text("as @FenmarchDigital on X, on Mastodon and on Bluesky")
    approve(bryn, "Everywhere at once")
    for network in ("Mastodon", "Bluesky"):
        bryn.get_by_role("navigation", name="Networks").get_by_role("link", name=network).click()
        expect(bryn.locator("#side-title")).to_have_text(f"{network} timeline")
        expect(bryn.locator(".post .words", has_text=words)).to_have_count(1)
    said = line(bryn, "Everywhere at once")
    expect(said).to_contain_text("https://fenmarch.example/@fenmarch/", timeout=20_000)
    expect(said).to_contain_text("https://bsky.app/profile/fenmarch.example/post/", timeout=20_000)
    for network in ("x", "mastodon", "bluesky"):
        assert [post["text"] for post in shown.asked(f"{network}/timeline")].count(words) == 1
