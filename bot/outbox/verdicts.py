"""What is done with a message whose call failed: a pure decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox.troubles import Proof, Trouble
from storage.outbox_claims import Claim

TRIES = 10
LOOK_AFTER = timedelta(seconds=5)
LOOK_AFTER_SHARING = timedelta(seconds=30)  # Slack shares an uploaded file some time after it said yes
FILE_READY_AFTER = timedelta(seconds=2)  # "invalid slack file" until Slack has read it
FIRST_BACKOFF = 5
LONGEST_BACKOFF = 3_600
# Only a person can change these: trying again would only delay that somebody is told.
FOR_A_PERSON = frozenset(
    {
        "user_not_found",
        "user_disabled",
        "cannot_dm_bot",
        "is_archived",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "invalid_blocks_format",
    }
)


@dataclass(frozen=True)
class Wait:
    """It certainly did not arrive. `everybody` waits when the reason is not this message's own."""

    until: datetime
    reason: str
    everybody: bool = False


@dataclass(frozen=True)
class Look:
    at: datetime
    reason: str


@dataclass(frozen=True)
class GiveUp:
    reason: str


Verdict = Wait | Look | GiveUp


def verdict(claimed: Claim, trouble: Trouble, now: datetime, *, left: bool) -> Verdict:
    """`left` is true when the failed call was the one that carries the message."""
    if trouble.wait:
        return Wait(now + timedelta(seconds=trouble.wait), trouble.words, everybody=True)
    if claimed.tries >= TRIES or trouble.code in FOR_A_PERSON:
        return GiveUp(trouble.words)
    if left and trouble.proof is Proof.NONE:
        return Look(now + (LOOK_AFTER_SHARING if claimed.file_id else LOOK_AFTER), trouble.words)
    if trouble.code == "invalid_blocks" and claimed.file_id:
        return Wait(now + FILE_READY_AFTER, trouble.words)
    return Wait(now + backoff(claimed.tries), trouble.words)


def backoff(tries: int) -> timedelta:
    """5 s, 15 s, 45 s … at most an hour: ten tries outlast an outage of three hours."""
    return timedelta(seconds=min(FIRST_BACKOFF * 3 ** (tries - 1), LONGEST_BACKOFF))
