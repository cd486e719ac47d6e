"""Look for a delivery whose answer was lost, before anybody decides anything about it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import publishing
from coop.announcing import pictures
from coop.announcing.moment import Moment
from coop.announcing.sending import deciding, outcomes
from coop.announcing.sending.deciding import Deliver, Looked
from coop.publishing import Content, Guarantee, Sighting
from storage import attempts, deliveries
from storage import looking as to_look_at
from storage.deliveries import DeliveryState

LEASE = timedelta(seconds=60)


def begin(session: Session, *, network: str, now: datetime) -> publishing.Attempt | None:
    """The next uncertain delivery of a network, as first tried, for this looker alone."""
    row = to_look_at.lease_look(session, network, now, LEASE)
    if row is None or (tried := attempts.attempt(session, row.id, row.attempt_no)) is None:
        return None
    since = attempts.first_attempt_of_text(session, row.id, tried.sha256) or tried.started_at
    images = pictures.without_bytes(session, row.announcement_id) if row.part == 1 else ()
    left = Content(tried.text, images, tried.note)
    return publishing.Attempt(row.id, row.attempt_no, row.target, left, since, tried.reply_to)


def finish(
    session: Session,
    *,
    attempt: publishing.Attempt,
    sighting: Sighting,
    guarantee: Guarantee,
    moment: Moment,
) -> None:
    row = deliveries.delivery(session, attempt.delivery_id)
    if row is None or row.state == DeliveryState.DELIVERED:
        return
    looked = Looked(
        since=attempt.started_at,
        uncertain_at=row.uncertain_at or attempt.started_at,
        looks=row.looks + 1,
        duplicate=row.duplicate,
        reason=row.reason or "the answer was lost",
        resend=row.resend_by is not None,
        guarantee=guarantee,
    )
    step = deciding.after_looking(
        sighting, looked, now=moment.now, look_after=moment.settings.look_after_seconds
    )
    still_asked = row.state == DeliveryState.UNCERTAIN and row.attempt_no == attempt.number
    if still_asked or isinstance(step, Deliver):
        outcomes.apply(session, row, step, moment)
