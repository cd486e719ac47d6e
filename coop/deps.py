"""What every handler and rule is given: the two doors of the record, the clock, the settings, Slack."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop.crashpoints import crashpoint
from coop.errors import AlreadyDone
from coop.publishing import Publisher
from coop.settings import Settings
from storage import seen
from storage.database import Database


class Slack(Protocol):
    """The few Web API calls that handlers make themselves; everything slower is an outbox row."""

    def users_info(self, *, user: str) -> Any: ...

    def files_info(self, *, file: str) -> Any: ...

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> Any: ...

    def views_update(self, *, view_id: str, view: dict[str, Any]) -> Any: ...

    def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any: ...

    def conversations_open(self, *, users: str) -> Any: ...

    def chat_postMessage(self, *, channel: str, **message: Any) -> Any: ...  # noqa: N802 -- Slack's name

    def chat_postEphemeral(self, *, channel: str, user: str, **message: Any) -> Any: ...  # noqa: N802 -- Slack's name


class NotFetched(Exception):
    """A file somebody gave us did not come; the text says why, with nothing in it that people typed.

    `answered`: Slack did answer, with something else.
    """

    def __init__(self, why: str, *, too_large: bool = False, answered: bool = False) -> None:
        super().__init__(why)
        self.too_large, self.answered = too_large, answered


@dataclass(frozen=True)
class Deps:
    """`wake` lets the jobs look for what is due; `doubt` has Slack asked whether it still accepts us.

    `fetch(url, most)` reads a file that somebody gave us in Slack, or raises NotFetched; it is None where
    Slack has not granted the permission.
    """

    database: Database
    now: Callable[[], datetime]
    settings: Settings
    slack: Slack
    wake: Callable[[], None] = lambda: None
    doubt: Callable[[], None] = lambda: None
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    fetch: Callable[[str, int], bytes] | None = None

    def read(self) -> AbstractContextManager[Session]:
        return self.database.read()

    @contextmanager
    def write(self, once: str | None = None, *, act: str = "") -> Iterator[Session]:
        """One transaction, committed at the end; the sending jobs are woken after it.

        With `once`, raises AlreadyDone if a committed transaction has used that key before. `act` names two
        moments at which the evidence kills the process: before the commit, and after it.
        """
        with self.database.write() as session:
            if once is not None and not seen.claim(session, once, self.now()):
                raise AlreadyDone
            yield session
            crashpoint(f"{act}.written")
        crashpoint(f"{act}.committed")
        self.wake()

    def today(self) -> date:
        """The calendar date in the network's time zone."""
        return self.now().astimezone(ZoneInfo(self.settings.network_timezone)).date()
