"""Which revision of the schema a database is at, and which one this code expects. Alembic is not imported."""

from sqlalchemy import Connection, MetaData, Table, inspect, select
from sqlalchemy.orm import Session

from storage.database import Database

HEAD = "0010"  # the newest revision in storage/migrations/versions; a test holds it so


class MadeByNewerVersion(Exception):
    """The database is ahead of this program; nothing was changed."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this version of Count Me In does not know. "
            f"Nothing was changed. Install the newer version it was last used with."
        )


def current(session: Session) -> str | None:
    """The revision of the session's database; None when it has none yet."""
    return on(session.connection())


def on(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    versions = Table("alembic_version", MetaData(), autoload_with=connection)
    return connection.scalar(select(versions.c.version_num))


def at(url: str) -> str | None:
    """The revision of the database at `url`; None when it has none yet."""
    database = Database(url, readers=1)
    try:
        with database.read() as session:
            return current(session)
    finally:
        database.dispose()
