"""A file is fetched from Slack's own host alone, whole or not at all, and in time."""

import base64
import time

import pytest

from bot.slack.clients import CallWhileWriting
from bot.slack.files import Files
from coop.deps import NotFetched
from tests.handlers.announcing.acts import open_window
from tests.handlers.announcing.drawn import LEEDS
from tests.practice import user


@pytest.fixture
def url(practice):
    """Where Slack keeps a picture that Asha has chosen in the window."""
    practice.found()
    place = {"user": user("asha"), "view_id": open_window(practice)["id"], "block_id": "files"}
    content = base64.b64encode(LEEDS).decode()
    return practice.workspace.asked("attach", name="leeds.png", content=content, **place)["file"][
        "url_private"
    ]


def refusal(practice, url, most=10_000):
    with pytest.raises(NotFetched) as refused:
        practice.deps.fetch(url, most)
    return str(refused.value), refused.value.answered


def test_a_picture_given_to_the_bot_is_fetched(practice, url):
    assert practice.deps.fetch(url, 10_000) == LEEDS


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"kind": "html"}, ("Slack sent a page in its place", True)),
        ({"kind": "status", "status": 404}, ("Slack answered 404", True)),
        ({"kind": "redirect"}, ("Slack answered 307", True)),
        ({"kind": "cut"}, ("Slack broke off in the middle", False)),
        ({"kind": "reset_before"}, ("Slack did not hand it over (ConnectionResetError)", False)),
    ],
)
def test_what_is_not_the_whole_file_is_not_taken_for_it(practice, url, fault, why):
    practice.workspace.asked("faults", method="url_private", **fault)
    assert refusal(practice, url) == why


def test_it_reads_no_more_than_it_was_told(practice, url):
    with pytest.raises(NotFetched) as refused:
        practice.deps.fetch(url, len(LEEDS) - 1)
    assert refused.value.too_large
    assert practice.deps.fetch(url, len(LEEDS)) == LEEDS


@pytest.mark.parametrize("fault", [{"kind": "hang", "seconds": 5}, {"kind": "drip", "seconds": 0.02}])
def test_it_waits_no_longer_than_it_was_told(practice, url, fault):
    practice.workspace.asked("faults", method="url_private", **fault)
    environment = practice.house.environment
    hurried = Files(environment.slack_bot_token.get_secret_value(), environment.slack_api_url, seconds=0.1)
    begun = time.monotonic()
    with pytest.raises(NotFetched):
        hurried.fetch(url, 10_000)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "elsewhere", ["http://127.0.0.1:9/f.png", "file:///etc/hosts", "https://x.example/f"]
)
def test_the_token_goes_to_slacks_own_host_alone(practice, url, elsewhere):
    assert refusal(practice, elsewhere) == ("it does not lie at Slack's own address", False)


def test_the_real_slack_keeps_files_on_a_host_of_their_own():
    files = Files("xoxb-1", "https://slack.com/api/")
    assert files._ours == {("https", "slack.com"), ("https", "files.slack.com")}


def test_nobody_fetches_while_the_record_is_being_written(practice, url):
    with practice.deps.write(), pytest.raises(CallWhileWriting):
        practice.deps.fetch(url, 10_000)
