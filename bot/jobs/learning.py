"""Ask networks now and then what they take: never while somebody in Slack waits for an answer."""

import threading
from collections.abc import Collection

import structlog

from coop.publishing import Learns, Publisher

log = structlog.get_logger()
AGAIN_SECONDS, AFTER_FAILURE_SECONDS = 6 * 3600.0, 300.0


def start(publishers: Collection[Publisher], stopping: threading.Event) -> None:
    """In a thread of its own, in every process: each measures what people write."""
    if asked := [each for each in publishers if isinstance(each, Learns)]:
        threading.Thread(target=_keep_asking, args=[asked, stopping], name="limits", daemon=True).start()


def learn(publishers: Collection[Publisher]) -> bool:
    """Whether all that can be asked have answered; the others are measured as before."""
    failed = {each.network: why for each in publishers if isinstance(each, Learns) and (why := each.learn())}
    for network, why in failed.items():
        log.warning("a network did not say what it takes; measured as before", network=network, reason=why)
    return not failed


def _keep_asking(publishers: Collection[Publisher], stopping: threading.Event) -> None:
    while not stopping.wait(AGAIN_SECONDS if learn(publishers) else AFTER_FAILURE_SECONDS):
        pass
