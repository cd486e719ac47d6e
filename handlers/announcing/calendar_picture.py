"""A month of announcements as a picture. Imports Pillow: import this where a month is drawn, not before."""

import io
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from coop import words
from coop.announcing.calendar import Days, Entry
from handlers import colours
from handlers.announcing.calendar_marks import MARKS, draw_mark
from handlers.blocks.announcing import calendar as blocks
from handlers.colours import NEARLY_BLACK, WHITE, Colour
from handlers.lettering import font, is_drawn

WIDTH, MARGIN, TOP, FOOT = 1_680, 40, 190, 110
COLUMN, ROW = (WIDTH - 2 * MARGIN) // 7, 196
LINE, PADDING, INDENT, SHOWN = 34, 12, 30, 4
QUIET: Colour = (88, 96, 105)
RULE: Colour = (205, 208, 212)
OUTSIDE: Colour = (243, 244, 246)
NO_LETTERS = "(see the list)"


@dataclass(frozen=True)
class Month:
    """`colour` is "#1d4f73"; `found` is of a whole month."""

    found: Days
    network: str
    colour: str


def png(month: Month) -> bytes:
    monday = month.found.span.first - timedelta(days=month.found.span.first.weekday())
    weeks = (month.found.span.last - monday).days // 7 + 1
    picture = Image.new("RGB", (WIDTH, TOP + weeks * ROW + FOOT), WHITE)
    draw = ImageDraw.Draw(picture)
    _head(draw, month)
    for number in range(weeks * 7):
        _day(draw, month, monday + timedelta(days=number), (number % 7, number // 7))
    _legend(draw, TOP + weeks * ROW + 30)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _head(draw: ImageDraw.ImageDraw, month: Month) -> None:
    ground = colours.of_hex(month.colour)
    ink = colours.ink_on(ground)
    draw.rectangle([0, 0, WIDTH, 130], fill=ground)
    which = blocks.said(month.found.span)
    draw.text((MARGIN, 32), which, font=font("Bold", 56), fill=ink)
    room = WIDTH - 3 * MARGIN - _width(which, font("Bold", 56))
    name = fitted(month.network, room, font("Medium", 36))
    at = WIDTH - MARGIN - _width(name, font("Medium", 36))
    draw.text((at, 50), name, font=font("Medium", 36), fill=ink)
    for column in range(7):
        day = words.weekday(date(2024, 1, 1) + timedelta(days=column))  # a Monday
        draw.text((MARGIN + column * COLUMN + PADDING, 146), day, font=font("Medium", 24), fill=QUIET)


def _day(draw: ImageDraw.ImageDraw, month: Month, day: date, place: tuple[int, int]) -> None:
    found = month.found
    left, top = MARGIN + place[0] * COLUMN, TOP + place[1] * ROW
    is_inside = found.span.first <= day <= found.span.last
    box = [left, top, left + COLUMN, top + ROW]
    draw.rectangle(box, fill=WHITE if is_inside else OUTSIDE, outline=RULE)
    draw.text(
        (left + PADDING, top + 8),
        str(day.day),
        font=font("Bold", 26),
        fill=NEARLY_BLACK if is_inside else QUIET,
    )
    if day == found.today:
        inner = [left + 2, top + 2, left + COLUMN - 2, top + ROW - 2]
        draw.rectangle(inner, outline=NEARLY_BLACK, width=5)
        draw.text((left + PADDING + 44, top + 10), "Today", font=font("Bold", 24), fill=NEARLY_BLACK)
    if is_inside:
        _entries(
            draw,
            [entry for entry in found.entries if found.day_of(entry) == day],
            found.zone,
            (left, top + 46),
        )


def _entries(draw: ImageDraw.ImageDraw, entries: list[Entry], zone: str, at: tuple[int, int]) -> None:
    """As many as fit, with titles on lines of their own where a day has room for that; then how many more."""
    lines = 2 if len(entries) * 2 <= SHOWN else 1
    shown = entries if len(entries) <= SHOWN else entries[: SHOWN - 1]
    left, top = at[0] + PADDING, at[1]
    for number, entry in enumerate(shown):
        y = top + number * lines * LINE
        clock = words.at(entry.at.astimezone(ZoneInfo(zone)).time()) if entry.at else ""
        title = drawable(entry.title) or NO_LETTERS
        draw_mark(draw, entry.standings[0], (left, y + 5))
        if lines == 1:
            _write(draw, f"{clock} {title}", (left + INDENT, y + 3))
        else:
            _write(draw, clock, (left + INDENT, y + 3))
            _write(draw, title, (left, y + LINE))
    if left_out := len(entries) - len(shown):
        at_foot = (left + INDENT, top + len(shown) * LINE + 3)
        draw.text(at_foot, f"and {left_out} more", font=font("Bold", 20), fill=NEARLY_BLACK)


def _write(draw: ImageDraw.ImageDraw, text: str, at: tuple[int, int]) -> None:
    """No further than the column goes."""
    letters = font("Medium", 20)
    room = COLUMN - PADDING - (at[0] - MARGIN) % COLUMN
    draw.text(at, fitted(text, room, letters), font=letters, fill=NEARLY_BLACK)


def _legend(draw: ImageDraw.ImageDraw, top: int) -> None:
    left = MARGIN
    for standing in MARKS:
        if left + 28 + _width(standing, font("Medium", 20)) > WIDTH - MARGIN:
            left, top = MARGIN, top + LINE
        draw_mark(draw, standing, (left, top + 4))
        draw.text((left + 28, top), standing, font=font("Medium", 20), fill=QUIET)
        left += 28 + round(_width(standing, font("Medium", 20))) + 22


def fitted(text: str, room: float, letters: ImageFont.FreeTypeFont) -> str:
    """No wider than the room; cut between words where that leaves most of it."""
    if _width(text, letters) <= room:
        return text
    kept = text
    while kept and _width(f"{kept}…", letters) > room:
        kept = kept[:-1]
    at_word = kept.rsplit(" ", 1)[0]
    kept = at_word if len(at_word) > 0.7 * len(kept) else kept
    return f"{kept.rstrip(' ,;:.–-')}…"


def drawable(title: str) -> str:
    """The title without what our letters cannot draw; "" when more than a third of its letters are missing,
    for then nobody would know it again.
    """
    composed = unicodedata.normalize("NFC", title)
    kept = "".join(sign for sign in composed if is_drawn(sign))
    letters = [sum(unicodedata.category(sign)[0] in "LN" for sign in text) for text in (kept, composed)]
    return " ".join(kept.split()) if letters[0] * 3 >= letters[1] * 2 and letters[0] else ""


def _width(text: str, letters: ImageFont.FreeTypeFont) -> float:
    return letters.getlength(text)
