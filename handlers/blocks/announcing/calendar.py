"""`/announce list week` and `/announce list month`: day by day what is sent, coming, held and waiting."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from coop import words
from coop.announcing import networks, times
from coop.announcing.calendar import Days, Entry, Standing
from coop.announcing.content import Target
from coop.announcing.spans import Length, Span
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, within
from handlers.blocks.announcing.buttons import OPEN
from handlers.blocks.announcing.page import Page
from handlers.blocks.announcing.series import OPEN as OPEN_SERIES
from handlers.blocks.message import File, Message

THIS_WEEK = "announcing.calendar.week"
THIS_MONTH = "announcing.calendar.month"
TURN_BACK = "announcing.calendar.back"
TURN_ON = "announcing.calendar.next"
MORE = "announcing.calendar.more"
PICTURE = "announcing.calendar.picture"
PICTURE_OF_MONTH = "announcements_picture"
IN_WORDS, IN_ALT_TEXT = 2_500, 1_000  # characters; the second is Slack's limit for a file
AT_ONCE = 8  # of the longest lines, which with their headings stay under Slack's 4,000 characters
LONGEST_TITLE, LONGEST_STANDINGS = 100, 220
NOT_YET = "No time yet: as soon as approved"


def calendar(found: Days, scene: Scene, *, after: int = 0) -> Message:
    """Some of a week or month, each with the button that opens it; `after` is how many came before."""
    page = Page()
    listed = [*found.entries, *found.undated]
    shown = listed[after : after + AT_ONCE]
    page.remark(_opening(found, listed))
    heading = ""
    for entry in shown:
        if heading != (heading := _heading(found, entry)):
            page.heading(heading)
        page.item(told(entry, found, scene), accessory=_open(entry, found))
    _turn(page, found.span, after=after + len(shown), left=len(listed) - after - len(shown))
    return Message("\n".join(page.lines), tuple(page.blocks))


def this_week_and_month(but: Length | None = None) -> list[dict[str, Any]]:
    """The buttons that lead to today's week and month."""
    named = {Length.WEEK: (THIS_WEEK, "This week"), Length.MONTH: (THIS_MONTH, "This month")}
    return [
        elements.button(label, action_id=action_id, names=f"{label}: announcements day by day", value=length)
        for length, (action_id, label) in named.items()
        if length is not but
    ]


def picture(found: Days, scene: Scene, png: bytes) -> Message:
    """The month as a picture, and in words beside it and behind it."""
    which = said(found.span)
    lines = [_plainly(entry, found) for entry in found.entries] or ["Nothing is announced."]
    spoken = _as_many(lines, IN_ALT_TEXT - 120)
    shown = _as_many([elements.escape(line) for line in lines], IN_WORDS)
    text = "\n".join([f"*Announcements, {which}, as a picture.* In words:", *shown])
    alt_text = " ".join(
        [f"Calendar of announcements of {scene.settings.network_name[:60]}, {which}.", *spoken]
    )
    file = File(f"announcements-{found.span.first:%Y-%m}.png", png, alt_text[:IN_ALT_TEXT])
    return Message(text, (elements.section(text),), file)


def picture_coming() -> Message:
    return Message("The picture comes to you by direct message.")


def picture_refused() -> Message:
    return Message(
        "You asked for the month as a picture, but you are not on the steering group any more, so I have not "
        "sent it."
    )


def _plainly(entry: Entry, found: Days) -> str:
    """Such as "30 March, 9:00am: Leeds meetup (coming)."."""
    day, clock = found.day_of(entry), ""
    if day and entry.at:
        at = words.at(entry.at.astimezone(ZoneInfo(found.zone)).time())
        clock = f"{day.day} {words.on(day).split()[1]}, {at}: "
    return f"{clock}{entry.title} ({words.listed(list(entry.standings))})."


