"""Who is told that something waits for approval, and when: once, a day before, two hours before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import seeing, telling, times
from coop.announcing.moment import Moment
from coop.announcing.proposing import others_on_steering
from coop.announcing.series import waiting
from coop.settings import Settings
from storage import announcements, log, outbox, people
from storage.announcements import Announcement
from storage.offices import Role

BEFORE = (("24 hours", timedelta(hours=24)), ("2 hours", timedelta(hours=2)))
# What leaves "as soon as approved" has no time to count back from: count from its last change.
OPEN_FOR_A_DAY = ("a day", timedelta(hours=24))
OPEN_TOO_LONG = ("two days", timedelta(hours=48))


@dataclass(frozen=True)
class Reminder:
    """`marks` are the reminders that are due, all that one person would get answered by one message."""

    announcement: Announcement
    marks: tuple[str, ...]

    @property
    def for_owner(self) -> bool:
        return OPEN_TOO_LONG[0] in self.marks

    @property
    def for_approvers(self) -> bool:
        return any(mark != OPEN_TOO_LONG[0] for mark in self.marks)


def due(session: Session, *, now: datetime, settings: Settings) -> list[Reminder]:
    """Open proposals that somebody has to be reminded of at `now`; one whose approver's term or membership
    has ended is open again.
    """
    waiting = unapproved(session, Moment(now, settings))
    found = [_reminder(session, row, now) for row in waiting]
    return [reminder for reminder in found if reminder is not None]


def remind(session: Session, *, now: datetime, settings: Settings) -> None:
    """Tell those who can approve, each reminder once; somebody with a daily digest waits for that."""
    moment = Moment(now, settings)
    for reminder in due(session, now=now, settings=settings):
        row = reminder.announcement
        for mark in reminder.marks:
            announcements.mark_told(session, row.id, row.revision, mark, now)
        if announcements.unvoided_approvals(session, row.id, row.content_hash):
            telling.redraw(session, row, moment)  # its message still says who approved it
        if reminder.for_owner:
            telling.to_person(session, row.owner_id, row, telling.OWNER, moment, hold="open")
        if reminder.for_approvers:
            _tell_approvers(session, row, moment)


def send_digest(session: Session, *, now: datetime, settings: Settings) -> None:
    """One message to each who chose a daily one, if anything waits for their approval."""
    moment = Moment(now, settings)
    open_ones = {row: others_to_approve(session, row, moment) for row in unapproved(session, moment)}
    for officer in offices.current(session, moment.today, Role.STEERING):
        theirs = [row.id for row, others in open_ones.items() if officer.person_id in others]
        series = waiting.for_person(session, officer.person_id, moment)
        if (theirs or series) and not telling.wants_each(session, officer.person_id):
            facts = {"announcements": theirs, "waiting_series": series, "to": officer.slack_user}
            outbox.put(session, kind=telling.DIGEST, to=officer.slack_user, facts=facts, now=now)


def choose_digest(
    session: Session, *, wanted: bool, by: int | None, now: datetime, settings: Settings
) -> None:
    """One daily digest instead of a message for each proposal, or the other way round."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    people.person(session, person).approval_digest = wanted
    log.record(
        session,
        act="approval digest chosen" if wanted else "approval messages chosen",
        by=f"person:{person}",
        about=f"person:{person}",
        now=now,
    )


def waiting_for(session: Session, ids: Sequence[int], moment: Moment) -> list[seeing.Seen]:
    """Those of a digest that are still open when it is drawn."""
    open_ones = {row.id for row in unapproved(session, moment)}
    return [seeing.seen(session, each, moment) for each in ids if each in open_ones]


def unapproved(session: Session, moment: Moment) -> Sequence[Announcement]:
    return announcements.unapproved(session, moment.quorum)


def others_to_approve(session: Session, row: Announcement, moment: Moment) -> list[int]:
    """Everybody who could approve it and has not."""
    agreed = seeing.approvers_counting(session, row, moment.today)
    others = others_on_steering(session, row.owner_id, moment)
    return [person_id for person_id in others if person_id not in agreed]


def _reminder(session: Session, row: Announcement, now: datetime) -> Reminder | None:
    wall = seeing.wall_of(row)
    if wall is None:
        # Both at once where the approval that counted until now has stopped counting after two days.
        without_a_time = (OPEN_FOR_A_DAY, OPEN_TOO_LONG)
        reached = [mark for mark, after in without_a_time if now >= row.changed_at + after]
    else:
        leaves = times.instant(wall)
        reached = [mark for mark, before in BEFORE if row.changed_at < leaves - before <= now < leaves]
    marks = tuple(mark for mark in reached if _untold(session, row, mark))
    return Reminder(row, marks) if marks else None


def _tell_approvers(session: Session, row: Announcement, moment: Moment) -> None:
    for person_id in others_to_approve(session, row, moment):
        if telling.wants_each(session, person_id):
            telling.to_person(session, person_id, row, telling.STILL_TO_APPROVE, moment)


def _untold(session: Session, row: Announcement, mark: str) -> bool:
    return not announcements.was_told(session, row.id, row.revision, mark)
