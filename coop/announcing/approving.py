"""Agree to the exact content, or ask for something else. Nobody decides about their own words."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import acts, content, scheduling, seeing, telling, times
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.announcing.sending import counting_down, troubles
from coop.announcing.sending.troubles import TroubleSeen
from coop.announcing.times import Wall
from coop.errors import NotAllowed, UserError
from coop.settings import Settings
from storage import announcements, deliveries, heartbeats, people, stops
from storage.announcements import Announcement, AnnouncementState, Comment
from storage.deliveries import DeliveryState
from storage.offices import Role


@dataclass(frozen=True)
class NewTime:
    """What an approver chose for an announcement whose time has gone by; None is "as soon as approved"."""

    wall: Wall | None


@dataclass(frozen=True)
class Approved:
    """`missing` is how many more have to agree; until then `due_at` is None for "as soon as approved".

    `counts_down` says that it leaves within the countdown, so that this is the last word before it.
    """

    id: int
    title: str
    missing: int
    due_at: datetime | None
    targets: tuple[Target, ...]
    counts_down: bool
    nothing_running: bool
    stopped: bool
    troubles: tuple[TroubleSeen, ...] = ()


class ContentChanged(UserError):
    def __init__(self) -> None:
        super().__init__(
            "It was edited while you were looking at it, so I did not count your approval. "
            "Open it again to see what it says now: type `/announce list`."
        )


class AgreedAlready(UserError):
    def __init__(self) -> None:
        super().__init__("You have approved this one already, so nothing changed.")


class NewTimeNeeded(UserError):
    def __init__(self) -> None:
        super().__init__(
            "Its time has gone by, so it needs a new one. Nothing was approved: open it again to choose one."
        )


def to_approve(session: Session, *, announcement_id: int, by: int | None, moment: Moment) -> Announcement:
    """The announcement, if this person may approve it now.

    Raises NotAllowed for its owner and outside the steering group, UserError when it is not open to it.
    """
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    if row.owner_id == person:
        raise NotAllowed(
            "You wrote this one, so somebody else on the steering group has to approve it. Nothing changed."
        )
    if row.state == AnnouncementState.WITHDRAWN:
        raise UserError("This announcement was withdrawn, so there is nothing to approve. Nothing changed.")
    if row.state == AnnouncementState.SENT_BACK:
        raise UserError(
            "Changes were asked for, so it can be approved once "
            f"{seeing.called(session, row.owner_id)} has edited it. Nothing changed."
        )
    going = deliveries.deliveries_of(session, row.id)
    if not scheduling.waiting(going):
        if any(to.state in acts.BEGUN for to in going):
            raise UserError(
                "It is out already or on its way, so there is nothing left to approve. Nothing changed."
            )
        raise UserError("There is nothing left of it that I could send, so nothing changed.")
    if not needs_new_time(row, moment.now) and _has_agreed(session, row, person, moment):
        raise AgreedAlready
    return row


def _has_agreed(session: Session, row: Announcement, person: int, moment: Moment) -> bool:
    """It waits for somebody else's approval, and no more for theirs."""
    agreed = seeing.approvers_counting(session, row, moment.today)
    return person in agreed and len(agreed) < moment.settings.approvals_needed


def needs_new_time(row: Announcement, now: datetime) -> bool:
    """Its chosen time has gone by."""
    wall = seeing.wall_of(row)
    return wall is not None and times.instant(wall) <= now


