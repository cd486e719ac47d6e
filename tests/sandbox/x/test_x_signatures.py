"""Who may call: signatures are recomputed, so a client that forges or repeats one is found out."""

import time

import pytest
import requests
from oauthlib.oauth1 import Client

from tests.sandbox.x.running import PUBLIC, sign_in


@pytest.fixture
def keys(x):
    return x.control("keys")


def signed(keys, method, path, **instead):
    """Headers as a client of the real X would send them, made by oauthlib."""
    client = Client(
        instead.pop("key", keys["X_API_KEY"]),
        instead.pop("secret", keys["X_API_SECRET"]),
        resource_owner_key=instead.pop("token", keys["X_ACCESS_TOKEN"]),
        resource_owner_secret=instead.pop("token_secret", keys["X_ACCESS_TOKEN_SECRET"]),
        **instead,
    )
    return client.sign(f"{PUBLIC}{path}", method)[1]


def status(x, method, path, headers):
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, f"{x.url}{path}", headers=headers, timeout=5).status_code


def test_a_right_signature_is_let_in(x, keys):
    assert status(x, "GET", "/2/users/me", signed(keys, "GET", "/2/users/me")) == 200


def test_the_query_is_part_of_what_is_signed(x, keys):
    path = "/2/users/1700000000000000001/tweets?max_results=5&exclude=replies%2Cretweets"
    assert status(x, "GET", path, signed(keys, "GET", path)) == 200
    assert status(x, "GET", path.replace("=5", "=6"), signed(keys, "GET", path)) == 401


@pytest.mark.parametrize(
    "instead",
    [
        {"key": "UnknownConsumerKey00000001"},
        {"secret": "wrong"},
        {"token": "1700000000000000001-Unknown"},
        {"token_secret": "wrong"},
        {"timestamp": str(int(time.time()) - 400)},
        {"timestamp": str(int(time.time()) + 7200)},
        {"timestamp": "yesterday"},
        {"signature_method": "PLAINTEXT"},
        {"nonce": ""},
    ],
    ids=lambda instead: next(iter(instead)),
)
def test_anything_wrong_in_it_is_refused(x, keys, instead):
    assert status(x, "GET", "/2/users/me", signed(keys, "GET", "/2/users/me", **instead)) == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer abc", "OAuth", "OAuth oauth_token", 'OAuth oauth_nonce="\xe9"']
)
def test_what_is_no_signature_is_refused(x, header):
    assert status(x, "GET", "/2/users/me", {"Authorization": header.encode("latin-1")}) == 401


def test_a_signature_is_good_for_one_method_and_path(x, keys):
    x.control("timeline", username="FenmarchDigital", text="Keep me")
    post_id = x.control("timeline")[0]["id"]
    headers = signed(keys, "GET", f"/2/tweets/{post_id}")
    assert status(x, "DELETE", f"/2/tweets/{post_id}", headers) == 401
    assert status(x, "GET", "/2/tweets/1", headers) == 401
    assert x.texts() == ["Keep me"]


def test_the_same_signature_again_is_refused(x, keys):
    headers = signed(keys, "GET", "/2/users/me")
    assert [status(x, "GET", "/2/users/me", headers) for _ in range(2)] == [200, 401]


def test_a_refused_call_is_in_the_ledger_as_refused(x):
    status(x, "POST", "/2/tweets", {})
    (entry,) = x.received()
    assert (entry["accepted"], entry["status"], entry["account_id"]) == (False, 401, None)


def ask(x, keys, path, **instead):
    client = Client(keys["X_API_KEY"], keys["X_API_SECRET"], **instead)
    url, headers, _ = client.sign(f"{PUBLIC}{path}", "POST")
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(url.replace(PUBLIC, x.url), headers=headers, timeout=5)
    return answer.status_code, dict(pair.split("=") for pair in answer.text.split("&") if "=" in pair)


def test_the_pin_flow_gives_keys_once(x, keys):
    began, given = ask(x, keys, "/oauth/request_token", callback_uri="oob")
    assert (began, given["oauth_callback_confirmed"]) == (200, "true")
    page = f"{x.url}/oauth/authorize?oauth_token={given['oauth_token']}"
    pin = sign_in(page, "FenmarchDigital")
    asked = {
        "resource_owner_key": given["oauth_token"],
        "resource_owner_secret": given["oauth_token_secret"],
        "verifier": pin,
    }
    done, tokens = ask(x, keys, "/oauth/access_token", **asked)
    assert (done, tokens["screen_name"], tokens["user_id"]) == (200, "FenmarchDigital", "1700000000000000001")
    mine = signed(
        keys, "GET", "/2/users/me", token=tokens["oauth_token"], token_secret=tokens["oauth_token_secret"]
    )
    assert status(x, "GET", "/2/users/me", mine) == 200
    assert ask(x, keys, "/oauth/access_token", **asked)[0] == 401
    assert sign_in(page, "FenmarchDigital") == ""


def test_a_callback_that_is_not_approved_is_refused(x, keys):
    assert ask(x, keys, "/oauth/request_token", callback_uri="https://evil.example/")[0] == 403


def test_the_sign_in_page_shows_nothing_it_was_given_as_markup(x):
    with requests.Session() as session:
        session.trust_env = False
        page = session.get(f"{x.url}/oauth/authorize", params={"oauth_token": "<script>"}, timeout=5)
    assert (page.status_code, "<script>" in page.text) == (403, False)
