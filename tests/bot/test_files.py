"""A file is fetched from Slack's own host alone, whole or not at all, and in time."""

import base64
import time
from dataclasses import dataclass

import pytest

from bot.slack.clients import CallWhileWriting
from bot.slack.files import Files
from coop.deps import NotFetched
from tests.handlers.announcing.drawn import LEEDS
from tests.practice import Workspace, channel, user

MANIFEST = {
    "display_information": {"name": "Reads files"},
    "features": {"bot_user": {"display_name": "reader"}},
    "oauth_config": {"scopes": {"bot": ["files:read"]}},
    "settings": {"socket_mode_enabled": True},
}


@dataclass
class Slack:
    """The practice Slack, with a picture in a channel the bot is in."""

    workspace: Workspace
    token: str
    url: str

    def files(self, **more):
        return Files(self.token, f"{self.workspace.url}/api/", **more)

    def breaks(self, **fault):
        self.workspace.asked("faults", method="url_private", **fault)


@pytest.fixture
def slack(workspace):
    workspace.asked("reset")
    installed = workspace.asked("install", manifest=MANIFEST, channels=[channel("general")])
    content = base64.b64encode(LEEDS).decode()
    place = {"user": user("asha"), "channel": channel("general")}
    said = workspace.asked("upload", name="leeds.png", content=content, **place)["message"]
    return Slack(workspace, installed["bot_token"], said["files"][0]["url_private"])


def refusal(slack, url, most=10_000):
    with pytest.raises(NotFetched) as refused:
        slack.files().fetch(url, most)
    return str(refused.value), refused.value.answered


def test_a_picture_the_bot_may_see_is_fetched(slack):
    assert slack.files().fetch(slack.url, 10_000) == LEEDS


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
def test_what_is_not_the_whole_file_is_not_taken_for_it(slack, fault, why):
    slack.breaks(**fault)
    assert refusal(slack, slack.url) == why


def test_it_reads_no_more_than_it_was_told(slack):
    with pytest.raises(NotFetched) as refused:
        slack.files().fetch(slack.url, len(LEEDS) - 1)
    assert refused.value.too_large
    assert slack.files().fetch(slack.url, len(LEEDS)) == LEEDS


@pytest.mark.parametrize("fault", [{"kind": "hang", "seconds": 5}, {"kind": "drip", "seconds": 0.02}])
def test_it_waits_no_longer_than_it_was_told(slack, fault):
    slack.breaks(**fault)
    begun = time.monotonic()
    with pytest.raises(NotFetched):
        slack.files(seconds=0.1).fetch(slack.url, 10_000)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "elsewhere", ["http://127.0.0.1:9/f.png", "file:///etc/hosts", "https://x.example/f"]
)
def test_the_token_goes_to_slacks_own_host_alone(slack, elsewhere):
    assert refusal(slack, elsewhere) == ("it does not lie at Slack's own address", False)


def test_the_real_slack_keeps_files_on_a_host_of_their_own():
    files = Files("xoxb-1", "https://slack.com/api/")
    assert files._ours == {("https", "slack.com"), ("https", "files.slack.com")}


def test_nobody_fetches_while_the_record_is_being_written(slack, sqlite):
    with sqlite.write(), pytest.raises(CallWhileWriting):
        slack.files().fetch(slack.url, 10_000)


def test_another_token_gets_a_login_and_no_file(slack):
    wrong = Files("xoxb-wrong", f"{slack.workspace.url}/api/")
    with pytest.raises(NotFetched, match="Slack answered 302"):
        wrong.fetch(slack.url, 10_000)
