"""The marks by which a month's picture tells where things stand: each has a shape and a colour of its own."""

from collections.abc import Callable

from PIL import ImageDraw

from coop.announcing.calendar import Standing
from handlers.colours import WHITE, Colour

SIZE = 18
GREEN: Colour = (22, 112, 62)
BLUE: Colour = (29, 79, 153)
AMBER: Colour = (150, 84, 0)
RED: Colour = (176, 32, 36)
GREY: Colour = (88, 96, 105)
Shape = Callable[[ImageDraw.ImageDraw, int, int, Colour], None]


def draw_mark(draw: ImageDraw.ImageDraw, standing: Standing, at: tuple[int, int]) -> None:
    shape, colour = MARKS[standing]
    shape(draw, *at, colour)


def _ticked(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.ellipse([x, y, x + SIZE, y + SIZE], fill=colour)
    draw.line([x + 4, y + 9, x + 8, y + 13, x + 14, y + 5], fill=WHITE, width=3)


def _square_ticked(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.rectangle([x, y, x + SIZE, y + SIZE], outline=colour, width=2)
    draw.line([x + 4, y + 9, x + 8, y + 13, x + 14, y + 5], fill=colour, width=3)


def _disc(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.ellipse([x, y, x + SIZE, y + SIZE], fill=colour)


def _ring(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.ellipse([x, y, x + SIZE, y + SIZE], outline=colour, width=3)


def _half(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.ellipse([x, y, x + SIZE, y + SIZE], outline=colour, width=3)
    draw.pieslice([x, y, x + SIZE, y + SIZE], 90, 270, fill=colour)


def _dots(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    for left, top in ((x + 6, y), (x + 12, y + 6), (x + 6, y + 12), (x, y + 6)):
        draw.ellipse([left, top, left + 6, top + 6], fill=colour)


def _dash(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.line([x + 1, y + 9, x + SIZE - 1, y + 9], fill=colour, width=4)


def _back(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.line([x + SIZE, y + 9, x + 3, y + 9], fill=colour, width=3)
    draw.line([x + 9, y + 2, x + 2, y + 9, x + 9, y + 16], fill=colour, width=3)


def _bars(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    for left in (x + 2, x + 11):
        draw.rectangle([left, y, left + 5, y + SIZE], fill=colour)


def _pen(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.line([x + 2, y + 16, x + 16, y + 2], fill=colour, width=5)
    draw.line([x, y + SIZE, x + SIZE, y + SIZE], fill=colour, width=2)


def _unsure(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.polygon([(x + 9, y), (x + SIZE, y + SIZE), (x, y + SIZE)], outline=colour, width=3)


def _crossed(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.line([x + 2, y + 2, x + 16, y + 16], fill=colour, width=4)
    draw.line([x + 16, y + 2, x + 2, y + 16], fill=colour, width=4)


def _fallen(draw: ImageDraw.ImageDraw, x: int, y: int, colour: Colour) -> None:
    draw.line([x + 9, y, x + 9, y + 15], fill=colour, width=3)
    draw.line([x + 2, y + 9, x + 9, y + 16, x + 16, y + 9], fill=colour, width=3)


# What was withdrawn is not in the calendar.
MARKS: dict[Standing, tuple[Shape, Colour]] = {
    Standing.SENT: (_ticked, GREEN),
    Standing.TAKEN_DOWN: (_fallen, GREY),
    Standing.COMING: (_disc, BLUE),
    Standing.PLANNED_APPROVED: (_half, BLUE),
    Standing.WAITING: (_ring, BLUE),
    Standing.PLANNED: (_dots, BLUE),
    Standing.SKIPPED: (_dash, GREY),
    Standing.SENT_BACK: (_back, AMBER),
    Standing.HELD: (_bars, AMBER),
    Standing.BY_HAND: (_pen, AMBER),
    Standing.IN_DOUBT: (_unsure, RED),
    Standing.REFUSED: (_crossed, RED),
    Standing.REHEARSED: (_square_ticked, GREY),
}
