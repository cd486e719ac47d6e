"""Bluesky, by three plain calls of its protocol: https://docs.bsky.app/docs/api/com-atproto-repo-put-record

The key of the record is made of the delivery and its words before anything leaves, and it is put with
`swapRecord: null`, "only if nothing is there": a second attempt is refused by the server, never doubled. A
client library that leaves out empty fields would turn that into an overwriting.

A key that was deleted is free again, and no call tells it from one that was never used. Only a refusal
("InvalidSwap") proves that a post was there; if it is gone when we look, a person decides. Where the first
answer is lost and somebody deletes the post before the first look, it is put once more: nobody can know.
"""

import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

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
    TryLater,
    Unknown,
)
from publishers import json_api, pictures, uploading
from publishers.bluesky import answers, media, records, removals
from publishers.bluesky import text as bluesky_text
from publishers.bluesky.records import COLLECTION, record_key
from publishers.json_api import Api, Call
from publishers.link_ends import bare_names
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten
from publishers.uploading import NotUploaded

PUBLIC = "https://bsky.social"
# A session lasts two hours; signing in is limited to thirty times in five minutes.
_SESSION_SECONDS = 90 * 60


@dataclass(frozen=True)
class Session:
    """Who we are there, until `ends` by this machine's monotonic clock."""

    did: str
    handle: str
    token: str = field(repr=False)
    ends: float

    def page(self, key: str) -> str:
        # Where a handle does not resolve, Bluesky calls everybody handle.invalid.
        who = self.did if self.handle == "handle.invalid" else self.handle
        return f"https://bsky.app/profile/{who}/post/{key}"


