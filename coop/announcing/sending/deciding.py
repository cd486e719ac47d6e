"""What to do next with a delivery. Pure: facts in, a decision out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coop.publishing import (
    AskPerson,
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
from storage.deliveries import Hold

# A network's clock and ours may differ, and X tells whole seconds only.
CLOCK_SKEW = timedelta(seconds=90)
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 180, 600))
# While the network cannot be read at all, nobody knows more than we do: ask only after this long.
BLIND_FOR = timedelta(hours=1)
BLIND_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Readiness:
    """What is true in the transaction that would let it leave."""

    approved: bool
    stopped: bool
    rehearsed_otherwise: bool
    in_blackout: bool
    over_cap: bool
    due_at: datetime
    now: datetime
    lateness: timedelta
    network_in_trouble: bool = False


def hold_before_sending(ready: Readiness) -> Hold | None:
    """None lets it leave. Stopping comes first: it is what people most need to see."""
    holds = (
        (ready.stopped, Hold.STOPPED_ALL),
        (not ready.approved, Hold.UNAPPROVED),
        (ready.rehearsed_otherwise, Hold.REHEARSED),
        (ready.in_blackout, Hold.BLACKOUT),
        # Before lateness: whoever is asked about that could not send it anyway.
        (ready.network_in_trouble, Hold.NETWORK_TROUBLE),
        (ready.now - ready.due_at > ready.lateness, Hold.LATE),
        (ready.over_cap, Hold.OVER_CAP),
    )
    return next((hold for is_so, hold in holds if is_so), None)


@dataclass(frozen=True)
class Deliver:
    remote_id: str | None
    url: str | None


@dataclass(frozen=True)
class Again:
    """Try once more from `at`: it is certainly not out, or `may_be_out` and is one with the next."""

    at: datetime
    reason: str
    may_be_out: bool = False


@dataclass(frozen=True)
class Refuse:
    reason: str
    fix: str


@dataclass(frozen=True)
class Suspend:
    """The account itself was turned away: nothing more leaves for that network until a person says so."""

    reason: str
    fix: str


@dataclass(frozen=True)
class Look:
    """It may be out: look at `at`; `looks` is how many looks there have been."""

    at: datetime
    looks: int
    reason: str
    duplicate: bool = False


@dataclass(frozen=True)
class AskGroup:
    """Nothing more can be found out: the steering group has to say."""

    reason: str


@dataclass(frozen=True)
class ByHand:
    instructions: str


Step = Deliver | Again | Refuse | Suspend | Look | ByHand


def after_publishing(
    outcome: Outcome, *, attempt_no: int, now: datetime, look_after: tuple[int, ...]
) -> Step:
    match outcome:
        case Published(remote_id=remote_id, url=url):
            return Deliver(remote_id, url)
        case NotSent(reason=reason):
            return Again(now + BACK_OFF[min(attempt_no, len(BACK_OFF)) - 1], reason)
        case TryLater(at=at, reason=reason):
            return Again(max(at, now + BACK_OFF[0]), reason)
        case Refused(reason=reason, fix=fix, account=account):
            return Suspend(reason, fix) if account else Refuse(reason, fix)
        case AskPerson(instructions=instructions):
            return ByHand(instructions)
        case Unknown(reason=reason, duplicate=duplicate):
            return Look(now + timedelta(seconds=look_after[0]), 0, reason, duplicate)


@dataclass(frozen=True)
class Looked:
    """What the looking so far amounts to.

    `since` is when these words were first tried, `uncertain_at` when the answer was lost; `looks` counts
    this one.
    """

    since: datetime
    uncertain_at: datetime
    looks: int
    duplicate: bool
    reason: str
    resend: bool
    guarantee: Guarantee


def after_looking(
    sighting: Sighting, looked: Looked, *, now: datetime, look_after: tuple[int, ...]
) -> Deliver | Refuse | Look | Again | AskGroup:
    if looked.guarantee is Guarantee.PERSON:
        return Again(now, "nothing leaves there by itself")
    match sighting:
        case Found(remote_id=remote_id, url=url, at=at) if at >= looked.since - CLOCK_SKEW:
            return Deliver(remote_id, url)
        case Found(remote_id=remote_id, url=url) if looked.duplicate:
            return Refuse(
                f"the same words are out already, from before this was tried: {url or remote_id}",
                "Change the words, or withdraw this one.",
            )
        case CouldNotLook() if now - looked.uncertain_at < BLIND_FOR:
            return _next_look(looked, now, look_after) or Look(now + BLIND_AGAIN, looked.looks, looked.reason)
        # Even where sending again is safe: after the hour Mastodon has forgotten its key, and on Bluesky
        # somebody may have deleted the post meanwhile. A server or an account that nobody could read for
        # so long needs a person anyway, and who says "send it again" has us look once more.
        case CouldNotLook(reason=reason):
            return AskGroup(f"{looked.reason}; I could not look: {reason}")
        case NotFound() | Found():
            return _after_finding_nothing(looked, now, look_after)


def _after_finding_nothing(
    looked: Looked, now: datetime, look_after: tuple[int, ...]
) -> Look | Again | AskGroup:
    if looked.resend:
        return Again(now, "looked once more and found nothing")
    if again := _next_look(looked, now, look_after):
        return again
    if looked.duplicate and looked.guarantee is Guarantee.SAFE_TO_REPEAT:
        return AskGroup(f"{looked.reason}; it is not there now, so somebody may have deleted it")
    if looked.guarantee is Guarantee.SAFE_TO_REPEAT:
        return Again(now, "the network takes the same post twice as one", may_be_out=True)
    return AskGroup(looked.reason)


def _next_look(looked: Looked, now: datetime, look_after: tuple[int, ...]) -> Look | None:
    """The next of the looks that are still ahead; those missed while nothing ran are not made up for."""
    for seconds in look_after[looked.looks :]:
        if (at := looked.uncertain_at + timedelta(seconds=seconds)) > now:
            return Look(at, looked.looks, looked.reason)
    return None
