"""Give Slack a file: its bytes first, then where it belongs."""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from bot.slack.clients import JOB_SECONDS, CallWhileWriting, tls_context
from handlers.blocks.message import File
from storage.database import is_writing

LONGEST_ALT = 1_000


class NotUploaded(Exception):
    """Slack did not take the bytes; nobody has seen anything."""


def upload(slack: WebClient, file: File) -> str:
    """Hand over the bytes; returns Slack's id of a file that nobody can see yet."""
    place = slack.files_getUploadURLExternal(
        filename=file.name,
        length=len(file.content),
        alt_txt=(file.says[:LONGEST_ALT] or None) if file.is_picture or file.alone else None,
    )
    _put(place["upload_url"], file.content)
    return str(place["file_id"])


def complete(
    slack: WebClient,
    file_id: str,
    file: File,
    *,
    channel: str | None = None,
    thread: str | None = None,
    comment: str | None = None,
) -> Any:
    """Finish an upload: shared into `channel` as a message of its own, or, without one, with nobody."""
    return slack.files_completeUploadExternal(
        files=[{"id": file_id, "title": file.name if file.alone else file.says}],
        channel_id=channel,
        thread_ts=thread,
        initial_comment=comment,
    )


def _put(url: str, content: bytes) -> None:
    if is_writing():
        raise CallWhileWriting("upload")
    if urlsplit(url).scheme not in {"https", "http"}:
        raise NotUploaded("Slack named an address that is not on the web")
    request = Request(  # noqa: S310 -- the scheme was checked above
        url, data=content, headers={"Content-Type": "application/octet-stream"}
    )
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=tls_context()))
    with opener.open(request, timeout=JOB_SECONDS) as answer:
        answer.read()
