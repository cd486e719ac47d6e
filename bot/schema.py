"""Is the schema the one this code expects? SQLite is brought up to date, PostgreSQL by command only."""

from sqlalchemy.exc import SQLAlchemyError

from storage import migrating, revisions
from storage.database import Database


class SchemaOld(Exception):
    """The text says what to type."""


def prepare(database: Database) -> None:
    """Raises SchemaOld where a person has to act."""
    try:
        with database.read() as session:
            found = revisions.current(session)
    except SQLAlchemyError as trouble:
        reason = type(trouble).__name__
        raise SchemaOld(
            f"The database cannot be opened ({reason}), so nothing changed. Check DATABASE_URL."
        ) from None
    if found == revisions.HEAD:
        return
    if not database.is_sqlite:
        raise SchemaOld(
            f"The database's schema is {found or 'not made yet'}, this version needs {revisions.HEAD}. "
            "Make a backup, then type `countmein migrate`. Nothing was changed."
        )
    try:
        migrating.upgrade(database.url.render_as_string(hide_password=False))
    except revisions.MadeByNewerVersion as ahead:
        raise SchemaOld(str(ahead)) from None