def approve(
    session: Session,
    *,
    announcement_id: int,
    content_hash: str,
    by: int | None,
    now: datetime,
    settings: Settings,
    new_time: NewTime | None = None,
) -> Approved:
    """Agree to the content that has this hash, at `new_time` if its own has gone by.

    Raises ContentChanged, NewTimeNeeded, TimePassed and what `to_approve` raises.
    """
    moment = Moment(now, settings)
    row = to_approve(session, announcement_id=announcement_id, by=by, moment=moment)
    if row.content_hash != content_hash:
        raise ContentChanged
    approver = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    if needs_new_time(row, now):
        if new_time is None:
            raise NewTimeNeeded
        _set_time(session, row, new_time.wall, moment)
    approved_before = not seeing.approvals_missing(session, row, moment)
    if not announcements.add_approval(session, row.id, row.content_hash, approver, now):
        raise AgreedAlready
    row.rehearsal = settings.rehearsal
    missing = seeing.approvals_missing(session, row, moment)
    if not missing:
        _schedule(session, row, moment, anew=not approved_before)
    elif new_time is not None:
        _propose_time(session, row, new_time.wall)
    result = _approved(session, row, missing, moment)
    if result.counts_down and result.due_at:
        counting_down.said(session, row, result.due_at, moment)
    telling.in_thread(
        session,
        row,
        telling.APPROVED,
        moment,
        by=people.mentionable(session, approver),
        missing=missing,
        due_at=result.due_at.isoformat() if result.due_at else None,
        counts_down=result.counts_down,
    )
    telling.record(session, row, "announcement approved", moment, by=approver, content=row.content_hash)
    return result


def ask_for_changes(
    session: Session, *, announcement_id: int, comment: str, by: int | None, now: datetime, settings: Settings
) -> Announcement:
    """Send it back to its owner, who edits it; until then nobody can approve it and it does not leave."""
    moment = Moment(now, settings)
    author = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    if row.owner_id == author:
        raise UserError("You wrote this one: press “Edit” to change it. Nothing changed.")
    if row.state != AnnouncementState.PROPOSED or _has_begun(session, row):
        raise UserError("It can't be changed any more, so I did not pass that on. Nothing changed.")
    announcements.void_approvals(session, row.id, now)
    row.state, row.changed_at = AnnouncementState.SENT_BACK, now
    session.add(
        Comment(announcement_id=row.id, revision=row.revision, author_id=author, text=comment, at=now)
    )
    session.flush()
    facts = {"by": people.mentionable(session, author), "comment": comment}
    telling.in_thread(session, row, telling.CHANGES_ASKED, moment, **facts)
    telling.to_person(session, row.owner_id, row, telling.CHANGES_ASKED, moment, **facts)
    telling.record(session, row, "announcement sent back", moment, by=author)
    return row


def _approved(session: Session, row: Announcement, missing: int, moment: Moment) -> Approved:
    one = seeing.seen(session, row.id, moment)
    return Approved(
        id=row.id,
        title=one.title,
        missing=missing,
        due_at=one.due_at,
        targets=one.targets,
        counts_down=not missing and counting_down.is_running(one.due_at or moment.now, moment),
        nothing_running=not heartbeats.worker_is_alive(session, moment.now),
        stopped=stops.open_stop(session) is not None,
        troubles=troubles.current(session, {target.network for target in one.targets}),
    )


def _set_time(session: Session, row: Announcement, wall: Wall | None, moment: Moment) -> None:
    scheduling.due_at(wall, moment)
    announcements.void_approvals(session, row.id, moment.now)
    agreed = replace(seeing.agreed(session, row), wall=wall)
    row.wall_date, row.wall_time = (wall.day, wall.clock) if wall else (None, None)
    row.fold = wall.fold if wall else 0
    row.content_hash = content.content_hash(agreed)
    session.flush()


def _schedule(session: Session, row: Announcement, moment: Moment, *, anew: bool) -> None:
    """A second approval lets go what is held or was refused, and leaves the countdown of what is on its way
    as it is.
    """
    wall = seeing.wall_of(row)
    due = times.instant(wall) if wall else scheduling.after_countdown(moment)
    waiting = scheduling.waiting(deliveries.deliveries_of(session, row.id))
    halted = [to for to in waiting if to.state != DeliveryState.SCHEDULED]
    scheduling.release(session, waiting if anew else halted, due)
    session.flush()


def _propose_time(session: Session, row: Announcement, wall: Wall | None) -> None:
    """Somebody else has to agree to the new time as well; until then it is as when it was proposed."""
    waiting = scheduling.waiting(deliveries.deliveries_of(session, row.id))
    scheduling.reschedule(waiting, times.instant(wall) if wall else None)
    session.flush()


def _has_begun(session: Session, row: Announcement) -> bool:
    return any(to.state in acts.BEGUN for to in deliveries.deliveries_of(session, row.id))
