"""What a test may ask to go wrong, and the truth beside it."""

import http.client
import socket
import time
from urllib.parse import urlsplit

import pytest
import requests
import tweepy

from sandbox.x.faults import ANSWERS, BREAKS, TIMELINES

UNAVAILABLE = (
    b'{"title":"Service Unavailable","detail":"Service Unavailable","type":"about:blank","status":503}'
)
LOST = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", sorted(BREAKS - {"hang", "drip"}))
def test_an_answer_that_fails_to_arrive_keeps_the_post_or_not(x, api, kind, when):
    x.fault(kind, when)
    with pytest.raises(LOST):
        api.create_tweet(text="Where am I?")
    (entry,) = x.received()
    kept = when == "after"
    assert (entry["accepted"], entry["status"], entry["fault"]) == (kept, None, f"{kind} {when}")
    assert x.texts() == (["Where am I?"] if kept else [])
    assert api.create_tweet(text="And now?").status_code == 201


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("html", 200, b"<!doctype html><title>X</title><p>Something is happening."),
        ("unavailable_html", 503, b"<html><body><h1>503 Service Unavailable</h1></body></html>"),
        ("unavailable_empty", 503, b""),
        ("unavailable", 503, UNAVAILABLE),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_lies_keeps_the_post_or_not(x, api, kind, status, body, when):
    x.fault(kind, when)
    try:
        answer = api.create_tweet(text="True or not")
    except tweepy.TwitterServerError as failed:
        answer = failed.response
    assert (answer.status_code, answer.content) == (status, body)
    assert x.texts() == (["True or not"] if when == "after" else [])
    assert x.received()[0]["status"] == status


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_every_answer_fault_is_answered_once_and_then_over(x, api, kind):
    x.fault(kind, "before")
    try:
        first = api.create_tweet(text="First").status_code
    except tweepy.HTTPException as failed:
        first = failed.response.status_code
    # A redirect is followed by requests, to the same call, which by then is in order again.
    assert first == {
        "redirect": 201,
        "html": 200,
        "rate_limited": 429,
        "duplicate": 403,
        "forbidden": 403,
        "unauthorized": 401,
        "no_credits": 402,
        "locked": 403,
        "suspended": 403,
        "read_only": 403,
    }.get(kind, 503)
    assert api.create_tweet(text="Second").status_code == 201


def test_a_hang_lasts_until_the_client_leaves(x, api):
    x.fault("hang", "after")
    api.session.adapters.clear()
    address = urlsplit(x.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=0.2)
    connection.request("POST", "/2/tweets", body=b"{}")
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert x.received()[0]["status"] is None


def test_a_drip_comes_byte_by_byte(x):
    x.fault("drip", "before", seconds=0.01)
    address = urlsplit(x.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=5)
    began = time.monotonic()
    connection.request("POST", "/2/tweets", body=b"{}")
    answer = connection.getresponse()
    length = len(answer.read())
    connection.close()
    assert (answer.status, time.monotonic() - began > length * 0.01) == (503, True)


@pytest.mark.parametrize("kind", sorted(TIMELINES))
def test_a_timeline_can_lie(x, api, kind):
    api.create_tweet(text="Truly here")
    x.fault(kind, on="GET /2/users/{id}/tweets")
    first = api.get_users_tweets("1700000000000000001", user_auth=True).json()
    assert "Truly here" not in [post["text"] for post in first.get("data", [])]
    second = api.get_users_tweets("1700000000000000001", user_auth=True).json()
    assert [post["text"] for post in second["data"]] == ["Truly here"]


def test_faults_wait_for_their_call_and_as_often_as_asked(x, api):
    x.fault("unavailable", "before", times=2)
    assert api.get_me(user_auth=True).status_code == 200
    for _ in range(2):
        with pytest.raises(tweepy.TwitterServerError):
            api.create_tweet(text="Patience")
    assert api.create_tweet(text="Patience").status_code == 201


def test_faults_can_be_taken_back(x, api):
    x.fault("hang", "before", on="*", times=99)
    assert x.control("faults", clear=True) == []
    assert api.create_tweet(text="All well").status_code == 201


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "hang", "when": "sometimes"}),
        ("faults", {"nonsense": 1}),
        ("timeline", {"username": "nobody", "text": "Boo"}),
        ("lag", {"seconds": "soon"}),
    ],
)
def test_a_control_that_makes_no_sense_is_refused(x, name, asked):
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(f"{x.url}/control/x/{name}", json=asked, timeout=5)
    assert (answer.status_code, "error" in answer.json()) == (400, True)


def test_a_door_that_is_shut_refuses_connections_and_opens_again(x):
    x.on_loop(x.front.shut())
    address = ("127.0.0.1", x.front.port)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=2)
    x.on_loop(x.front.open())
    socket.create_connection(address, timeout=2).close()


def test_reset_forgets_everything(x, api):
    api.get_me(user_auth=True)
    x.control("lag", seconds=9)
    x.control("credits", balance=1)
    x.control("clock", advance=9_999)
    x.control("reset", all=True)
    assert x.control("ledger") == []
    assert x.control("lag") == {"seconds": 0.0}
    assert x.control("credits") == {"balance": 20_000, "spent": 0}
    assert abs(x.control("clock")["now"] - time.time()) < 5


def test_changes_are_told_to_whoever_listens(x, api):
    told = []
    x.store.on_change.append(lambda: told.append(len(x.store.posts)))
    post_id = api.create_tweet(text="News").json()["data"]["id"]
    api.delete_tweet(post_id)
    x.store.on_change.clear()
    assert told == [1, 1]
