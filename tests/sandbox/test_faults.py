"""Trouble on order, as slack_sdk meets it."""

import contextlib
import http.client
import json
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.driving import ASHA, GENERAL, Bot, Practice
from tests.sandbox.test_interactions import answered

BROKEN = (ConnectionError, http.client.HTTPException, TimeoutError)


def post(practice: Practice, text: str, *, patience: float = 0.2) -> tuple[int, dict[str, str], bytes]:
    """chat.postMessage by hand: slack_sdk leaves a broken connection open for the collector to find."""
    connection = http.client.HTTPConnection(urlsplit(practice.url).netloc, timeout=patience)
    headers = {"Authorization": f"Bearer {practice.app['bot_token']}", "Content-Type": "application/json"}
    with contextlib.closing(connection):
        body = json.dumps({"channel": GENERAL, "text": text})
        connection.request("POST", "/api/chat.postMessage", body, headers)
        with connection.getresponse() as answer:
            return answer.status, dict(answer.headers), answer.read()


@pytest.mark.parametrize(
    ("kind", "posted"),
    [
        ("hang", 0),
        ("hang_after", 1),
        ("drop_after", 1),
        ("reset_before", 0),
        ("reset_after", 1),
        ("cut", 1),
    ],
)
def test_an_answer_that_never_arrives_whole(practice: Practice, web: WebClient, kind, posted):
    practice.post("faults", method="chat.postMessage", kind=kind)
    with pytest.raises(BROKEN):
        post(practice, "a")
    assert practice.texts(ASHA, GENERAL) == ["a"] * posted
    assert web.chat_postMessage(channel=GENERAL, text="b")["ok"] is True
    assert [entry["fault"] for entry in practice.calls("chat.postMessage")] == [kind, ""]


def test_an_answer_that_drips_arrives_in_the_end(practice: Practice, web: WebClient):
    practice.post("faults", method="chat.delete", kind="drip", seconds=0.001)
    with pytest.raises(SlackApiError, match="message_not_found"):
        web.chat_delete(channel=GENERAL, ts="1.000001")


@pytest.mark.parametrize(
    ("kind", "status", "posted"),
    [
        ("status", 503, 0),
        ("status_after", 503, 1),
        ("html", 200, 0),
        ("html_after", 200, 1),
        ("redirect", 307, 0),
    ],
)
def test_an_answer_that_is_not_slacks(practice: Practice, web: WebClient, kind, status, posted):
    practice.post("faults", method="chat.postMessage", kind=kind)
    answered, headers, body = post(practice, "a")
    assert answered == status
    assert body.startswith(b"<!doctype") == kind.startswith("html")
    assert headers.get("location", "").endswith("/api/chat.postMessage") == (kind == "redirect")
    assert practice.texts(ASHA, GENERAL) == ["a"] * posted


def test_too_many_requests_say_when_to_come_back(practice: Practice, web: WebClient):
    practice.post("faults", method="*", kind="rate_limited", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            web.auth_test()
        assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
        assert caught.value.response.headers["retry-after"] == "7"
    assert web.auth_test()["ok"] is True


def test_any_code_can_be_ordered(practice: Practice, web: WebClient):
    practice.post("faults", method="chat.postMessage", kind="error", error="fatal_error")
    with pytest.raises(SlackApiError, match="fatal_error"):
        web.chat_postMessage(channel=GENERAL, text="a")


def test_an_answer_can_be_late(practice: Practice, web: WebClient):
    practice.post("faults", method="chat.postMessage", kind="slow", seconds=0.05)
    assert post(practice, "a")[0] == 200
    practice.post("faults", method="chat.postMessage", kind="slow", seconds=5)
    with pytest.raises(TimeoutError):
        post(practice, "b", patience=0.05)


def test_an_answer_at_a_response_url_can_fail_too(practice: Practice, bot: Bot):
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    url = bot.interaction()["response_url"]
    practice.post("faults", method="response_url", kind="status")
    assert answered(url, text="a") == (503, "service_unavailable")
    assert answered(url, text="b") == (200, "ok")
    assert practice.texts(ASHA, GENERAL) == ["b"]


def test_orders_can_be_cancelled_and_must_exist(practice: Practice, web: WebClient):
    practice.post("faults", method="*", kind="hang", times=100)
    practice.post("faults", clear=True)
    assert web.auth_test()["ok"] is True
    with pytest.raises(Exception, match="unknown kind"):
        practice.post("faults", method="*", kind="earthquake")


def test_rate_limits_are_off_until_switched_on(practice: Practice, web: WebClient):
    for _ in range(25):
        web.users_list()
    practice.post("clock", set=1_800_000_000)
    practice.post("limits", on=True)
    for _ in range(20):
        web.users_list()
    with pytest.raises(SlackApiError) as caught:
        web.users_list()
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["retry-after"] == "60"
    assert web.users_info(user=ASHA)["ok"] is True
    practice.post("clock", advance=60)
    assert web.users_list()["ok"] is True


def test_posting_is_limited_per_channel(practice: Practice, web: WebClient):
    practice.post("clock", set=1_800_000_000)
    practice.post("limits", on=True)
    for _ in range(3):
        web.chat_postMessage(channel=GENERAL, text="a")
    with pytest.raises(SlackApiError) as caught:
        web.chat_postMessage(channel=GENERAL, text="a")
    assert (caught.value.response.status_code, caught.value.response.headers["retry-after"]) == (429, "3")
    assert web.chat_postMessage(channel=ASHA, text="a")["ok"] is True
