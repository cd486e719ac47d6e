"""Bluesky, by three plain calls of its protocol: https://docs.bsky.app/docs/api/com-atproto-repo-put-record

The key of the record is made of the delivery and its words before anything leaves, and it is put with
`swapRecord: null`, "only if nothing is there": a second attempt is refused by the server, never doubled. A
client library that leaves out empty fields would turn that into an overwriting.
"""

import hashlib
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from coop import words
from coop.publishing import (
    Attempt,
    Checked,
    Content,
    CouldNotLook,
    Found,
    Guarantee,
    NotFound,
    NotSent,
    Outcome,
    Refused,
    Sighting,
    TryLater,
    Unknown,
)
from publishers import bluesky_answers, bluesky_text, json_api
from publishers.json_api import Api, Call
from publishers.link_ends import bare_names
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten

PUBLIC = "https://bsky.social"
COLLECTION = "app.bsky.feed.post"
# A session lasts two hours; signing in is limited to thirty times in five minutes.
_SESSION_SECONDS = 90 * 60
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_KEYS_FROM = 1_640_995_200_000_000  # 2022, in microseconds: 47 bits later is still in the past


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
        if attempt.content.images:
            return Refused(
                "Pictures do not go out to Bluesky yet", "Leave the picture out, or post it by hand."
            )
        known = self._session
        try:
            session = self._signed_in()
        except (NotWritten, AnswerLost) as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except NotSignedIn as refused:
            return bluesky_answers.not_signed_in(refused.answer, attempt.started_at)
        return self._put(session, attempt, is_new=session is not known)

    def look(self, attempt: Attempt) -> Sighting:
        """The record under the key this attempt was given, whenever it was written."""
        try:
            session = self._signed_in()
            answer = self._api.ask(_get(session, attempt), session.token)
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Bluesky could not be asked: {failed}")
        except NotSignedIn as refused:
            return CouldNotLook(_no_use(refused.answer))
        self._is_stale(answer)
        if bluesky_answers.is_absent(answer):
            return NotFound()
        if answer.status != 200:
            return CouldNotLook(_no_use(answer))
        return _sighting(answer, session, attempt)

    def check(self, content: Content) -> Checked:
        return _checked(content)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- Bluesky takes no money for a post
        return 0

    def whoami(self) -> Session | CouldNotLook:
        """Whose app password this is."""
        try:
            return self._signed_in()
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Bluesky could not be asked: {failed}")
        except NotSignedIn as refused:
            return CouldNotLook(_no_use(refused.answer))

    @property
    def _api(self) -> Api:
        return Api(self.url, self.seconds, self.tls)

    def _put(self, session: Session, attempt: Attempt, *, is_new: bool) -> Outcome:
        try:
            answer = self._api.ask(_put(session, attempt), session.token)
        except NotWritten as failed:
            return NotSent(f"Bluesky could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The post left for Bluesky, but {failed}")
        if self._is_stale(answer) and not is_new:
            return TryLater(attempt.started_at, "Bluesky wants us to sign in again")
        return bluesky_answers.outcome(answer, attempt.started_at, session.page(record_key(attempt)))

    def _signed_in(self) -> Session:
        """Raises NotWritten, AnswerLost or NotSignedIn."""
        if self._session is None or self._session.ends <= time.monotonic():
            self._session = self._sign_in()
        return self._session

    def _sign_in(self) -> Session:
        given = {"identifier": self.handle, "password": self.password}
        answer = self._api.ask(Call("POST", "/xrpc/com.atproto.server.createSession", body=given))
        told = json_api.read_object(answer)
        did, handle, token = (told.get(name) for name in ("did", "handle", "accessJwt"))
        if answer.status == 200 and isinstance(did, str) and isinstance(token, str):
            return Session(did, str(handle or self.handle), token, time.monotonic() + _SESSION_SECONDS)
        raise NotSignedIn(answer)

    def _is_stale(self, answer: Answer) -> bool:
        """Whether the session had run out; if so it is forgotten, and the next call signs in anew."""
        stale = bluesky_answers.wants_a_new_session(answer)
        if stale:
            self._session = None
        return stale


def record_key(attempt: Attempt) -> str:
    """The same for every attempt at one delivery with the same words: a TID, as the collection asks.

    https://atproto.com/specs/tid: 53 bits of microseconds and 10 of a clock's number, in 13 letters. Here
    both come out of a hash, so it tells no time.
    """
    made_of = f"{attempt.delivery_id}\n{attempt.content.text}".encode()
    bits = int.from_bytes(hashlib.sha256(made_of).digest()[:8], "big") >> 7
    number = (_KEYS_FROM + (bits >> 10)) << 10 | (bits & 1023)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def _put(session: Session, attempt: Attempt) -> Call:
    made = attempt.started_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    text = attempt.content.text
    record = {"$type": COLLECTION, "text": text, "createdAt": made, "facets": bluesky_text.facets(text)}
    place = {"repo": session.did, "collection": COLLECTION, "rkey": record_key(attempt)}
    body = {**place, "record": record, "swapRecord": None}
    return Call("POST", "/xrpc/com.atproto.repo.putRecord", body=body)


def _get(session: Session, attempt: Attempt) -> Call:
    place = {"repo": session.did, "collection": COLLECTION, "rkey": record_key(attempt)}
    return Call("GET", "/xrpc/com.atproto.repo.getRecord", query=place)


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
    return json_api.no_use("Bluesky", answer, bluesky_answers.said(answer))


def _checked(content: Content) -> Checked:
    text = content.text
    measured, size = bluesky_text.measure(text), len(text.encode())
    warnings: tuple[str, ...] = ()
    if mentions := list(dict.fromkeys(bluesky_text.mentions(text))):
        warnings = (f"Bluesky does not notify {words.listed(mentions)}: names go out as plain words.",)
    refusals = []
    if not text.strip():
        refusals.append("There are no words in it: an empty post says nothing.")
    if size > bluesky_text.MOST_BYTES:
        refusals.append(
            f"It takes {size:,} bytes, and Bluesky allows {bluesky_text.MOST_BYTES:,}: "
            "use fewer emoji, or shorten it."
        )
    if content.images:
        refusals.append("Pictures do not go out to Bluesky yet: leave the picture out, or post it by hand.")
    return Checked(
        measured.length,
        bluesky_text.LIMIT,
        measured.fits_until,
        warnings,
        tuple(refusals),
        links=tuple(dict.fromkeys(bluesky_text.links(text))),
        no_links=bare_names(text),
    )
