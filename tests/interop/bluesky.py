"""The publisher against Bluesky's reference server. Not part of `make test`: it needs Node 22, a C++ compiler and
460 MB.

npm install --prefix tests/interop
.venv/bin/pytest -n 0 tests/interop/bluesky.py
"""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings.checks import APP_PASSWORD
from coop.publishing import (
    Content,
    Found,
    GoneAlready,
    NotFound,
    Published,
    Refused,
    Removal,
    TakenDown,
    TryLater,
    Unknown,
)
from publishers import json_api
from publishers.bluesky import records
from publishers.bluesky.publisher import COLLECTION, Bluesky, record_key
from publishers.json_api import Api, Call
from tests.publishers.conftest import attempt
from tests.publishers.drawing import TWO, image, png

HERE = Path(__file__).parent
WORDS = "We are becoming a co-operative – join 👩‍👩‍👧: https://fenmarch.example #CoOps"
THERE = Unknown("Bluesky says it has had this very post already", duplicate=True)


@dataclass(frozen=True)
class Server:
    url: str
    handle: str
    app_password: str
    token: str

    def posts(self, did: str) -> dict[str, dict[str, Any]]:
        query = {"repo": did, "collection": COLLECTION, "limit": "100"}
        found = json_api.read(
            Api(self.url).ask(Call("GET", "/xrpc/com.atproto.repo.listRecords", query=query))
        )
        return {record["uri"].rpartition("/")[2]: record["value"] for record in found["records"]}

    def delete(self, did: str, key: str) -> None:
        body = {"repo": did, "collection": COLLECTION, "rkey": key}
        Api(self.url).ask(Call("POST", "/xrpc/com.atproto.repo.deleteRecord", body=body), self.token)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with subprocess.Popen(
        ["node", "server.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        told = next(json.loads(line) for line in program.stdout if line.startswith('{"url"'))
        api = Api(told["url"])
        signed_in = {"identifier": told["handle"], "password": told["password"]}
        made = api.ask(Call("POST", "/xrpc/com.atproto.server.createSession", body=signed_in))
        token = json_api.read(made)["accessJwt"]
        asked = Call("POST", "/xrpc/com.atproto.server.createAppPassword", body={"name": "announcements"})
        yield Server(told["url"], told["handle"], json_api.read(api.ask(asked, token))["password"], token)
        program.stdin.close()


@pytest.fixture
def publisher(server: Server) -> Bluesky:
    return Bluesky(server.handle, server.app_password, server.url, seconds=10)


def test_an_app_password_has_the_shape_that_the_settings_ask_for(server):
    assert APP_PASSWORD.fullmatch(server.app_password)


def test_a_post_is_there_once_and_a_second_attempt_is_refused(server, publisher):
    tried = attempt(WORDS)
    assert publisher.look(tried) == NotFound()
    outcome = publisher.publish(tried)
    assert isinstance(outcome, Published)
    assert publisher.publish(tried) == outcome
    later = replace(tried, number=2, started_at=tried.started_at + timedelta(minutes=5))
    assert publisher.publish(later) == THERE
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert (seen.remote_id, seen.url) == (outcome.remote_id, outcome.url)
    record = server.posts(publisher.whoami().did)[record_key(tried)]
    assert record["text"] == WORDS
    spans = [each["index"] for each in record["facets"]]
    assert [WORDS.encode()[one["byteStart"] : one["byteEnd"]].decode() for one in spans] == [
        "https://fenmarch.example",
        "#CoOps",
    ]


def test_of_many_attempts_at_once_one_is_kept(server, publisher):
    tried = [
        replace(attempt("All at once"), delivery_id=delivery, number=number)
        for delivery in range(100, 110)
        for number in range(8)
    ]
    at_other_times = [
        replace(one, started_at=one.started_at + timedelta(seconds=one.number)) for one in tried
    ]
    publisher.whoami()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(publisher.publish, at_other_times))
    assert sum(isinstance(outcome, Published) for outcome in outcomes) == 10
    assert sum(outcome == THERE for outcome in outcomes) == 70
    kept = [
        record for record in server.posts(publisher.whoami().did).values() if record["text"] == "All at once"
    ]
    assert len(kept) == 10


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300,
        "x" * 301,
        "👩‍👩‍👧" * 166,
        "👩‍👩‍👧" * 167,
        "🇬🇧" * 300,
        "🇬🇧" * 301,
        "e\u0301" * 300,
        "👍🏽" * 301,
        "क्षि" * 250,
    ],
)
def test_what_the_check_lets_through_the_server_takes_and_nothing_else(publisher, text):
    outcome = publisher.publish(attempt(text))
    assert isinstance(outcome, Published) is publisher.check(Content(text)).sendable
    assert isinstance(outcome, Published | Refused)


def test_a_deleted_post_is_not_found(server, publisher):
    tried = attempt("Taken down again")
    publisher.publish(tried)
    server.delete(publisher.whoami().did, record_key(tried))
    assert publisher.look(tried) == NotFound()


def test_pictures_are_there_with_their_alt_texts_and_are_found_again(server, publisher):
    tried = replace(attempt("With two pictures"), content=Content("With two pictures", TWO))
    outcome = publisher.publish(tried)
    assert isinstance(outcome, Published)
    later = replace(tried, number=2, started_at=tried.started_at + timedelta(minutes=5))
    assert publisher.publish(later) == THERE
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert seen.remote_id == outcome.remote_id
    embed = server.posts(publisher.whoami().did)[record_key(tried)]["embed"]
    assert [each["alt"] for each in embed["images"]] == [image.alt_text for image in TWO]
    assert [each["image"]["size"] for each in embed["images"]] == [len(image.data) for image in TWO]


@pytest.mark.parametrize("size", [1_000_001, 2_000_000, 2_000_001])
def test_of_pictures_too_the_server_takes_what_the_check_lets_through(server, publisher, size):
    large = Content(f"{size:,} bytes", (image(png(size=size)),))
    api, kind = Api(server.url), {"Content-Type": "image/png"}
    up = Call("POST", "/xrpc/com.atproto.repo.uploadBlob", headers=kind, raw=large.images[0].data)
    shown = {"image": json_api.read(api.ask(up, server.token))["blob"], "alt": ""}
    put = records.put(publisher.whoami().did, replace(attempt(large.text), content=large), [shown])
    assert (api.ask(put, server.token).status == 200) is publisher.check(large).sendable


def test_what_is_taken_down_is_gone_and_gone_already_the_second_time(server, publisher):
    tried = replace(attempt("Taken down by ourselves"), content=Content("Taken down by ourselves", TWO))
    out = publisher.publish(tried)
    removal = Removal(7, "", out.remote_id, out.url, tried.started_at)
    assert publisher.take_down(removal) == TakenDown()
    assert record_key(tried) not in server.posts(publisher.whoami().did)
    assert publisher.take_down(removal) == GoneAlready()


def test_a_wrong_password_is_refused_and_a_spoilt_session_replaced(publisher):
    tried = attempt("With a new session")
    assert isinstance(replace(publisher, password="aaaa-bbbb-cccc-dddd").publish(tried), Refused)
    publisher._session = replace(publisher.whoami(), token="spoilt")
    assert isinstance(publisher.publish(tried), TryLater)
    assert isinstance(publisher.publish(tried), Published)
