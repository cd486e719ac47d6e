"""Mastodon, by three plain calls of its REST API: https://docs.joinmastodon.org/methods/statuses/

A post carries an Idempotency-Key made of the delivery and its words, so within an hour the server answers a
second sending with the first status. Later, and while the first may still be running (some servers note the
key only once the status is written), the account's own statuses tell: we look before anything is repeated.
"""

import hashlib
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from coop import words
from coop.publishing import (
    Attempt,
    CannotTakeDown,
    Checked,
    Content,
    CouldNotLook,
    Found,
    Guarantee,
    NotFound,
    NotSent,
    Outcome,
    Removal,
    Removed,
    Sighting,
    Unknown,
)
from publishers import json_api, pictures, uploading
from publishers.json_api import Api, Call
from publishers.link_ends import bare_names
from publishers.mastodon import answers, removals
from publishers.mastodon import limits as mastodon_limits
from publishers.mastodon import media as mastodon_media
from publishers.mastodon import text as mastodon_text
from publishers.mastodon.limits import Taken
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten
from publishers.uploading import NotUploaded

# The server's clock and ours differ by seconds.
LOOK_BACK = timedelta(seconds=90)
_PAGE = 40  # the most a server gives at once


@dataclass(frozen=True)
class Account:
    """`handle` is as on its own server, without the server's name."""

    id: str
    handle: str


@dataclass
class Mastodon:
    url: str
    token: str = field(repr=False)
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    network: str = "mastodon"
    guarantee: Guarantee = Guarantee.SAFE_TO_REPEAT
    _account: Account | None = field(default=None, init=False)
    _takes: Taken = field(default=Taken(), init=False)

    def publish(self, attempt: Attempt) -> Outcome:
        try:
            media = uploading.uploaded(
                attempt,
                self._takes.pictures,
                self.seconds,
                partial(mastodon_media.upload, self._send, attempt),
            )
            answer = self._send(_status(attempt, media))
        except NotUploaded as failed:
            return failed.outcome
        except NotWritten as failed:
            return NotSent(f"Mastodon could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The post left for Mastodon, but {failed}")
        return answers.outcome(answer, attempt.started_at)

    def look(self, attempt: Attempt) -> Sighting:
        """The first status with these words since 90 seconds before the attempt."""
        account = self._account or self.whoami()
        if isinstance(account, CouldNotLook):
            return account
        self._account = account
        query = {"limit": str(_PAGE), "exclude_reblogs": "true"}
        seen = self._ask(Call("GET", f"/api/v1/accounts/{account.id}/statuses", query=query))
        if isinstance(seen, CouldNotLook):
            return seen
        try:
            return _sighting(seen, attempt)
        except (KeyError, TypeError, ValueError):
            return CouldNotLook("Mastodon's answer could not be read")

    def take_down(self, removal: Removal) -> Removed:
        if removal.remote_id is None:
            return CannotTakeDown("Nobody told me which post it is", self.url)
        try:
            answer = self._send(Call("DELETE", f"/api/v1/statuses/{quote(removal.remote_id, safe='')}"))
        except NotWritten as failed:
            return NotSent(f"Mastodon could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The wish to delete it left for Mastodon, but {failed}")
        return removals.outcome(answer, removal)

    def check(self, content: Content) -> Checked:
        return _checked(content, self._takes)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- Mastodon takes no money for a post
        return 0

    def price_to_take_down(self) -> int:
        return 0

    def whoami(self) -> Account | CouldNotLook:
        """Whose token this is."""
        told = self._ask(Call("GET", "/api/v1/accounts/verify_credentials"))
        if isinstance(told, CouldNotLook):
            return told
        if not isinstance(told, dict) or not {"id", "acct"} <= told.keys():
            return CouldNotLook("Mastodon's answer could not be read")
        return Account(str(told["id"]), str(told["acct"]))

    def learn(self) -> str:
        limits = self.limits()
        if isinstance(limits, CouldNotLook):
            return limits.reason
        self._takes = limits
        return ""

    def limits(self) -> Taken | CouldNotLook:
        """What this server says that it takes."""
        told = self._ask(Call("GET", "/api/v2/instance"))
        if isinstance(told, CouldNotLook):
            return told
        try:
            return mastodon_limits.read(told)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            return CouldNotLook("Mastodon's answer could not be read")

    def _send(self, call: Call, seconds: float | None = None) -> Answer:
        """Raises NotWritten or AnswerLost."""
        return Api(self.url, self.seconds if seconds is None else seconds, self.tls).ask(call, self.token)

    def _ask(self, call: Call) -> Any:
        """The JSON of a 200; CouldNotLook for all else."""
        try:
            answer = self._send(call)
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Mastodon could not be asked: {failed}")
        if answer.status != 200:
            return CouldNotLook(json_api.no_use("Mastodon", answer, answers.said(answer)))
        told = json_api.read(answer)
        return CouldNotLook("Mastodon's answer could not be read") if told is None else told


def _status(attempt: Attempt, media: list[str]) -> Call:
    body: dict[str, Any] = {"status": attempt.content.text, "visibility": "public"}
    if attempt.content.note:
        body["spoiler_text"] = attempt.content.note
    if media:
        body["media_ids"] = media
    return Call("POST", "/api/v1/statuses", body=body, headers={"Idempotency-Key": _key(attempt)})


def _key(attempt: Attempt) -> str:
    said = attempt.content.text
    if attempt.content.note:
        said += f"\n{attempt.content.note}"
    for image in attempt.content.images:
        said += f"\n{image.sha256} {image.alt_text}"
    return f"countmein-{attempt.delivery_id}-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _sighting(statuses: Any, attempt: Attempt) -> Sighting:
    """`statuses` come newest first. Raises KeyError, TypeError or ValueError for odd ones."""
    if not isinstance(statuses, list):
        raise TypeError
    edge = attempt.started_at - LOOK_BACK
    recent = [status for status in statuses if _made(status) >= edge]
    for status in reversed(recent):
        if mastodon_text.same_words(attempt.content.text, status["content"]):
            return Found(str(status["id"]), answers.address(status), _made(status))
    if len(recent) >= _PAGE:
        return CouldNotLook(f"The account has more than {_PAGE} posts since then")
    return NotFound()


def _made(status: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(status["created_at"]).astimezone(UTC)


def _checked(content: Content, takes: Taken) -> Checked:
    text = content.text
    measured = mastodon_text.measure(text, content.note or "", limit=takes.characters, link=takes.link)
    warnings = []
    if mentions := list(dict.fromkeys(mastodon_text.mentions(text))):
        warnings.append(
            f"Mastodon notifies {words.listed(mentions)}; a name without a server is somebody on our own."
        )
    if text != text.strip():
        warnings.append("Mastodon takes away the space before and after the text.")
    refusals = []
    if not text.strip():
        refusals.append("There are no words in it: Mastodon takes no empty post.")
    refusals += pictures.refusals(content.images, takes.pictures)
    return Checked(
        measured.length,
        takes.characters,
        measured.fits_until,
        tuple(warnings),
        tuple(refusals),
        links=tuple(dict.fromkeys(mastodon_text.links(text))),
        no_links=bare_names(text),
        takes_note=True,
    )
