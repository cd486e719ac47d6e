import logging
from dataclasses import replace

from publishers.x.login import PinFlow
from publishers.x.publisher import Keys, X
from tests.publishers.conftest import attempt
from tests.sandbox.x.running import sign_in


def test_no_key_is_ever_logged_or_shown(practice, publisher, keys, caplog):
    caplog.set_level(logging.DEBUG)
    canaries = [keys.api_key, keys.api_secret, keys.access_token, keys.access_token_secret]
    publisher.publish(attempt("Quiet"))
    publisher.look(attempt("Quiet"))
    publisher.whoami()
    for fault in ("hang", "unavailable_html", "unauthorized", "redirect", "cut"):
        practice.fault(fault)
        publisher.publish(attempt(f"Quiet {fault}"))
    replace(publisher, keys=Keys("", "", "", "")).publish(attempt("No keys at all"))
    flow = PinFlow(keys.api_key, keys.api_secret, practice.url)
    login = flow.start()
    tokens = flow.finish(login, sign_in(login.authorize_url, "FenmarchDigital"))
    canaries += [login.token_secret, tokens.access_token, tokens.access_token_secret]
    shown = caplog.text + repr([publisher, flow, login, tokens])
    assert [canary for canary in canaries if canary in shown] == []
    assert isinstance(publisher, X)
