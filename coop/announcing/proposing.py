"""Write an announcement and put it before the steering group; edit it, which voids every approval."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import pictures, scheduling, telling
from coop.announcing.acts import BEGUN
from coop.announcing.content import Agreed, content_hash
from coop.announcing.moment import Moment
from coop.announcing.seeing import called, named
from coop.announcing.sending import troubles
from coop.announcing.sending.troubles import TroubleSeen
from coop.errors import NotAllowed, UserError
from coop.settings import Settings
from storage import announcements, deliveries, heartbeats, people, series, stops
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Hold
from storage.offices import Role


@dataclass(frozen=True)
class Proposed:
    """`approvers` is how many others can approve it today; `voided` whose approval an edit undid."""

    id: int
    content_hash: str
    due_at: datetime | None
    approvers: int
    nothing_running: bool
    stopped: bool
    voided: tuple[str, ...] = ()
    troubles: tuple[TroubleSeen, ...] = ()


class TooLateToEdit(UserError):
    def __init__(self) -> None:
        super().__init__(
            "Part of this announcement has gone out or is on its way, so its words can't change any more. "
            "Nothing changed. To say something new, type `/announce`."
        )


def propose(
    session: Session, *, agreed: Agreed, by: int | None, now: datetime, settings: Settings
) -> Proposed:
    """Put it before the steering group; those who can approve it are told once. Raises TimePassed."""
    moment = Moment(now, settings)
    owner = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row, due = make(session, agreed, owner, moment)
    ask(session, row, moment)
    telling.record(session, row, "announcement proposed", moment, by=owner, content=row.content_hash)
    pictures.record_waived(session, row, agreed.images, moment)
    return _proposed(session, row, due, moment)


def make(
    session: Session, agreed: Agreed, owner: int, moment: Moment
) -> tuple[Announcement, datetime | None]:
    """The announcement, its message in the steering channel, and when it is due. Raises TimePassed."""
    due = scheduling.due_at(agreed.wall, moment)
    pictures.refuse_undescribed(agreed.images)
    row = Announcement(
        owner_id=owner,
        state=AnnouncementState.PROPOSED,
        text=agreed.text,
        zone=agreed.wall.zone if agreed.wall else moment.settings.network_timezone,
        fold=0,
        content_hash=content_hash(agreed),
        revision=1,
        rehearsal=moment.settings.rehearsal,
        proposed_at=moment.now,
        changed_at=moment.now,
    )
    session.add(row)
    session.flush()
    scheduling.write_content(session, row, agreed, due)
    telling.propose(session, row, moment)
    pictures.show(session, row, moment)
    return row, due


def ask(session: Session, row: Announcement, moment: Moment) -> None:
    """Tell those who can approve it, once each; somebody with a daily digest waits for that."""
    for person_id in others_on_steering(session, row.owner_id, moment):
        if telling.wants_each(session, person_id):
            telling.to_person(session, person_id, row, telling.TO_APPROVE, moment)


def edit(
    session: Session,
    *,
    announcement_id: int,
    agreed: Agreed,
    by: int | None,
    now: datetime,
    settings: Settings,
) -> Proposed:
    """A new version; it needs approval afresh, even where nothing but the time is new.

    Whoever changes a run of a series owns that run from then on: its new words are theirs.
    """
    moment = Moment(now, settings)
    owner = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = editable(session, announcement_id, owner)
    due = scheduling.due_at(agreed.wall, moment)
    pictures.refuse_undescribed(agreed.images)
    shown = pictures.of(session, row.id)
    voided = announcements.void_approvals(session, row.id, now)
    row.state, row.rehearsal, row.owner_id = AnnouncementState.PROPOSED, settings.rehearsal, owner
    row.revision, row.changed_at = row.revision + 1, now
    scheduling.write_content(session, row, agreed, due)
    names = tuple(people.mentionable(session, person_id) for person_id in voided)
    telling.in_thread(
        session, row, telling.EDITED, moment, by=people.mentionable(session, owner), voided=names
    )
    if agreed.images != shown:
        pictures.show(session, row, moment)
    for person_id in voided:
        telling.to_person(session, person_id, row, telling.VOIDED, moment)
    telling.record(session, row, "announcement edited", moment, by=owner, content=row.content_hash)
    pictures.record_waived(session, row, agreed.images, moment)
    return _proposed(session, row, due, moment, names)


def editable(session: Session, announcement_id: int, by: int) -> Announcement:
    """The announcement, if `by` may change it now. Raises NotAllowed, TooLateToEdit or UserError."""
    row = named(session, announcement_id)
    if row.state == AnnouncementState.WITHDRAWN:
        raise UserError(
            "This announcement was withdrawn, so it can't be edited. Type `/announce` to write a new one."
        )
    going = deliveries.deliveries_of(session, row.id)
    if any(to.state in BEGUN or to.may_be_out or to.hold == Hold.BY_HAND for to in going):
        raise TooLateToEdit
    if row.owner_id != by and not series.is_run(session, row.id):
        raise NotAllowed(
            f"Only {called(session, row.owner_id)}, who wrote it, can edit this announcement. "
            "Press “Ask for changes” to say what should be different. Nothing changed."
        )
    return row


def others_on_steering(session: Session, owner_id: int, moment: Moment) -> list[int]:
    """Everybody who could approve what this person wrote."""
    members = offices.current(session, moment.today, Role.STEERING)
    return [officer.person_id for officer in members if officer.person_id != owner_id]


def _proposed(
    session: Session,
    row: Announcement,
    due: datetime | None,
    moment: Moment,
    voided: tuple[str, ...] = (),
) -> Proposed:
    networks = {to.network for to in scheduling.waiting(deliveries.deliveries_of(session, row.id))}
    return Proposed(
        id=row.id,
        content_hash=row.content_hash,
        due_at=due,
        approvers=len(others_on_steering(session, row.owner_id, moment)),
        nothing_running=not heartbeats.worker_is_alive(session, moment.now),
        stopped=stops.open_stop(session) is not None,
        voided=voided,
        troubles=troubles.current(session, networks),
    )
