"""GET /calendar/<secret>.ics: what is planned, for the calendars of the steering group.

Whoever does not know a secret learns nothing, whatever they ask: 404. Nothing here is logged, and the address
is in no error: it is the secret.
"""

import asyncio
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from coop.announcing import calendar_address, feed
from coop.announcing.moment import Moment
from coop.settings import Settings
from storage.database import Busy, Database

PATH = "/calendar/{secret}.ics"
SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
IN_HAND = 4  # more at once are told to come again: a flood of them must not keep anybody in Slack waiting
FRESH = timedelta(seconds=30)
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
NOT_FOUND = Response("There is nothing here.", 404)
LATER = Response("Please come again in a minute.", 503, headers={"Retry-After": "60"})


@dataclass
class CalendarFeed:
    """Who may read is asked each time; what they read is the same for all, drawn at most twice a minute."""

    database: Database
    settings: Settings
    now: Callable[[], datetime]
    _in_hand: int = 0
    _drawing: threading.Lock = field(default_factory=threading.Lock)
    _drawn: tuple[datetime, bytes] | None = None

    async def answer(self, request: Request) -> Response:
        secret = request.path_params["secret"]
        if not SHAPE.fullmatch(secret):
            return NOT_FOUND
        if self._in_hand >= IN_HAND:
            return LATER
        self._in_hand += 1
        try:
            content = await asyncio.to_thread(self._read_by, secret)
        except (SQLAlchemyError, Busy):
            return LATER
        finally:
            self._in_hand -= 1
        if content is None:
            return NOT_FOUND
        return Response(content, headers={**HEADERS, "Content-Type": "text/calendar; charset=utf-8"})

    def _read_by(self, secret: str) -> bytes | None:
        moment = Moment(self.now(), self.settings)
        with self.database.read() as session:
            if not calendar_address.may_read(session, secret=secret, moment=moment):
                return None
        with self._drawing:
            if self._drawn is None or not self._drawn[0] <= moment.now < self._drawn[0] + FRESH:
                self._drawn = moment.now, self._draw(moment)
            return self._drawn[1]

    def _draw(self, moment: Moment) -> bytes:
        from handlers.announcing import calendar_file  # noqa: PLC0415 -- icalendar only where somebody asks

        with self.database.read() as session:
            found = feed.events(session, moment=moment)
        return calendar_file.ics(found, network=self.settings.network_name)
