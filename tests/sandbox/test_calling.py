"""How calls come in: arguments, tokens, scopes, headers."""

import json
import urllib.parse
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.driving import ASHA, GENERAL, SCOPES, STEERING, Practice, fetch


def called(practice, method, *, body=b"", query="", kind="", token=""):
    """Status, headers and body of a call made by hand."""
    headers = {"content_type": kind} if kind else {}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    status, answered, content = fetch(f"{practice.url}/api/{method}?{query}", body, **headers)
    return status, answered, json.loads(content)


def refused(act, *arguments, **named):
    with pytest.raises(SlackApiError) as caught:
        act(*arguments, **named)
    return caught.value.response.data


def test_arguments_come_by_query_form_or_json(practice: Practice, web: WebClient):
    token = practice.app["bot_token"]
    fields = {"channel": GENERAL, "text": "hello", "team_id": "T1"}
    form = urllib.parse.urlencode(fields).encode()
    ways = [
        {"query": form.decode()},
        {"body": form, "kind": "application/x-www-form-urlencoded"},
        {"body": json.dumps(fields).encode(), "kind": "application/json;charset=utf-8"},
        {"query": f"channel={GENERAL}&text=hello", "body": b"", "kind": "application/x-www-form-urlencoded"},
    ]
    for way in ways:
        assert called(practice, "chat.postMessage", token=token, **way)[2]["message"]["text"] == "hello"
    assert practice.texts(ASHA, GENERAL) == ["hello"] * 4


def test_lists_and_flags_come_as_strings_too(practice: Practice, web: WebClient):
    blocks = json.dumps([{"type": "divider"}])
    query = urllib.parse.urlencode({"channel": GENERAL, "blocks": blocks, "reply_broadcast": "0"})
    answer = called(practice, "chat.postMessage", query=query, token=practice.app["bot_token"])[2]
    assert [block["type"] for block in answer["message"]["blocks"]] == ["divider"]
    query = urllib.parse.urlencode({"channel": GENERAL, "include_num_members": "maybe"})
    answer = called(practice, "conversations.info", query=query, token=practice.app["bot_token"])[2]
    assert answer["error"] == "invalid_arguments"


def test_a_token_may_be_an_argument(practice: Practice, web: WebClient):
    query = f"token={practice.app['bot_token']}"
    assert called(practice, "auth.test", query=query)[2]["ok"] is True
    assert practice.calls("auth.test")[-1]["arguments"] == {}


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-nobody", "invalid_auth"), ("xapp", "not_allowed_token_type")],
)
def test_tokens_are_told_apart(practice: Practice, web: WebClient, token, code):
    given = practice.app["app_token"] if token == "xapp" else token
    assert called(practice, "users.list", token=given)[2] == {"ok": False, "error": code}


def test_a_revoked_token_says_so(practice: Practice, web: WebClient):
    assert web.auth_revoke()["revoked"] is True
    assert refused(web.auth_test)["error"] == "token_revoked"


def test_an_unknown_method_is_named(practice: Practice, web: WebClient):
    answer = refused(web.api_call, "coffee.brew")
    assert answer == {"ok": False, "error": "unknown_method", "req_method": "coffee.brew"}


def test_a_missing_scope_is_named_with_those_there_are(practice: Practice):
    web = practice.install(scopes=["chat:write", "commands"])
    answer = refused(web.users_list)
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "users:read",
        "provided": "chat:write,commands",
    }


def test_history_needs_the_scope_of_its_kind_of_conversation(practice: Practice):
    web = practice.install(scopes=["channels:history"], channels=[STEERING])
    answer = refused(web.conversations_history, channel=STEERING)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")


def test_every_answer_names_scopes_and_time(practice: Practice, web: WebClient):
    _, headers, _ = called(practice, "auth.test", token=practice.app["bot_token"])
    assert headers["x-oauth-scopes"] == ",".join(SCOPES)
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["date"].endswith("GMT")
    assert headers["x-slack-req-id"]


def test_the_date_header_can_be_made_wrong(practice: Practice, web: WebClient):
    practice.post("clock", date_skew=86400 * 366)
    date = called(practice, "auth.test", token=practice.app["bot_token"])[1]["date"]
    ahead = parsedate_to_datetime(date) - datetime.now(UTC)
    assert timedelta(days=365) < ahead < timedelta(days=367)


def test_the_app_token_names_its_app(practice: Practice, web: WebClient):
    answer = practice.client(practice.app["app_token"]).auth_test().data
    assert answer == {"ok": True, "app_name": "Tea Rota", "app_id": practice.app["app_id"]}


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"<a/>", "application/xml", "invalid_post_type"),
    ],
)
def test_a_body_it_cannot_read_is_named(practice: Practice, web: WebClient, body, kind, code):
    assert called(practice, "auth.test", body=body, kind=kind)[2] == {"ok": False, "error": code}


def test_a_missing_argument_is_named(practice: Practice, web: WebClient):
    answer = called(practice, "users.info", token=practice.app["bot_token"])[2]
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]
