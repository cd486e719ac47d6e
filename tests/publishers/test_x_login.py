from dataclasses import replace

import pytest

from publishers.x.login import LoginFailed, PinFlow
from publishers.x.publisher import Account, Keys, X
from tests.sandbox.x.running import sign_in

WRONG = "X does not accept the API key and secret, or the PIN. Check them and start again."


@pytest.fixture
def flow(practice, keys):
    return PinFlow(keys.api_key, keys.api_secret, practice.url)


def test_the_pin_flow_gives_tokens_of_the_account_that_said_yes(practice, flow, keys):
    login = flow.start()
    assert login.authorize_url == f"{practice.url}/oauth/authorize?oauth_token={login.token}"
    tokens = flow.finish(login, f" {sign_in(login.authorize_url, 'FenmarchDigital')}\n")
    assert tokens.handle == "FenmarchDigital"
    mine = Keys(keys.api_key, keys.api_secret, tokens.access_token, tokens.access_token_secret)
    assert X(mine, tokens.handle, api_url=practice.url).whoami() == Account(
        "1700000000000000001", "FenmarchDigital", may_write=True
    )


def test_a_wrong_pin_gives_nothing(flow):
    login = flow.start()
    sign_in(login.authorize_url, "FenmarchDigital")
    with pytest.raises(LoginFailed) as failed:
        flow.finish(login, "nonsense")
    assert str(failed.value) == WRONG


def test_nobody_having_said_yes_gives_nothing(flow):
    with pytest.raises(LoginFailed) as failed:
        flow.finish(flow.start(), "")
    assert str(failed.value) == WRONG


def test_a_wrong_app_secret_is_named(flow):
    with pytest.raises(LoginFailed) as failed:
        replace(flow, api_secret="wrong").start()
    assert str(failed.value) == WRONG


def test_an_unreachable_x_is_named(practice, flow):
    practice.on_loop(practice.front.shut())
    with pytest.raises(LoginFailed) as failed:
        replace(flow, api_url=practice.front_url).start()
    assert str(failed.value) == "X could not be asked: it refused the connection. Try again."
