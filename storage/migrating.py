"""Bring a database to the schema this code expects. Alembic is imported only when there is work to do."""

from storage.revisions import HEAD


def upgrade(url: str, to: str = HEAD) -> None:
    """Migrate in one transaction; nothing changes if any step fails. Safe to run twice at once.

    Raises MadeByNewerVersion.
    """
    from storage.migrations import running  # noqa: PLC0415 -- Alembic takes a third of a second to import

    running.upgrade(url, to)


def downgrade(url: str, to: str) -> None:
    """Back to an older revision, or "base" for none; whatever only newer ones hold is lost."""
    from storage.migrations import running  # noqa: PLC0415 -- as above

    running.downgrade(url, to)
