"""A network that turns our account away: said once, and everything else for it waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coop.announcing import content, telling
from coop.announcing.moment import Moment
from coop.announcing.seeing import named
from coop.announcing.sending.deciding import Suspend
from storage import deliveries, network_troubles
from storage.deliveries import Delivery, DeliveryState
from storage.network_troubles import NetworkTrouble


@dataclass(frozen=True)
class Waiting:
    """What does not go out there; `is_due` says that its time has come."""

    title: str
    due_at: datetime | None
    is_due: bool


@dataclass(frozen=True)
class TroubleSeen:
    """`ended_at` is None while it lasts; `trying` says that one delivery may go, to see."""

    id: int
    network: str
    since: datetime
    reason: str
    fix: str
    waiting: tuple[Waiting, ...]
    trying: bool
    ended_at: datetime | None


def begin(session: Session, row: Delivery, refusal: Suspend, moment: Moment) -> bool:
    """The network has just turned `row` away. The steering channel is told once; a try that failed as well
    is told in the thread of that. False for such a try: its writer knows already that it waits.
    """
    trouble = network_troubles.open_on(session, row.network)
    if trouble is None:
        trouble = NetworkTrouble(network=row.network, since=moment.now, open=True)
        session.add(trouble)
        _change(trouble, refusal)
        session.flush()
        trouble.notice_id = telling.to_channel(session, telling.NETWORK_TROUBLE, moment, trouble=trouble.id)
        record(session, trouble, "network trouble began", moment)
        return True
    _change(trouble, refusal)
    was_tried = trouble.trial_id == row.id
    if was_tried:
        trouble.trial_id = trouble.trying_by = None
        in_thread(session, trouble, telling.NETWORK_STILL, moment, reason=refusal.reason, fix=refusal.fix)
    return not was_tried


def keeps_back(session: Session, row: Delivery, moment: Moment) -> bool:
    """Whether it waits for its network. A rehearsal sends nothing, so that no trouble keeps it."""
    trouble = None if moment.settings.rehearsal else network_troubles.open_on(session, row.network)
    if trouble is None:
        return False
    if trouble.trying_by is None:
        return True
    trial = live_trial(session, trouble)
    return trial is not None and trial.id != row.id


def note_trial(session: Session, row: Delivery, moment: Moment) -> None:
    """It leaves while its network is in trouble: nothing else does until its answer is known."""
    trouble = None if moment.settings.rehearsal else network_troubles.open_on(session, row.network)
    if trouble is not None:
        trouble.trial_id = row.id


def live_trial(session: Session, trouble: NetworkTrouble) -> Delivery | None:
    """The one delivery that may go, as long as something may still come of it."""
    row = deliveries.delivery(session, trouble.trial_id) if trouble.trial_id else None
    if row is None or row.asked_at is not None:
        return None
    on_its_way = (*deliveries.IN_FLIGHT, DeliveryState.SCHEDULED, DeliveryState.UNCERTAIN)
    return row if row.state in on_its_way else None


def seen(session: Session, trouble: NetworkTrouble) -> TroubleSeen:
    held = network_troubles.waiting(session, trouble.network)
    known = {row.announcement_id for row in held}
    coming = network_troubles.coming(session, trouble.network)
    ahead = [row for row in coming if row.announcement_id not in known]
    return TroubleSeen(
        id=trouble.id,
        network=trouble.network,
        since=trouble.since,
        reason=trouble.reason,
        fix=trouble.fix,
        waiting=(*_waiting(session, held, is_due=True), *_waiting(session, ahead, is_due=False)),
        trying=trouble.trying_by is not None,
        ended_at=trouble.ended_at,
    )


def current(session: Session, networks: Collection[str] | None = None) -> tuple[TroubleSeen, ...]:
    """Those that last, on all networks or on some."""
    return tuple(
        seen(session, trouble)
        for trouble in network_troubles.open_troubles(session)
        if networks is None or trouble.network in networks
    )


def in_thread(session: Session, trouble: NetworkTrouble, kind: str, moment: Moment, **facts: Any) -> None:
    """A reply to the message that told of it, which is drawn anew."""
    telling.below(session, trouble.notice_id, kind, moment, trouble=trouble.id, **facts)
    telling.below(
        session, trouble.notice_id, telling.NETWORK_TROUBLE, moment, replaces=True, trouble=trouble.id
    )


def record(
    session: Session, trouble: NetworkTrouble, act: str, moment: Moment, *, by: int | None = None
) -> None:
    """One entry of the log; `by` is None for what the bot does by itself."""
    telling.record_about(session, f"network:{trouble.network}", act, moment, by=by)


def _change(trouble: NetworkTrouble, refusal: Suspend) -> None:
    trouble.reason, trouble.fix = refusal.reason, refusal.fix


def _waiting(session: Session, rows: Sequence[Delivery], *, is_due: bool) -> list[Waiting]:
    """Each announcement once: parts of a thread, or several channels, are still one."""
    first = {row.announcement_id: row for row in reversed(rows)}
    ones = [row for row in rows if first[row.announcement_id] is row]
    texts = ((row, named(session, row.announcement_id).text) for row in ones)
    return [Waiting(content.title(text), row.due_at, is_due) for row, text in texts]
