"""Fetch the pictures of a window from Slack: side by side, and no longer than a form may wait."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from slack_sdk.errors import SlackApiError

from coop.deps import Deps, NotFetched
from handlers.announcing.picture_check import MOST_BYTES, Unfit
from handlers.blocks.announcing.pictures import Chosen

# The three seconds a form may take are for this and for what comes after it.
SECONDS = 2.0
GONE = ("file_deleted", "file_not_found")


def fetched(missing: Sequence[Chosen], deps: Deps) -> dict[str, bytes | Unfit]:
    """By Slack's id: the bytes, or why there are none."""
    if not missing:
        return {}
    pool = ThreadPoolExecutor(len(missing), thread_name_prefix="pictures")
    asked = {one.file: pool.submit(_fetch, one, deps) for one in missing}
    wait(asked.values(), SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return {file: _result(future) for file, future in asked.items()}


def _result(future: "Future[bytes | Unfit]") -> bytes | Unfit:
    if not future.done():
        return Unfit("did not come from Slack: Slack took too long. Press the button again, or take it out.")
    return future.result()


def _fetch(one: Chosen, deps: Deps) -> bytes | Unfit:
    if deps.fetch is None:
        return Unfit("can't be fetched: Slack has not granted me files:read. Take it out.")
    if one.size > MOST_BYTES:
        return Unfit("is larger than 10 MB. Make it smaller.")
    try:
        return deps.fetch(one.url, MOST_BYTES)
    except NotFetched as trouble:
        if trouble.too_large:
            return Unfit("is larger than 10 MB. Make it smaller.")
        if trouble.answered and _is_gone(one, deps):
            return Unfit("is not in Slack any more. Take it out, or choose it again.")
        return Unfit(f"did not come from Slack: {trouble}. Press the button again, or take it out.")


def _is_gone(one: Chosen, deps: Deps) -> bool:
    try:
        deps.slack.files_info(file=one.file)
    except SlackApiError as refused:
        return refused.response.get("error") in GONE
    except OSError:
        return False
    return False
