"""The page's addresses, without a browser: who may see and do what."""

import re
from functools import partial

import pytest
import requests

from tests.bot.waiting import until
from tests.browsing import ASHA, DEV, GENERAL, STEERING


@pytest.fixture
def get(tea):
    return lambda path, **more: requests.get(f"{tea.url}{path}", timeout=10, allow_redirects=False, **more)


@pytest.fixture
def post(tea):
    return lambda path, data, **more: requests.post(f"{tea.url}{path}", data, timeout=10, **more)


def test_the_first_address_leads_a_volunteer_to_the_bot(tea, get):
    first = get("/")
    assert (first.status_code, first.headers["location"]) == (303, f"/as/{DEV}")
    direct = get(f"/as/{DEV}").headers["location"]
    assert "<h1>" in get(direct).text
    assert "Tea Bot" in re.search(r"<title>(.*)</title>", get(direct).text)[1]


@pytest.mark.parametrize(
    "path",
    [
        "/as/UNOBODY",
        f"/as/UNOBODY/{GENERAL}",
        "/as/U0000000KIT",
        "/as/U000000ROTA",
        f"/as/{DEV}/{STEERING}",
        f"/as/{DEV}/CNOWHERE",
        f"/as/{DEV}/files/FNOTHING",
    ],
    ids=["nobody", "nobody-there", "left", "robot", "private", "no-channel", "no-file"],
)
def test_nobody_gets_where_they_are_not(get, path):
    answer = get(path)
    assert answer.status_code == 404
    assert "There is nothing here for this person." in answer.text


def test_a_private_channel_shows_only_to_its_members(tea, get):
    tea.say(ASHA, STEERING, "between us")
    assert "between us" in get(f"/as/{ASHA}/{STEERING}").text
    everything = get(f"/as/{DEV}/{GENERAL}").text + get(f"/as/{DEV}").text
    assert "between us" not in everything
    assert STEERING not in everything


def test_a_message_cannot_be_pressed_from_elsewhere(tea, post):
    """A form on another site would arrive with that site's name."""
    data = {"act": "say", "text": "forged"}
    forged = post(f"/as/{DEV}/{GENERAL}", data, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 403
    assert "forged" not in requests.get(f"{tea.url}/as/{DEV}/{GENERAL}", timeout=10).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "no-such-act"},
        {"act": "press", "ts": "1.2", "pressed": "x::y"},
        {"act": "press_view", "view": "VNONE", "pressed": "x::y"},
        {"act": "submit", "view": "VNONE"},
        {"act": "close"},
        {"act": "say", "text": "   "},
    ],
    ids=str,
)
def test_a_form_that_means_nothing_does_nothing(post, data):
    assert post(f"/as/{DEV}/{GENERAL}", data).status_code in (200, 400)


def test_the_page_may_run_only_its_own_scripts(get):
    headers = get(f"/as/{DEV}/{GENERAL}").headers
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_file_opens_for_those_it_was_shared_with(tea, get):
    tea.control("command", user=DEV, channel="bot", command="/card")
    page = partial(get, get(f"/as/{DEV}").headers["location"])
    card = until(lambda: re.search(rf"/as/{DEV}(/files/\w+)", page().text), "the card")[1]
    assert get(f"/as/{DEV}{card}").headers["content-type"] == "image/png"
    assert get(f"/as/{ASHA}{card}").status_code == 404


def test_other_files_are_downloaded_and_never_run(tea, get):
    tea.control("command", user=DEV, channel="bot", command="/list")
    page = partial(get, get(f"/as/{DEV}").headers["location"])
    path = until(lambda: re.search(r'href="([^"]+)" download="members.html"', page().text), "the file")[1]
    answer = get(path)
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.text == "<script>alert(1)</script>"
