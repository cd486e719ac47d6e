"""Each network's practice server behind one face, so that one test can ask the same of every publisher."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coop.publishing import Attempt
from publishers.bluesky.publisher import Bluesky
from publishers.mastodon.publisher import Mastodon
from publishers.slack_channel.publisher import SlackChannel
from publishers.x.publisher import Keys, X
from sandbox.social import bluesky
from tests.publishers.conftest import attempt
from tests.sandbox.driving import ASHA, GENERAL, Practice
from tests.sandbox.social.running import One
from tests.sandbox.x.running import PracticeX

SECONDS = 0.5
NOWHERE = "http://127.0.0.1:1"


class OnTimeline:
    """A network whose practice server shows a timeline, and has a fault for each of its calls."""

    practice: PracticeX | One
    look_call: str

    def tried(self, text: str) -> Attempt:
        return attempt(text)

    def fault(self, kind: str, when: str, on: str = "") -> None:
        self.practice.fault(kind, when, **({"on": on} if on else {}))

    def blind(self, kind: str) -> None:
        self.practice.fault(kind, "before", on=self.look_call)

    def texts(self) -> list[str]:
        return self.practice.texts()

    def pictures(self) -> list[tuple[str, int]]:
        """Alt text and size of each that is shown, in order."""
        shown = [media for post in self.practice.control("timeline") for media in post["media"]]
        return [(media["alt_text"], media["size"]) for media in shown]

    def requests(self) -> int:
        return len(self.practice.received())


@dataclass
class OnX(OnTimeline):
    practice: PracticeX
    keys: Keys
    name = "X"
    look_call = "GET /2/users/{id}/tweets"
    upload_call = "POST /2/media/upload"
    alt_call = "POST /2/media/metadata"
    delete_call = "DELETE /2/tweets/{id}"

    @property
    def publisher(self) -> X:
        # Without the front, which passes a reset on as an end.
        return X(self.keys, "FenmarchDigital", api_url=self.practice.url, seconds=SECONDS)

    @property
    def unreachable(self) -> X:
        return replace(self.publisher, api_url=NOWHERE)

    @property
    def secrets(self) -> list[str]:
        return [self.keys.api_key, self.keys.api_secret, self.keys.access_token_secret]


@dataclass
class OnSlack:
    practice: Practice
    name = "Slack"
    upload_call = "files.completeUploadExternal"
    delete_call = "chat.delete"

    @property
    def publisher(self) -> SlackChannel:
        return SlackChannel(self.practice.app["bot_token"], self.practice.app["api_url"], seconds=SECONDS)

    @property
    def unreachable(self) -> SlackChannel:
        return replace(self.publisher, api_url=f"{NOWHERE}/api/")

    @property
    def secrets(self) -> list[str]:
        return [self.practice.app["bot_token"]]

    def tried(self, text: str) -> Attempt:
        return attempt(text, target=GENERAL)

    def fault(self, kind: str, when: str, on: str = "chat.postMessage") -> None:
        names = {
            "unavailable": "status",
            "reset before": "reset_before",
            "drip after": "drip",
            "cut after": "cut",
        }
        name = names.get(f"{kind} {when}") or names.get(kind, kind) + ("_after" if when == "after" else "")
        self.practice.post("faults", method=on, kind=name, seconds=0.05)

    def blind(self, kind: str) -> None:
        names = {"unavailable": "status", "unauthorized": "error"}
        self.practice.post(
            "faults", method="conversations.history", kind=names.get(kind, kind), error="invalid_auth"
        )

    def texts(self) -> list[str]:
        return [
            "".join(
                part.get("text") or part["url"] for part in message["blocks"][0]["elements"][0]["elements"]
            )
            for message in self.practice.messages(ASHA, GENERAL)
            if message.get("bot_id")
        ]

    def pictures(self) -> list[tuple[str, int]]:
        return [
            (
                block["alt_text"],
                next(f["size"] for f in message["files"] if f["id"] == block["slack_file"]["id"]),
            )
            for message in self.practice.messages(ASHA, GENERAL)
            for block in message.get("blocks", [])
            if block["type"] == "image"
        ]

    def requests(self) -> int:
        return len(self.practice.calls("chat.postMessage"))


@dataclass
class OnMastodon(OnTimeline):
    practice: One
    token: str
    name = "Mastodon"
    look_call = "GET /api/v1/accounts/{id}/statuses"
    upload_call = "POST /api/v2/media"
    delete_call = "DELETE /api/v1/statuses/{id}"

    @property
    def publisher(self) -> Mastodon:
        return Mastodon(self.practice.direct_url, self.token, seconds=SECONDS)

    @property
    def unreachable(self) -> Mastodon:
        return replace(self.publisher, url=NOWHERE)

    @property
    def secrets(self) -> list[str]:
        return [self.token]


@dataclass
class OnBluesky(OnTimeline):
    practice: One
    name = "Bluesky"
    look_call = "GET /xrpc/com.atproto.repo.getRecord"
    upload_call = "POST /xrpc/com.atproto.repo.uploadBlob"
    delete_call = "POST /xrpc/com.atproto.repo.deleteRecord"

    @property
    def publisher(self) -> Bluesky:
        return Bluesky(bluesky.HANDLE, bluesky.APP_PASSWORD, url=self.practice.direct_url, seconds=SECONDS)

    @property
    def unreachable(self) -> Bluesky:
        return Bluesky(bluesky.HANDLE, bluesky.APP_PASSWORD, url=NOWHERE)

    @property
    def secrets(self) -> list[str]:
        return [bluesky.APP_PASSWORD, "practice."]


Bench = OnX | OnSlack | OnMastodon | OnBluesky
