"""What stood in a window that was closed or refused is kept, so that nobody types it twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coop.announcing import content
from storage import drafts
from storage.drafts import Draft

TEXT, PICTURES, SET_ASIDE = "text", "pictures", "set_aside"


def keep(
    session: Session,
    *,
    window: str,
    entered: dict[str, Any],
    by: int,
    now: datetime,
    announcement_id: int | None = None,
) -> dict[str, Any]:
    """Keep the newest contents of a window. Without a word or a picture they are not worth keeping.

    `entered` is of the fields it shows; what was typed into others is set aside. Returns both.
    """
    kept = drafts.draft(session, window, by)
    whole = with_set_aside(kept.entered if kept else {}, entered)
    if title(whole):
        drafts.keep(
            session, window=window, owner_id=by, announcement_id=announcement_id, entered=whole, now=now
        )
    return whole


def with_set_aside(before: Mapping[str, Any], entered: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a window, and what stood in fields that it shows no more."""
    shown = {name: value for name, value in entered.items() if name != SET_ASIDE}
    known = {**before.get(SET_ASIDE, {}), **before, **entered.get(SET_ASIDE, {})}
    aside = {
        name: value for name, value in known.items() if value and name not in shown and name != SET_ASIDE
    }
    return {**shown, SET_ASIDE: aside} if aside else shown


def words_of(entered: Mapping[str, Any]) -> str:
    """The first words typed in a window, nothing where there are none."""
    fields = {**entered.get(SET_ASIDE, {}), **entered}
    typed = (str(value) for name, value in sorted(fields.items()) if value and name.startswith(TEXT))
    return next((words for words in typed if words.strip()), "")


def title(entered: Mapping[str, Any]) -> str:
    """By what people know it again: its first words, or its pictures where it has none yet."""
    if words := words_of(entered):
        return content.title(words)
    return ", ".join(str(picture["name"]) for picture in entered.get(PICTURES) or [])


def newest(session: Session, *, by: int) -> Draft | None:
    return next(iter(drafts.drafts_of(session, by)), None)


def sent(session: Session, *, window: str, by: int, now: datetime) -> None:
    """Its contents have been proposed; what is still heard of that window is not kept."""
    drafts.mark_sent(session, window=window, owner_id=by, now=now)


def throw_away(session: Session, *, window: str, by: int) -> bool:
    """True when there was one to throw away."""
    return drafts.drop(session, window, by)
