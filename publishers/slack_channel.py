"""A channel of our own Slack: the delivery's id travels in the metadata and is found again by it."""

import json
import re
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

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
    Published,
    Refused,
    Sighting,
    TryLater,
    Unknown,
)
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten, Wire

EVENT = "countmein_delivery"
LIMIT = 4_000
_LOOK_BACK = timedelta(seconds=90)
_PAGE = 200
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?'\")\]\u2019\u201d]")
_INVITE = "Invite the bot to the channel, then set a new time."
_KEYS = "Install the app again and give the bot its new token."
# Errors after which certainly nothing was posted. All others may hide a post.
_NOES = {
    "channel_not_found": ("The channel is gone, or the bot cannot see it", _INVITE),
    "not_in_channel": ("The bot is not in the channel", _INVITE),
    "is_archived": ("The channel is archived", "Choose another channel, or bring this one back."),
    "restricted_action": (
        "This workspace lets only some people post there",
        "Ask an admin, or post it by hand.",
    ),
    "restricted_action_read_only_channel": ("Nobody may post in that channel", "Choose another channel."),
    "msg_too_long": ("It is too long for Slack", "Shorten it, then have it approved again."),
    "no_text": ("There are no words in it", "Write some, then have it approved again."),
    "invalid_blocks": (
        "Slack could not read the message",
        "Post it by hand, and tell whoever looks after the bot.",
    ),
    "missing_scope": ("The bot may not post", "Add `chat:write` to the app and install it again."),
    "not_authed": ("Slack does not accept the bot's token", _KEYS),
    "invalid_auth": ("Slack does not accept the bot's token", _KEYS),
    "token_revoked": ("The bot's token was taken back", _KEYS),
    "token_expired": ("The bot's token has run out", _KEYS),
    "account_inactive": ("The bot has been removed from the workspace", _KEYS),
}
# Those that no channel is spared; the others are a matter of one channel or one message.
_OF_THE_BOT = {
    "missing_scope",
    "not_authed",
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "account_inactive",
}


@dataclass
class SlackChannel:
    """`attempt.target` is the id of a channel the bot is in."""

    token: str = field(repr=False)
    api_url: str = "https://slack.com/api/"
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    network: str = "slack"
    guarantee: Guarantee = Guarantee.LOOK_THEN_ASK

    def publish(self, attempt: Attempt) -> Outcome:
        if attempt.content.images:
            return Refused(
                "Pictures do not go out to Slack yet", "Leave the picture out, or post it by hand."
            )
        try:
            answer = self._ask("POST", "chat.postMessage", body=json.dumps(_message(attempt)).encode())
        except NotWritten as failed:
            return NotSent(f"Slack could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The message left for Slack, but {failed}")
        outcome = _outcome(answer, attempt.started_at)
        if isinstance(outcome, Published):
            return Published(outcome.remote_id, self._permalink(attempt.target, outcome.remote_id))
        return outcome

    def look(self, attempt: Attempt) -> Sighting:
        since = (attempt.started_at - _LOOK_BACK).timestamp()
        query = {
            "channel": attempt.target,
            "oldest": f"{since:.6f}",
            "limit": _PAGE,
            "include_all_metadata": "true",
        }
        try:
            answer = self._ask("GET", "conversations.history", query=query)
        except (NotWritten, AnswerLost) as failed:
            return CouldNotLook(f"Slack could not be asked: {failed}")
        read = _readable(answer)
        messages = read.get("messages")
        if not read.get("ok") or not isinstance(messages, list):
            return CouldNotLook(f"Slack answered with {read.get('error') or answer.status}")
        for message in messages:
            if _delivery_of(message) == attempt.delivery_id:
                sent_at = datetime.fromtimestamp(float(message["ts"]), UTC)
                return Found(message["ts"], self._permalink(attempt.target, message["ts"]), sent_at)
        if read.get("has_more"):
            return CouldNotLook(f"The channel has more than {_PAGE} messages since then")
        return NotFound()

    def check(self, content: Content) -> Checked:
        empty = () if content.text.strip() else ("There are no words in it: Slack takes no empty message.",)
        pictures = ("Pictures do not go out to Slack yet: leave the picture out.",) if content.images else ()
        return Checked(len(content.text), LIMIT, min(len(content.text), LIMIT), refusals=empty + pictures)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- Slack takes no money for a message
        return 0

    def _permalink(self, channel: str, ts: str) -> str | None:
        """A link is nice to have: without one the message is out all the same."""
        try:
            answer = self._ask("GET", "chat.getPermalink", query={"channel": channel, "message_ts": ts})
        except (NotWritten, AnswerLost):
            return None
        link = _readable(answer).get("permalink")
        return link if isinstance(link, str) else None

    def _ask(
        self, verb: str, method: str, *, body: bytes | None = None, query: dict[str, Any] | None = None
    ) -> Answer:
        """Raises NotWritten or AnswerLost."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        url = f"{self.api_url.rstrip('/')}/{method}" + (f"?{urlencode(query)}" if query else "")
        return Wire(urljoin(self.api_url, "/"), self.seconds, self.tls).exchange(verb, url, headers, body)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _message(attempt: Attempt) -> dict[str, Any]:
    """Rich text is shown letter by letter: no `*`, `@channel` or `:name:` in it comes to life."""
    return {
        "channel": attempt.target,
        "text": escaped(attempt.content.text),
        "blocks": [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": _elements(attempt.content.text)}],
            }
        ],
        "metadata": {
            "event_type": EVENT,
            "event_payload": {"delivery": attempt.delivery_id, "attempt": attempt.number},
        },
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _elements(text: str) -> list[dict[str, str]]:
    elements: list[dict[str, str]] = []
    at = 0
    for link in _LINK.finditer(text):
        if link.start() > at:
            elements.append({"type": "text", "text": text[at : link.start()]})
        elements.append({"type": "link", "url": link.group()})
        at = link.end()
    if at < len(text):
        elements.append({"type": "text", "text": text[at:]})
    return elements


def _outcome(answer: Answer, asked_at: datetime) -> Outcome:
    if answer.status == 429:
        wait = answer.headers.get("retry-after", "")
        return TryLater(
            asked_at + timedelta(seconds=int(wait) if wait.isdecimal() else 60), "Slack asks us to wait"
        )
    read = _readable(answer)
    ts, error = read.get("ts"), read.get("error")
    if answer.status == 200 and read.get("ok") is True and isinstance(ts, str):
        return Published(ts)
    if answer.status == 200 and isinstance(error, str) and error in _NOES:
        return Refused(*_NOES[error], account=error in _OF_THE_BOT)
    said = error if answer.status == 200 and error else answer.status
    return Unknown(f"Slack answered with {said}, which does not say whether it is out")


def _delivery_of(message: Any) -> int | None:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT:
        return None
    payload = metadata.get("event_payload")
    delivery = payload.get("delivery") if isinstance(payload, dict) else None
    return delivery if isinstance(delivery, int) else None


def _readable(answer: Answer) -> dict[str, Any]:
    try:
        read = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
