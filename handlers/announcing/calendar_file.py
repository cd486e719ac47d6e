"""What is planned as an iCalendar file (RFC 5545). Imports icalendar: import this where a file is drawn."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar
from icalendar import Event as Component

from coop.announcing.feed import Event

# An announcement takes no time, and what takes none some calendars do not draw.
LASTS = timedelta(minutes=15)
REFRESHED = timedelta(hours=1)


def ics(events: Iterable[Event], *, network: str) -> bytes:
    file = Calendar()
    file.add("prodid", "-//Count Me In//Announcements//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", f"Announcements of {network}")
    file.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for event in events:
        file.add_component(_component(event))
    return bytes(file.to_ical())


def _component(event: Event) -> Component:
    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("dtstart", event.at)
    made.add("dtend", event.at + LASTS)
    made.add("summary", event.title)
    made.add("description", event.says)
    made.add("status", event.status)
    made.add("sequence", event.revision)
    made.add("transp", "TRANSPARENT")  # nobody is busy because something is announced
    return made
