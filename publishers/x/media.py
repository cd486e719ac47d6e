"""Pictures for X: their bytes, X's reading of them, and their alt text, each a request before the post.

POST /2/media/upload takes a picture in one request; what X has taken stays for a day.
https://docs.x.com/x-api/media/quickstart/media-upload-chunked
"""

import time
from collections.abc import Callable
from typing import Any

import requests

from coop.publishing import Attempt, NotSent, Refused
from publishers.pictures import GIF, JPEG, PNG, WEBP, Limits
from publishers.transport import Answer
from publishers.uploading import Load, NotUploaded, not_taken
from publishers.x import answers

_MIB = 1024 * 1024
LIMITS = Limits(
    "X",
    {PNG: 5 * _MIB, JPEG: 5 * _MIB, GIF: 15 * _MIB, WEBP: 5 * _MIB},
    alt_text=1_000,
    gif_alone=True,
)
_LONGEST_PAUSE = 5.0
# Makes one request with a client of tweepy's, within so many seconds. Raises NotWritten or AnswerLost.
Ask = Callable[[Callable[[Any], object], float], Answer]


def upload(ask: Ask, attempt: Attempt, load: Load, url: str) -> str:
    """The id of a picture with its alt text. Raises NotUploaded, NotWritten or AnswerLost."""
    told = _read(ask(lambda client: _put(client, load, url), load.seconds), attempt, load)
    media_id = str(told.get("id", ""))
    if not media_id.isdecimal():
        raise NotUploaded(NotSent(f"X took {load.which}, but its answer does not name it"))
    while (pause := _pause(told, load)) is not None:
        time.sleep(pause)
        told = _read(ask(lambda client: _status(client, media_id), load.seconds), attempt, load)
    if load.image.alt_text:
        _read(ask(lambda client: _describe(client, media_id, load), load.seconds), attempt, load)
    return media_id


def _put(client: Any, load: Load, url: str) -> object:
    # tweepy's own request() sends JSON only, a third larger.
    import tweepy  # type: ignore[import-untyped]  # noqa: PLC0415 -- as in publishers/x.py

    signer = tweepy.OAuth1UserHandler(
        client.consumer_key, client.consumer_secret, client.access_token, client.access_token_secret
    )
    session: requests.Session = client.session
    return session.post(
        f"{url}/2/media/upload",
        files={"media": (load.name, load.image.data, load.shape.content_type)},
        data={"media_category": "tweet_gif" if load.shape.kind == GIF else "tweet_image"},
        auth=signer.apply_auth(),
    )


def _status(client: Any, media_id: str) -> object:
    asked = {"command": "STATUS", "media_id": media_id}
    return client.request("GET", "/2/media/upload", params=asked, user_auth=True)


def _describe(client: Any, media_id: str, load: Load) -> object:
    body = {"id": media_id, "metadata": {"alt_text": {"text": load.image.alt_text}}}
    return client.request("POST", "/2/media/metadata", params={}, json=body, user_auth=True)


def _read(answer: Answer, attempt: Attempt, load: Load) -> dict[str, Any]:
    """Raises NotUploaded."""
    if 200 <= answer.status < 300:
        told = answers.readable(answer.body).get("data")
        if isinstance(told, dict):
            return told
        raise NotUploaded(NotSent(f"X's answer to {load.which} could not be read; nothing was posted"))
    said = answers.details(answer.body)
    raise not_taken("X", load, answer, said, answers.outcome(answer, attempt, ""))


def _pause(told: dict[str, Any], load: Load) -> float | None:
    """How long X asks us to wait until it has read the picture; None once it has. Raises NotUploaded."""
    working = told.get("processing_info")
    state = working.get("state", "") if isinstance(working, dict) else "succeeded"
    if state == "failed":
        raise NotUploaded(
            Refused(f"X could not read {load.which}", "Use another picture, then have it approved again.")
        )
    if state not in {"pending", "in_progress"} or not isinstance(working, dict):
        return None
    wait = working.get("check_after_secs", 1)
    pause = min(float(wait), _LONGEST_PAUSE) if isinstance(wait, int | float) else 1.0
    if pause >= load.seconds:
        raise NotUploaded(NotSent(f"X had not read {load.which} in time; nothing was posted"))
    return pause
