"""Somebody's word about one exact content: it stands until it is voided, and counts once."""

from sqlalchemy import Index, text

_UNVOIDED = text("voided_at IS NULL")


def once_until_voided(name: str, *columns: str) -> Index:
    """Of equal ones only one stands at a time."""
    return Index(name, *columns, unique=True, sqlite_where=_UNVOIDED, postgresql_where=_UNVOIDED)
