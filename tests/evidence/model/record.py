"""The model's record: made once with a steering group in it, copied for every run, and able to die."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from storage.base import Base
from storage.database import Database
from tests.announcing import Clock, Group, utc

BEGINS = utc(27, 9, 30)
PEOPLE = ("asha", "bryn", "carys", "dafydd")


class Killed(BaseException):
    """`kill -9`: nothing after it runs."""


class Dying:
    """A record whose writer is killed at the `left`-th commit from now, before it or after it."""

    def __init__(self, real: Database) -> None:
        self.real = real
        self.left, self.is_before = 0, False

    def read(self) -> AbstractContextManager[Session]:
        return self.real.read()

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self.real.write() as session:
            yield session
            dies = self.left == 1
            if dies and self.is_before:
                self.left = 0
                raise Killed
        self.left = max(self.left - 1, 0)
        if dies:
            raise Killed


class Standing(Group):
    """The people of a record that was copied."""

    def __post_init__(self) -> None:
        self.asha, self.bryn, self.carys, self.dafydd = range(1, 5)


class Template:
    """One database for all runs: a new one would compile each statement anew."""

    def __init__(self, folder: Path) -> None:
        self._full, self._kept = folder / "template.db", folder / "runs" / "record.db"
        self._kept.parent.mkdir()
        made = Database(f"sqlite:///{self._full}")
        Base.metadata.create_all(made.writer)
        group = Group(made, Clock(BEGINS))
        assert [getattr(group, name) for name in PEOPLE] == [1, 2, 3, 4]
        with made.writer.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        made.dispose()
        self.database = Database(f"sqlite:///{self._kept}")

    def copied(self) -> Database:
        self.database.dispose()
        for left in self._kept.parent.iterdir():
            left.unlink()
        shutil.copy(self._full, self._kept)
        return self.database
