"""A channel of our own Slack: the delivery's id travels in the metadata and is found again by it."""

import json
import re
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin

from coop.publishing import (
    Attempt,
    CannotTakeDown,
    Checked,
    Content,
    CouldNotLook,
    Found,
    GoneAlready,
    Guarantee,
    NotFound,
    NotSent,
    Outcome,
    Published,
    Removal,
    Removed,
    Sighting,
    TakenDown,
    Unknown,
)
from publishers import pictures, uploading
from publishers.link_ends import bare_names
from publishers.slack_channel import answers
from publishers.slack_channel import files as slack_files
from publishers.transport import TOTAL_SECONDS, Answer, AnswerLost, NotWritten, Wire
from publishers.uploading import Load, NotUploaded

EVENT = "countmein_delivery"
LIMIT = 4_000
WITHOUT_ALT = "A picture without alt text"  # Slack wants something there
_LOOK_BACK = timedelta(seconds=90)
_PAGE = 200
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?'\")\]\u2019\u201d]")


@dataclass
class SlackChannel:
    """`attempt.target` is the id of a channel the bot is in."""

    token: str = field(repr=False)
    api_url: str = "https://slack.com/api/"
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    network: str = "slack"
    guarantee: Guarantee = Guarantee.LOOK_THEN_ASK
    # Files that no message shows yet, by delivery and picture: Slack needs a moment before one may.
    _uploaded: dict[tuple[int, str], str] = field(default_factory=dict, init=False, repr=False)

    def publish(self, attempt: Attempt) -> Outcome:
        try:
            files = uploading.uploaded(
                attempt, slack_files.LIMITS, self.seconds, partial(self._upload, attempt)
            )
            message = json.dumps(_message(attempt, files)).encode()
            answer = self._ask("POST", "chat.postMessage", body=message)
        except NotUploaded as failed:
            return failed.outcome
        except NotWritten as failed:
            return NotSent(f"Slack could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The message left for Slack, but {failed}")
        if unread := answers.file_not_read_yet(answer, attempt.started_at, attempt.number):
            return unread
        outcome = answers.outcome(answer, attempt.started_at)
        if isinstance(outcome, Published):
            self._uploaded = {
                key: file for key, file in self._uploaded.items() if key[0] != attempt.delivery_id
            }
            link = self._permalink(attempt.target, outcome.remote_id)
            return Published(_remote_id(outcome.remote_id, files), link)
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
        read = answers.readable(answer)
        messages = read.get("messages")
        if not read.get("ok") or not isinstance(messages, list):
            return CouldNotLook(f"Slack answered with {read.get('error') or answer.status}")
        for message in messages:
            if _delivery_of(message) == attempt.delivery_id:
                sent_at = datetime.fromtimestamp(float(message["ts"]), UTC)
                remote_id = _remote_id(message["ts"], _files_of(message))
                return Found(remote_id, self._permalink(attempt.target, message["ts"]), sent_at)
        if read.get("has_more"):
            return CouldNotLook(f"The channel has more than {_PAGE} messages since then")
        return NotFound()

    def take_down(self, removal: Removal) -> Removed:
        """The message first; then its pictures, which Slack keeps among the channel's files otherwise."""
        if removal.remote_id is None:
            return CannotTakeDown("Nobody told me which message it is", removal.url)
        ts, *files = removal.remote_id.split(" ")
        try:
            told = answers.removed(
                self._ask("POST", "chat.delete", form={"channel": removal.target, "ts": ts}), removal
            )
            for file in files:
                if not isinstance(told, TakenDown | GoneAlready):
                    return told
                its = answers.removed(self._ask("POST", "files.delete", form={"file": file}), removal)
                told = told if isinstance(its, GoneAlready) else its
        except NotWritten as failed:
            return NotSent(f"Slack could not be reached: {failed}")
        except AnswerLost as failed:
            return Unknown(f"The wish to delete it left for Slack, but {failed}")
        return told

    def check(self, content: Content) -> Checked:
        refusals = [] if content.text.strip() else ["There are no words in it: Slack takes no empty message."]
        refusals += pictures.refusals(content.images, slack_files.LIMITS)
        length = len(content.text)
        links, bare = tuple(dict.fromkeys(_LINK.findall(content.text))), bare_names(content.text)
        return Checked(length, LIMIT, min(length, LIMIT), (), tuple(refusals), links, bare)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- Slack takes no money for a message
        return 0

    def price_to_take_down(self) -> int:
        return 0

    def _upload(self, attempt: Attempt, load: Load) -> str:
        key = (attempt.delivery_id, f"{load.image.sha256} {load.image.alt_text}")
        if key not in self._uploaded:
            self._uploaded[key] = slack_files.upload(self._ask_form, attempt, load, self.tls)
        return self._uploaded[key]

    def _ask_form(self, method: str, form: dict[str, str], seconds: float) -> Answer:
        return self._ask("POST", method, form=form, seconds=seconds)

    def _permalink(self, channel: str, ts: str) -> str | None:
        """A link is nice to have: without one the message is out all the same."""
        try:
            answer = self._ask("GET", "chat.getPermalink", query={"channel": channel, "message_ts": ts})
        except (NotWritten, AnswerLost):
            return None
        link = answers.readable(answer).get("permalink")
        return link if isinstance(link, str) else None

    def _ask(
        self,
        verb: str,
        method: str,
        *,
        body: bytes | None = None,
        form: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """Raises NotWritten or AnswerLost."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
        url = f"{self.api_url.rstrip('/')}/{method}" + (f"?{urlencode(query)}" if query else "")
        wire = Wire(urljoin(self.api_url, "/"), self.seconds if seconds is None else seconds, self.tls)
        return wire.exchange(verb, url, headers, body)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _message(attempt: Attempt, files: list[str]) -> dict[str, Any]:
    """Rich text is shown letter by letter: no `*`, `@channel` or `:name:` in it comes to life."""
    return {
        "channel": attempt.target,
        "text": escaped(attempt.content.text),
        "blocks": [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": _elements(attempt.content.text)}],
            },
            *(
                {"type": "image", "slack_file": {"id": file}, "alt_text": image.alt_text or WITHOUT_ALT}
                for file, image in zip(files, attempt.content.images, strict=True)
            ),
        ],
        "metadata": {
            "event_type": EVENT,
            "event_payload": {
                "delivery": attempt.delivery_id,
                "attempt": attempt.number,
                **({"files": files} if files else {}),
            },
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


def _remote_id(ts: str, files: list[str]) -> str:
    """A message, and the files that would stay behind were it deleted alone."""
    return " ".join([ts, *files])


def _delivery_of(message: Any) -> int | None:
    delivery = _payload(message).get("delivery")
    return delivery if isinstance(delivery, int) else None


def _files_of(message: Any) -> list[str]:
    files = _payload(message).get("files")
    return [str(file) for file in files] if isinstance(files, list) else []


def _payload(message: Any) -> dict[str, Any]:
    """What we wrote into the metadata of a message of ours; nothing for anybody else's."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT:
        return {}
    payload = metadata.get("event_payload")
    return payload if isinstance(payload, dict) else {}
