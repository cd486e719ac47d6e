"""The only messages the bot sends first: one to a newcomer, one to a channel it was invited to."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage import outbox, people


def greet(session: Session, *, team_id: str, user_id: str, now: datetime) -> None:
    """Queue the welcome, unless they asked for no more messages; nobody is put into the record for it."""
    if not people.wants_no_messages(session, team_id, user_id):
        outbox.put(session, kind="welcome", to=user_id, facts={}, now=now)


def wants_no_messages(session: Session, team_id: str, user_id: str) -> bool:
    return people.wants_no_messages(session, team_id, user_id)


def introduce(session: Session, *, channel_id: str, now: datetime) -> None:
    outbox.put(session, kind="channel_hello", to=channel_id, facts={}, now=now)


def stop(session: Session, *, team_id: str, user_id: str, now: datetime) -> None:
    """From now on only answers and receipts reach them."""
    people.stop_messages(session, team_id, user_id, now)


def resume(session: Session, *, team_id: str, user_id: str) -> None:
    """Take that back."""
    people.allow_messages(session, team_id, user_id)
