"""Pictures for Mastodon: each is sent with its description, and read by the server before a status shows it.

https://docs.joinmastodon.org/methods/media/: 200 when that is done, 202 when it is still at work.
"""

import time
from collections.abc import Callable
from typing import Any

from coop.publishing import Attempt, NotSent, Refused
from publishers import json_api
from publishers.json_api import Call
from publishers.mastodon import answers
from publishers.pictures import GIF, JPEG, PNG, WEBP, Limits
from publishers.transport import Answer
from publishers.uploading import Load, NotUploaded, not_taken

_MIB = 1024 * 1024
# What a server takes that was not told otherwise: app/models/media_attachment.rb
MOST_BYTES, MOST_PIXELS = 16 * _MIB, 7680 * 4320
LIMITS = Limits(
    "Mastodon", dict.fromkeys((PNG, JPEG, GIF, WEBP), MOST_BYTES), alt_text=1_500, pixels=MOST_PIXELS
)
_PAUSES = (0.2, 0.5, 1.0, 2.0)
# Within so many seconds. Raises NotWritten or AnswerLost.
Ask = Callable[[Call, float], Answer]


def upload(ask: Ask, attempt: Attempt, load: Load) -> str:
    """The id of a picture the server has read. Raises NotUploaded, NotWritten or AnswerLost."""
    file = (load.name, load.image.data, load.shape.content_type)
    described = {"description": load.image.alt_text} if load.image.alt_text else {}
    answer = ask(json_api.form("/api/v2/media", described, file), load.seconds)
    media_id = _read(answer, attempt, load).get("id")
    if not isinstance(media_id, str) or not media_id.isalnum():
        raise NotUploaded(NotSent(f"Mastodon took {load.which}, but its answer does not name it"))
    tries = 0
    while answer.status in {202, 206}:
        _wait(_PAUSES[min(tries, len(_PAUSES) - 1)], load)
        tries += 1
        answer = ask(Call("GET", f"/api/v1/media/{media_id}"), load.seconds)
        _read(answer, attempt, load)
    return media_id


def _wait(seconds: float, load: Load) -> None:
    """Raises NotUploaded once there is no time left."""
    if seconds >= load.seconds:
        raise NotUploaded(NotSent(f"Mastodon had not read {load.which} in time; nothing was posted"))
    time.sleep(seconds)


def _read(answer: Answer, attempt: Attempt, load: Load) -> dict[str, Any]:
    """Raises NotUploaded."""
    if answer.status in {200, 202, 206}:
        return json_api.read_object(answer)
    said = answers.said(answer)
    if answer.status == 403 and "scope" in said.lower():
        raise NotUploaded(Refused(f"Our Mastodon token may not send pictures: “{said}”", answers.MORE_RIGHTS))
    raise not_taken("Mastodon", load, answer, said, answers.outcome(answer, attempt.started_at))
