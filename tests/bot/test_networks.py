"""Which networks announcements leave for, by what is set up."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.networks import is_rehearsal, publishers_for
from bot.settings.environment import Environment

ROOT = Path(__file__).parents[2]
X = dict.fromkeys(("x_api_key", "x_api_secret", "x_access_token", "x_access_token_secret"), "k")
BLUESKY = {"bluesky_handle": "fenmarch.example", "bluesky_app_password": "abcd-efgh-ijkl-mnop"}
MASTODON = {"mastodon_url": "https://social.example", "mastodon_access_token": "token"}


@pytest.mark.parametrize(
    ("given", "networks", "rehearsed"),
    [
        ({}, ["x", "slack", "by_hand"], True),
        (X, ["x", "slack", "by_hand"], False),
        (MASTODON, ["mastodon", "slack", "by_hand"], False),
        (X | MASTODON, ["x", "mastodon", "slack", "by_hand"], False),
        (BLUESKY, ["bluesky", "slack", "by_hand"], False),
        (X | MASTODON | BLUESKY, ["x", "mastodon", "bluesky", "slack", "by_hand"], False),
        (X | {"rehearsal": True}, ["x", "slack", "by_hand"], True),
    ],
)
def test_announcements_leave_for_what_is_set_up(given, networks, rehearsed):
    environment = Environment.of(**given)
    assert list(publishers_for(environment, environment.network)) == networks
    assert is_rehearsal(environment) is rehearsed


def test_what_only_some_networks_need_is_not_imported_by_all():
    program = (
        "import sys; from bot.networks import publishers_for; from bot.settings.environment import Environment; "
        "e = Environment.of(mastodon_url='https://social.example', mastodon_access_token='t', "
        "bluesky_handle='a.example', bluesky_app_password='t'); "
        "publishers_for(e, e.network); print([n for n in ('tweepy', 'regex', 'twitter_text') if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