class NotSignedIn(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass
class Bluesky:
    handle: str
    password: str = field(repr=False)
    url: str = PUBLIC
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    network: str = "bluesky"
    guarantee: Guarantee = Guarantee.SAFE_TO_REPEAT
    _session: Session | None = field(default=None, init=False, repr=False)

    def publish(self, attempt: Attempt) -> Outcome:
        known = self._session
        try:
            session = self._signed_in()
        except (NotWritten, AnswerLost) as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except NotSignedIn as refused:
            return answers.not_signed_in(refused.answer, attempt.started_at)
        return self._put(session, attempt, is_new=session is not known)

    def take_down(self, removal: Removal) -> Removed:
        known = self._session
        try:
            session = self._signed_in()
        except (NotWritten, AnswerLost) as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except NotSignedIn as refused:
            return removals.not_signed_in(refused.answer, removal)
        return self._delete(session, removal, is_new=session is not known)

    def look(self, attempt: Attempt) -> Sighting:
        """The record under the key this attempt was given, whenever it was written."""
        known = self._session
        try:
            session = self._signed_in()
            call = records.get(session.did, attempt)
            answer = self._insist(call, session, is_new=session is not known)
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Bluesky could not be asked: {failed}")
        except NotSignedIn as refused:
            return CouldNotLook(_no_use(refused.answer))
        if answers.is_absent(answer):
            return NotFound()
        if answer.status != 200:
            return CouldNotLook(_no_use(answer))
        return _sighting(answer, session, attempt)

    def check(self, content: Content) -> Checked:
        return _checked(content)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- Bluesky takes no money for a post
        return 0

    def price_to_take_down(self) -> int:
        return 0

    def whoami(self) -> Session | CouldNotLook:
        """Whose app password this is."""
        try:
            return self._signed_in()
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Bluesky could not be asked: {failed}")
        except NotSignedIn as refused:
            return CouldNotLook(_no_use(refused.answer))

    def _send(self, call: Call, session: Session | None = None, seconds: float | None = None) -> Answer:
        """Raises NotWritten or AnswerLost."""
        api = Api(self.url, self.seconds if seconds is None else seconds, self.tls)
        return api.ask(call, session.token if session else "")

    def _put(self, session: Session, attempt: Attempt, *, is_new: bool) -> Outcome:
        def send_picture(call: Call, seconds: float) -> Answer:
            answer = self._send(call, session, seconds)
            if self._is_stale(answer) and not is_new:
                raise NotUploaded(TryLater(attempt.started_at, "Bluesky wants us to sign in again"))
            return answer

        one = partial(media.upload, send_picture, attempt)
        try:
            images = uploading.uploaded(attempt, media.LIMITS, self.seconds, one)
            answer = self._send(records.put(session.did, attempt, images), session)
        except NotUploaded as failed:
            return failed.outcome
        except NotWritten as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The post left for Bluesky, but {failed}")
        if self._is_stale(answer) and not is_new:
            return TryLater(attempt.started_at, "Bluesky wants us to sign in again")
        return answers.outcome(answer, attempt.started_at, session.page(record_key(attempt)))

    def _delete(self, session: Session, removal: Removal, *, is_new: bool) -> Removed:
        if (key := records.key_of(removal.remote_id, session.did)) is None:
            profile = f"https://bsky.app/profile/{session.did}"
            return CannotTakeDown("Nobody told me which post it is", removal.url or profile)
        try:
            answer = self._insist(records.delete(session.did, key), session, is_new=is_new)
        except NotWritten as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The wish to delete it left for Bluesky, but {failed}")
        except NotSignedIn as refused:
            return removals.not_signed_in(refused.answer, removal)
        return removals.outcome(answer, removal)

    def _insist(self, call: Call, session: Session, *, is_new: bool) -> Answer:
        """As `_send`; where an older session has run out, at once once more with a new one.

        Only for what may be repeated: reading, and deleting. Raises NotWritten, AnswerLost or NotSignedIn.
        """
        answer = self._send(call, session)
        if self._is_stale(answer) and not is_new:
            return self._send(call, self._signed_in())
        return answer

    def _signed_in(self) -> Session:
        """Raises NotWritten, AnswerLost or NotSignedIn."""
        if self._session is None or self._session.ends <= time.monotonic():
            self._session = self._sign_in()
        return self._session

    def _sign_in(self) -> Session:
        given = {"identifier": self.handle, "password": self.password}
        answer = self._send(Call("POST", "/xrpc/com.atproto.server.createSession", body=given))
        told = json_api.read_object(answer)
        did, handle, token = (told.get(name) for name in ("did", "handle", "accessJwt"))
        if answer.status == 200 and isinstance(did, str) and isinstance(token, str):
            return Session(did, str(handle or self.handle), token, time.monotonic() + _SESSION_SECONDS)
        raise NotSignedIn(answer)

    def _is_stale(self, answer: Answer) -> bool:
        """Whether the session had run out. Then, and after any other 401, the next call signs in anew."""
        stale = answers.wants_a_new_session(answer)
        if stale or answer.status == 401:
            self._session = None
        return stale


def _sighting(answer: Answer, session: Session, attempt: Attempt) -> Sighting:
    told = json_api.read_object(answer)
    try:
        text, made = told["value"]["text"], datetime.fromisoformat(told["value"]["createdAt"])
    except (KeyError, TypeError, ValueError):
        return CouldNotLook("Bluesky's answer could not be read")
    if text != attempt.content.text:
        return CouldNotLook("Bluesky has other words in its place")
    key = record_key(attempt)
    return Found(f"at://{session.did}/{COLLECTION}/{key}", session.page(key), made.astimezone(UTC))


def _no_use(answer: Answer) -> str:
    return json_api.no_use("Bluesky", answer, answers.said(answer))


def _checked(content: Content) -> Checked:
    text = content.text
    measured, size = bluesky_text.measure(text), len(text.encode())
    warnings: tuple[str, ...] = ()
    if mentions := list(dict.fromkeys(bluesky_text.mentions(text))):
        warnings = (f"Bluesky does not notify {words.listed(mentions)}: names go out as plain words.",)
    warnings += tuple(media.warnings(content.images))
    refusals = []
    if not text.strip():
        refusals.append("There are no words in it: an empty post says nothing.")
    if size > bluesky_text.MOST_BYTES:
        refusals.append(
            f"It takes {size:,} bytes, and Bluesky allows {bluesky_text.MOST_BYTES:,}: "
            "use fewer emoji, or shorten it."
        )
    refusals += pictures.refusals(content.images, media.LIMITS)
    return Checked(
        measured.length,
        bluesky_text.LIMIT,
        measured.fits_until,
        warnings,
        tuple(refusals),
        links=tuple(dict.fromkeys(bluesky_text.links(text))),
        no_links=bare_names(text),
    )
