"""What stood in a window that was closed or refused is kept, so that nobody types it twice."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage import announcements
from storage.announcements import Draft


def keep(
    session: Session,
    *,
    window: str,
    entered: dict[str, Any],
    by: int,
    now: datetime,
    announcement_id: int | None = None,
) -> None:
    """Keep the newest contents of a window. Contents without a word are not worth keeping."""
    if not str(entered.get("text") or "").strip():
        return
    announcements.keep_draft(
        session, window=window, owner_id=by, announcement_id=announcement_id, entered=entered, now=now
    )


def newest(session: Session, *, by: int) -> Draft | None:
    return next(iter(announcements.drafts_of(session, by)), None)


def sent(session: Session, *, window: str, by: int, now: datetime) -> None:
    """Its contents have been proposed; what is still heard of that window is not kept."""
    announcements.mark_sent(session, window=window, owner_id=by, now=now)


def throw_away(session: Session, *, window: str, by: int) -> bool:
    """True when there was one to throw away."""
    return announcements.drop_draft(session, window, by)
