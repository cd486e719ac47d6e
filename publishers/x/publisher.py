"""X, through tweepy: the network's own account, keys of OAuth 1.0a."""

import contextlib
import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import requests
import structlog

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
from publishers import uploading
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten, OneWay, Wire
from publishers.uploading import Load, NotUploaded
from publishers.x import answers, calls, removals
from publishers.x import check as x_check
from publishers.x import media as x_media
from publishers.x.text import links, same_words

PUBLIC = "https://api.twitter.com"
# Clocks differ by seconds; a post made up to this long before the attempt may still be its post.
LOOK_BACK = timedelta(seconds=90)
# X refuses words it has seen for about a day; nobody outside knows exactly how long.
SAME_WORDS_BACK = timedelta(hours=48)

log = structlog.get_logger()


@dataclass(frozen=True)
class Keys:
    """Of the app (api) and of the account that posts (access)."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)


@dataclass(frozen=True)
class Prices:
    """In tenths of a US cent."""

    post: int = 15
    post_with_link: int = 200
    alt_text: int = 5
    delete: int = 10


@dataclass(frozen=True)
class Account:
    """`may_write` is None when X does not say."""

    id: str
    handle: str
    may_write: bool | None


@dataclass
class X:
    keys: Keys
    handle: str
    prices: Prices = Prices()
    api_url: str = PUBLIC
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    network: str = "x"
    guarantee: Guarantee = Guarantee.LOOK_THEN_ASK

    def publish(self, attempt: Attempt) -> Outcome:
        try:
            media = uploading.uploaded(attempt, x_media.LIMITS, self.seconds, partial(self._upload, attempt))
            answer = self._ask(lambda client: calls.post(client, attempt, media))
        except NotUploaded as failed:
            return failed.outcome
        except NotWritten as failed:
            return NotSent(f"X could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The post left for X, but {failed}")
        return answers.outcome(answer, attempt, self.handle)

    def look(self, attempt: Attempt) -> Sighting:
        """The first post with these words since 90 seconds before the attempt; else the newest older one.

        An older one is what a duplicate refusal was about: somebody else's post, or an earlier attempt's.
        """
        edge = attempt.started_at - LOOK_BACK
        seen = self._posts_like(attempt, edge, None)
        if seen == []:
            older = self._posts_like(attempt, attempt.started_at - SAME_WORDS_BACK, edge)
            seen = older if isinstance(older, CouldNotLook) else older[-1:]
        if isinstance(seen, CouldNotLook):
            return seen
        if len(seen) > 1:
            log.warning(
                "same_words_twice_on_x", delivery=attempt.delivery_id, posts=[f.remote_id for f in seen]
            )
        return seen[0] if seen else NotFound()

    def take_down(self, removal: Removal) -> Removed:
        post_id = removal.remote_id
        if post_id is None:
            return CannotTakeDown("Nobody told me which post it is", f"https://x.com/{self.handle}")
        try:
            answer = self._ask(lambda client: client.delete_tweet(post_id, user_auth=True))
            if told := removals.outcome(answer, removal):
                return told
            return removals.after_asking(
                self._ask(lambda client: client.get_tweet(post_id, user_auth=True)), removal
            )
        except NotWritten as failed:
            return NotSent(f"X could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The wish to delete it left for X, but {failed}")

    def check(self, content: Content) -> Checked:
        return x_check.checked(content, self.prices.post_with_link)

    def price(self, content: Content) -> int:
        post = self.prices.post_with_link if links(content.text) else self.prices.post
        return post + self.prices.alt_text * sum(bool(image.alt_text) for image in content.images)

    def price_to_take_down(self) -> int:
        return self.prices.delete

    def whoami(self) -> Account | CouldNotLook:
        """Whose keys these are: compare `handle` with X_HANDLE before anything is posted."""
        try:
            answer = self._ask(lambda client: client.get_me(user_auth=True))
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"X could not be asked: {failed}")
        user = answers.readable(answer.body).get("data")
        if answer.status != 200 or not isinstance(user, dict) or not {"id", "username"} <= user.keys():
            return CouldNotLook(_no_use(answer), answers.account_refusal(answer))
        level = answer.headers.get("x-access-level")
        return Account(
            str(user["id"]), str(user["username"]), level.startswith("read-write") if level else None
        )

    def _posts_like(
        self, attempt: Attempt, since: datetime, until: datetime | None
    ) -> list[Found] | CouldNotLook:
        """Oldest first. Without `until`, a page too short to tell is CouldNotLook."""
        account_id = self._account_id()
        if isinstance(account_id, CouldNotLook):
            return account_id
        try:
            answer = self._ask(lambda client: calls.timeline(client, account_id, since, until))
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"X could not be asked: {failed}")
        read = answers.readable(answer.body)
        if answer.status != 200 or "meta" not in read:
            return CouldNotLook(_no_use(answer))
        with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
            posts = [post for post in read.get("data", []) if same_words(attempt.content.text, post)]
            found = [self._found(post) for post in reversed(posts)]
            if found or until or "next_token" not in read["meta"]:
                return found
            return CouldNotLook(f"The account has more than {calls.PAGE} posts since then")
        return CouldNotLook("X's answer could not be read")

    def _found(self, post: dict[str, Any]) -> Found:
        post_id = str(post["id"])
        return Found(
            post_id, answers.address(self.handle, post_id), datetime.fromisoformat(post["created_at"])
        )

    def _account_id(self) -> str | CouldNotLook:
        # Access tokens begin with their account's id, which saves a paid look-up.
        if known := re.match(r"(\d+)-", self.keys.access_token):
            return known[1]
        account = self.whoami()
        return account if isinstance(account, CouldNotLook) else account.id

    def _upload(self, attempt: Attempt, load: Load) -> str:
        return x_media.upload(self._ask, attempt, load, PUBLIC)

    def _ask(self, call: Callable[[Any], object], seconds: float | None = None) -> Answer:
        """One request over a wire of its own. Raises NotWritten or AnswerLost, and nothing else."""
        wire = Wire(self.api_url, self.seconds if seconds is None else seconds, self.tls)
        try:
            with contextlib.closing(OneWay(wire)) as session:
                call(self._client(session))
        except (NotWritten, AnswerLost):
            raise
        except Exception as failed:
            # tweepy raises for every refusal, and trips over odd bodies: what counts is what came back.
            if wire.answer is None:
                raise NotWritten(f"the request could not be made ({type(failed).__name__})") from failed
        if wire.answer is None:
            raise NotWritten("the request was not made")
        return wire.answer

    def _client(self, session: OneWay) -> Any:
        # 90 ms that only sending needs, and no types come with it.
        import tweepy  # type: ignore[import-untyped]  # noqa: PLC0415

        quiet()
        client = tweepy.Client(
            consumer_key=self.keys.api_key,
            consumer_secret=self.keys.api_secret,
            access_token=self.keys.access_token,
            access_token_secret=self.keys.access_token_secret,
            return_type=requests.Response,
        )
        client.session = session
        return client


def quiet() -> None:
    """These print tokens, signatures and whole bodies at DEBUG."""
    for name in ("tweepy", "oauthlib", "requests_oauthlib"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _no_use(answer: Answer) -> str:
    said = answers.details(answer.body)
    return f"X answered with {answer.status}{f': “{said}”' if said else ''}"
