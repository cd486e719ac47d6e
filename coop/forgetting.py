"""Keeping the promises of the privacy notice: what is past its time is erased, without being asked."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import details, words
from coop.settings import Settings
from storage import erasing, log

EMAIL_KEPT = timedelta(days=30)
APPLICATIONS_KEPT = timedelta(days=365)


def forget(session: Session, *, settings: Settings, now: datetime, limit: int = 50) -> int:
    """Erase e-mails 30 days after leaving and refused applications after a year; how many it erased.

    Call again until it says 0. The log's chain stays verifiable.
    """
    today = words.today_in(now, settings.network_timezone)
    left = erasing.left_before(session, today - EMAIL_KEPT, limit)
    for person_id in left:
        erasing.erase_email(session, person_id)
        log.forget(session, details.email_subject(person_id))
        _record(session, "e-mail erased", person_id, now)
    refused = erasing.refused_before(session, today - APPLICATIONS_KEPT, limit)
    for person_id in refused:
        erasing.erase_applicant(session, person_id)
        log.forget(session, details.email_subject(person_id))
        log.forget(session, f"person:{person_id}")
        _record(session, "application erased", person_id, now)
    return len(left) + len(refused)


def _record(session: Session, act: str, person_id: int, now: datetime) -> None:
    log.record(session, act=act, by="countmein", about=f"person:{person_id}", now=now)
