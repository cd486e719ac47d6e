"""Approve all of a series at once: its words, its places and its rule."""

from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import telling as announcement_telling
from coop.announcing.moment import Moment
from coop.announcing.series import made, proposing, runs, telling
from coop.announcing.series import plan as series_plan
from coop.errors import NotAllowed, UserError
from coop.settings import Settings
from storage import people
from storage import series as record
from storage.offices import Role
from storage.series import Series


def approve(
    session: Session, *, series_id: int, shown: str, by: int | None, now: datetime, settings: Settings
) -> proposing.Planned:
    """Agree to all runs at once, those made before as well; `shown` is the hash of what was shown."""
    moment = Moment(now, settings)
    row = to_approve(session, series_id=series_id, by=by, moment=moment)
    approver = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    if row.content_hash != shown:
        raise UserError(
            "It was changed while you were looking at it, so I did not count your approval. "
            "Open it again to see what it says now: type `/announce series`."
        )
    if row.rehearsal != settings.rehearsal:  # what was agreed to as a rehearsal is not agreed to in earnest
        record.void_approvals(session, row.id, now)
    if not record.add_approval(session, row.id, row.content_hash, approver, now):
        raise UserError("You have approved this one already, so nothing changed.")
    row.rehearsal = settings.rehearsal
    session.flush()
    for run in made.ahead(session, row, now):
        one = made.unchanged(session, run)
        if one is not None and one.owner_id != approver:
            runs.approve_run(session, row, one, moment)
            announcement_telling.redraw(session, one, moment)
    runs.plan_next(session, row, moment)
    telling.in_thread(session, row, telling.APPROVED, moment, by=people.mentionable(session, approver))
    telling.record(session, row, "series approved", moment, by=approver, content=row.content_hash)
    return proposing.planned(session, row, moment)


def to_approve(session: Session, *, series_id: int, by: int | None, moment: Moment) -> Series:
    """The series, if this person may approve all of it at once now. Raises NotAllowed or UserError."""
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = proposing.to_change(session, series_id)
    if row.owner_id == person:
        raise NotAllowed(
            "You wrote this one, so somebody else on the steering group has to approve it. Nothing changed."
        )
    if not row.fixed:
        raise UserError("Each run of this series is approved by itself. Nothing changed.")
    if not series_plan.ahead(row, moment.now):
        raise UserError("Its last run has gone by, so there is nothing to approve. Nothing changed.")
    return row
