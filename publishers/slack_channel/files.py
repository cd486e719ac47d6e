"""Pictures for Slack: a file nobody sees yet, until a message shows it.

Sharing the file into a channel would be a message of its own, which could not carry our metadata.
https://docs.slack.dev/messaging/working-with-files
"""

import json
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from coop.publishing import Attempt, NotSent, Refused
from publishers.pictures import GIF, JPEG, PNG, Limits
from publishers.slack_channel import answers
from publishers.transport import Answer, Wire
from publishers.uploading import Load, NotUploaded, not_taken

# The kinds an image block shows, and the longest alt_txt of a file. Slack takes files up to 1 GB; 20 MiB is
# what still goes up in time.
LIMITS = Limits("Slack", dict.fromkeys((PNG, JPEG, GIF), 20 * 1024 * 1024), alt_text=1_000)
_INSTEAD = "Ask an admin of the workspace, or leave the pictures out and have it approved again."
_NOES = {
    "file_uploads_disabled": ("This workspace lets nobody share files", _INSTEAD),
    "file_upload_size_restricted": ("This workspace takes no file of that size", _INSTEAD),
    "storage_limit_reached": ("The workspace has no room for more files", _INSTEAD),
    "missing_scope": ("The bot may not share files", "Add `files:write` to the app and install it again."),
}
# A method, its form fields, and within how many seconds. Raises NotWritten or AnswerLost.
Ask = Callable[[str, dict[str, str], float], Answer]


def upload(ask: Ask, attempt: Attempt, load: Load, tls: ssl.SSLContext | None) -> str:
    """The id of the file. Raises NotUploaded, NotWritten or AnswerLost."""
    asked = {"filename": load.name, "length": str(len(load.image.data)), "alt_txt": load.image.alt_text}
    place = _read(ask("files.getUploadURLExternal", asked, load.seconds), attempt, load)
    address, file = place.get("upload_url"), place.get("file_id")
    if not isinstance(address, str) or not isinstance(file, str):
        raise NotUploaded(NotSent(f"Slack named no place for {load.which}"))
    _put(address, load, tls)
    title = load.image.alt_text or load.name
    done = {"files": json.dumps([{"id": file, "title": title}])}
    _read(ask("files.completeUploadExternal", done, load.seconds), attempt, load)
    return file


def _put(address: str, load: Load, tls: ssl.SSLContext | None) -> None:
    """The address is its own key: it is given no token."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise NotUploaded(NotSent("Slack named an address that is not on the web"))
    headers = {"Content-Type": "application/octet-stream", "Accept-Encoding": "identity"}
    wire = Wire(urljoin(address, "/"), load.seconds, tls)
    answer = wire.exchange("POST", address, headers, load.image.data)
    if answer.status != 200:
        raise NotUploaded(NotSent(f"Slack answered with {answer.status} to {load.which}; nothing was posted"))


def _read(answer: Answer, attempt: Attempt, load: Load) -> dict[str, Any]:
    """Raises NotUploaded."""
    read = answers.readable(answer)
    if answer.status == 200 and read.get("ok") is True:
        return read
    error = str(read.get("error") or "")
    if error in _NOES:
        raise NotUploaded(Refused(*_NOES[error]))
    outcome = answers.outcome(answer, attempt.started_at)
    raise not_taken("Slack", load, answer, error, outcome)
