"""`countmein x-login` gets the tokens of the network's own account, and of no other."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.bot.practice_program import DIRECT, ROOT, Practice, started


@pytest.fixture(scope="module")
def practice() -> Iterator[Practice]:
    with started() as program:
        yield program


def signed_in(practice, tmp_path, *, account, handle="", pin=None):
    """Exit code, standard output and error of the command, answered by somebody signed in as `account`."""
    keys = practice.asked("/control/x/keys")
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", "x-login"],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PATH": os.environ["PATH"],
            "X_API_KEY": keys["X_API_KEY"],
            "X_API_SECRET": keys["X_API_SECRET"],
            "X_API_URL": practice.address,
            "X_HANDLE": handle,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    while (link := re.search(r"http\S+/oauth/authorize\?oauth_token=(\S+)\n", said)) is None:
        line = program.stdout.readline()
        assert line, program.stderr.read()
        said += line
    out, error = program.communicate(f"{pin or shown_pin(link[0].strip(), link[1], account)}\n", timeout=20)
    return program.returncode, said + out, error


def shown_pin(link, token, account):
    """Press “Authorise app” on the page behind the link."""
    with DIRECT.open(link, urlencode({"oauth_token": token, "username": account}).encode()) as page:
        return re.search(r'id="pin">(\d+)<', page.read().decode())[1]


def test_the_tokens_of_the_account_that_said_yes_are_shown_once(practice, tmp_path):
    code, said, error = signed_in(practice, tmp_path, account="FenmarchDigital", handle="FenmarchDigital")
    assert (code, error) == (0, "")
    assert "Sign in to X as the network's own account, @FenmarchDigital, then open" in said
    assert re.search(
        r"This is @FenmarchDigital\. .*\n\nX_HANDLE=FenmarchDigital\n"
        r"X_ACCESS_TOKEN=1700000000000000001-\S+\nX_ACCESS_TOKEN_SECRET=\S+\n$",
        said,
    )
    assert list(tmp_path.iterdir()) == []


def test_the_account_is_named_when_no_handle_was_set(practice, tmp_path):
    code, said, _ = signed_in(practice, tmp_path, account="dev_marchetti")
    assert code == 0
    assert "This is @dev_marchetti." in said


def test_tokens_of_another_account_are_not_shown(practice, tmp_path):
    code, said, error = signed_in(practice, tmp_path, account="dev_marchetti", handle="FenmarchDigital")
    assert code == 1
    assert "X_ACCESS_TOKEN" not in said
    assert error == (
        "X says you signed in as @dev_marchetti, but X_HANDLE is FenmarchDigital. The tokens are not shown: "
        "sign out of X, sign in as the right account, and type `countmein x-login` again.\n"
    )


def test_a_wrong_pin_says_to_start_again(practice, tmp_path):
    code, _, error = signed_in(practice, tmp_path, account="FenmarchDigital", pin="0")
    assert code == 1
    assert error == "X does not accept the API key and secret, or the PIN. Check them and start again.\n"


def test_without_the_apps_keys_it_says_where_they_are(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "bot", "x-login"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert told.stderr == (
        "Set X_API_KEY and X_API_SECRET first: they are the “API Key and Secret” of your app at "
        "developer.x.com. Nothing was changed.\n"
    )
