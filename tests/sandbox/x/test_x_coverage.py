import re

import pytest
import requests

from sandbox.x.coverage import LEFT_OUT, SERVED
from sandbox.x.limits import LIMITS
from sandbox.x.routing import CALLS, SIGN_IN
from sandbox.x.schema import APPEND, INITIALIZE, METADATA, POST, UPLOAD
from tests.sandbox.x.schemas import openapi, schema


def ask(x, call):
    method, path = call.split(" ")
    address = x.url + re.sub(r"\{\w+\}", "1", path)
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, address, timeout=5)


def test_the_table_of_what_is_served_is_what_is_served():
    assert set(SERVED) == {*CALLS, *SIGN_IN}


@pytest.mark.parametrize("call", sorted(SERVED))
def test_every_call_in_the_table_is_there_and_wants_a_signature(x, call):
    answer = ask(x, call)
    assert answer.status_code == (403 if call.endswith("/oauth/authorize") else 401)
    if answer.status_code == 401:
        assert answer.json() == {
            "title": "Unauthorized",
            "detail": "Unauthorized",
            "type": "about:blank",
            "status": 401,
        }


def test_what_is_left_out_is_not_served_by_the_way(x):
    assert {call for call in LEFT_OUT if " /" in call} & set(SERVED) == set()


def test_every_signed_call_has_a_limit():
    assert set(LIMITS) == set(CALLS)


@pytest.mark.parametrize("call", sorted(CALLS))
def test_every_call_is_one_that_x_describes(call):
    method, path = call.split(" ")
    assert method.lower() in openapi()["paths"][path]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (POST, "CreatePostsRequest"),
        (UPLOAD, "MediaUploadRequest"),
        (INITIALIZE, "InitializeMediaUploadRequest"),
        (APPEND, "AppendMediaUploadRequest"),
        (METADATA, "CreateMediaMetadataRequest"),
    ],
)
def test_requests_have_the_fields_that_x_describes(ours, theirs):
    assert set(ours["properties"]) == set(schema(theirs)["properties"])


@pytest.mark.parametrize(
    ("field", "theirs"),
    [
        ("media", "CreatePostsMedia"),
        ("poll", "CreatePostsPoll"),
        ("reply", "CreatePostsReply"),
        ("edit_options", "CreatePostsEditOptions"),
        ("geo", "CreatePostsGeo"),
    ],
)
def test_fields_inside_a_post_are_those_that_x_describes(field, theirs):
    described = schema(theirs)
    assert set(POST["properties"][field]["properties"]) == set(described["properties"])
    assert described["additionalProperties"] is False