def _as_many(lines: Sequence[str], limit: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > limit:
            return [*kept, f"And {len(lines) - len(kept)} more: type `/announce list month`."]
        kept.append(line)
    return kept


def said(span: Span) -> str:
    """Such as "22 to 28 March 2027", "March 2027"."""
    if span.length is Length.MONTH:
        return words.on(span.first).split(" ", 1)[1]
    first, last = words.on(span.first).split(), words.on(span.last).split()
    while first and first[-1] == last[-1] and len(first) > 1:
        first.pop()
        last = last[:-1]
    return f"{' '.join(first)} to {words.on(span.last)}"


def told(entry: Entry, found: Days, scene: Scene) -> str:
    """Such as "*9:00am* “Leeds meetup”, as @Fenmarch on X: coming."."""
    clock = f"*{words.at(entry.at.astimezone(ZoneInfo(found.zone)).time())}* " if entry.at else ""
    return f"{clock}“{within(entry.title, LONGEST_TITLE)}”, {standings(entry, scene)}."


def standings(entry: Entry, scene: Scene) -> str:
    """Where it stands, place by place where that differs."""
    places: dict[Standing, list[Target]] = {}
    for part in entry.parts:
        places.setdefault(part.standing, []).append(part.target)
    told = [f"{networks.places(targets, scene.settings)}: {standing}" for standing, targets in places.items()]
    return "; ".join(_fitting(told))


def _fitting(told: list[str]) -> list[str]:
    """As many as a line takes; the announcement itself, opened, says them all."""
    kept = told[:1]
    for one in told[1:]:
        if sum(map(len, kept)) + len(one) > LONGEST_STANDINGS:
            return [*kept, f"{len(told) - len(kept)} more when you open it"]
        kept.append(one)
    return kept


def _opening(found: Days, listed: Sequence[Entry]) -> str:
    which = said(found.span)
    if not listed:
        return f"Nothing is announced in {'the week ' if found.span.length is Length.WEEK else ''}{which}."
    return (
        f"*Announcements, {which}: {len(listed)}.* Times are {times.zone_said(found.zone)}. "
        "Days with nothing are left out."
    )


def _heading(found: Days, entry: Entry) -> str:
    day = found.day_of(entry)
    if day is None:
        return NOT_YET
    return f"{words.weekday(day)} {words.on(day)}{', today' if day == found.today else ''}"


def _turn(page: Page, span: Span, *, after: int, left: int) -> None:
    if left:
        page.remark(f"There {'is' if left == 1 else 'are'} {left} more in {said(span)}.")
        page.blocks.append(elements.actions(_button("Show more", MORE, span, after=after)))
    page.blocks.append(
        elements.actions(
            *(_button(label, action, there) for label, action, there in _neighbours(span)),
            *this_week_and_month(),
            *([_button("As a picture", PICTURE, span)] if span.length is Length.MONTH else []),
        )
    )


def _neighbours(span: Span) -> list[tuple[str, str, Span]]:
    return [("Back", TURN_BACK, span.before), ("Next", TURN_ON, span.after)]


def _button(label: str, action_id: str, span: Span, *, after: int = 0) -> dict[str, Any]:
    """Its value is what `read` in handlers/announcing/calendar.py reads."""
    names = f"{label}: announcements, {said(span)}"
    return elements.button(label, action_id=action_id, names=names, value=f"{span}:{after}")


def _open(entry: Entry, found: Days) -> dict[str, Any]:
    day: date | None = found.day_of(entry)
    when = f"{words.weekday(day)[:3]} {day.day} {words.on(day).split()[1]}" if day else "as soon as approved"
    if entry.series_id is not None:
        names = f"Open: series, {when}: {entry.title}"
        return elements.button("Open", action_id=OPEN_SERIES, names=names, value=str(entry.series_id))
    return elements.button(
        "Open", action_id=OPEN, names=f"Open: {entry.title}, {when}", value=str(entry.announcement_id)
    )
