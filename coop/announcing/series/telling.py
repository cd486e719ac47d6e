"""What is told about series: one message in the steering channel, and its thread."""

from typing import Any

from sqlalchemy.orm import Session

from coop.announcing import proposing, telling
from coop.announcing.moment import Moment
from storage import log, outbox, people
from storage.series import Series

PROPOSAL = "series_proposal"
TO_APPROVE = "series_to_approve"
APPROVED = "series_approved"
CHANGED = "series_changed"
SKIPPED = "series_skipped"
TAKEN_BACK = "series_skip_taken_back"
MISSED = "series_missed"
ENDED = "series_ended"


def propose(session: Session, row: Series, moment: Moment) -> None:
    row.proposal_id = telling.to_channel(session, PROPOSAL, moment, series=row.id)


def ask(session: Session, row: Series, moment: Moment) -> None:
    """Tell those who can approve all of it at once, once each."""
    for person_id in proposing.others_on_steering(session, row.owner_id, moment):
        user = people.slack_user_of(session, person_id)
        if user and telling.wants_each(session, person_id):
            outbox.put(
                session, kind=TO_APPROVE, to=user, facts={"series": row.id, "to": user}, now=moment.now
            )


def in_thread(session: Session, row: Series, kind: str, moment: Moment, **facts: Any) -> None:
    """A reply to its message, which is drawn anew."""
    for each, replaces in ((kind, False), (PROPOSAL, True)):
        telling.below(
            session, row.proposal_id, each, moment, replaces=replaces, **{"series": row.id, **facts}
        )


def record(
    session: Session, row: Series, act: str, moment: Moment, *, by: int | None = None, **facts: log.Fact
) -> None:
    """One entry of the log; `by` is None for what the bot does by itself."""
    telling.record_about(session, f"series:{row.id}", act, moment, by=by, **facts)
