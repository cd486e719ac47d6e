"""Bring a database to the schema this code expects. Alembic is imported only when there is work to do."""

from sqlalchemy import Connection, MetaData, Table, inspect, select
from sqlalchemy.orm import Session

from storage.database import Database

HEAD = "0001"  # the newest revision in storage/migrations/versions; a test holds it so


class MadeByNewerVersion(Exception):
    """The database is ahead of this program; nothing was changed."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at revision {revision}, which this version of Count Me In does not know. "
            f"Nothing was changed. Install the newer version it was last used with."
        )


def head() -> str:
    return HEAD


def current(url: str) -> str | None:
    """The revision of the database at `url`; None when it has none yet."""
    database = Database(url, readers=1)
    try:
        with database.read() as session:
            return revision(session)
    finally:
        database.dispose()


def revision(session: Session) -> str | None:
    return revision_at(session.connection())


def revision_at(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    versions = Table("alembic_version", MetaData(), autoload_with=connection)
    return connection.scalar(select(versions.c.version_num))


def upgrade(url: str, to: str = HEAD) -> None:
    """Migrate in one transaction; nothing changes if any step fails. Safe to run twice at once."""
    from storage.migrations import running  # noqa: PLC0415 -- Alembic takes a third of a second to import

    running.upgrade(url, to)


def downgrade(url: str, to: str) -> None:
    """Back to an older revision, or "base" for none; whatever only newer ones hold is lost."""
    from storage.migrations import running  # noqa: PLC0415 -- as above

    running.downgrade(url, to)
