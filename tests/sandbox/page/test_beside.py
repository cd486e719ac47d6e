"""What stands beside the conversation: the X timeline, and what travelled."""

import re

import pytest
import requests
from playwright.sync_api import expect

from tests.browsing import DEV, GENERAL, last_line, write

pytestmark = pytest.mark.browser


def test_a_post_appears_on_the_timeline_by_itself(tea, visit):
    page = visit()
    expect(page.locator("#posts")).to_contain_text("Nothing has been posted yet.")
    tea.control("x/timeline", username="FenmarchDigital", text="Tea & <cake>\non Thursday")
    post = page.locator(".post")
    expect(post.locator(".words")).to_have_text("Tea & <cake>on Thursday")
    expect(post).to_contain_text("@FenmarchDigital")
    expect(page.locator("#announcer")).to_contain_text("New on the X timeline: Tea & <cake>")


def test_a_link_to_a_practice_post_opens_the_timeline(tea, visit):
    (post,) = tea.control("x/timeline", username="FenmarchDigital", text="Here it is")
    tea.say(DEV, GENERAL, f"echo https://x.com/FenmarchDigital/status/{post['id']}")
    page = visit(DEV, GENERAL)
    last_line(page).get_by_role("link", name=re.compile("x.com")).click()
    expect(page).to_have_url(re.compile(rf"\?side=x#post-{post['id']}"))


def test_what_travelled_is_listed_without_tokens(tea, visit):
    page = visit(query="")
    write(page, "echo hello")
    expect(page.locator("#lines > li")).to_have_count(2)
    page.get_by_role("link", name="What travelled").click()
    page.wait_for_selector("body[data-live]")
    trips = page.locator("#trips > li")
    heard = trips.filter(has_text="event message").first
    expect(heard).to_contain_text("ok")
    heard.locator("summary").click()
    expect(heard.locator("pre")).to_contain_text('"text": "echo hello"')
    expect(trips.filter(has_text="chat.postMessage").first).to_contain_text("from the bot")
    html = page.content()
    assert not [secret for secret in _secrets(tea) if secret in html]


def _secrets(tea):
    deliveries = requests.get(f"{tea.url}/control/deliveries", timeout=10).json()["deliveries"]
    tokens = {delivery["payload"]["token"] for delivery in deliveries}
    return tokens | {tea.bot["bot_token"], tea.bot["app_token"], tea.bot["signing_secret"]}


def test_what_is_too_large_to_send_is_said_and_stays(tea, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{tea.url}/as/{DEV}")
    page.wait_for_selector("body[data-live]")
    page.focus("#words")
    page.evaluate("document.getElementById('words').maxLength = 5_000_000")
    page.keyboard.insert_text("tea " * 1_000_000)
    page.keyboard.press("Enter")
    expect(page.locator("#connection")).to_have_text("Part exceeded maximum size of 1024KB.")
    assert page.locator("#words").input_value() == "tea " * 1_000_000
    page.locator("#words").fill("tea please")
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("tea?")
    expect(page.locator("#connection")).to_be_hidden()
    context.close()


def test_a_lost_connection_is_said_and_comes_back(visit):
    page = visit()
    page.context.set_offline(True)
    write(page, "tea please")
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#words")).to_have_value("tea please")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(last_line(page)).to_contain_text("tea?")
    expect(page.locator("#connection")).to_be_hidden()


@pytest.mark.parametrize(("name", "title"), [("mastodon", "Mastodon"), ("bluesky", "Bluesky")])
def test_the_other_networks_have_timelines_of_their_own(tea, visit, name, title):
    tea.control(f"{name}/reset")
    page = visit()
    page.get_by_role("navigation", name="Networks").get_by_role("link", name=title).click()
    page.wait_for_selector("body[data-live]")
    expect(page.locator("#side-title")).to_have_text(f"{title} timeline")
    expect(page.locator("#posts")).to_contain_text("Nothing has been posted yet.")
    tea.control(f"{name}/timeline", text="Tea & <cake>\non Thursday")
    expect(page.locator(".post .words")).to_have_text("Tea & <cake>on Thursday")
    expect(page.locator("#announcer")).to_contain_text(f"New on the {title} timeline: Tea & <cake>")
