"""The membership card as a picture. Imports Pillow: import this module where a card is drawn, not before."""

import io
import math
import unicodedata
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from handlers import colours, lettering
from handlers.colours import Colour
from handlers.lettering import is_drawn

WIDTH, HEIGHT = 1200, 757  # the proportions of a bank card (ISO/IEC 7810 ID-1)
FINE = 2  # drawn this much larger, then scaled down, so that round things are round
MARGIN = 72
TEXT_WIDTH = 620  # ends where the dots begin
NAME_SIZES = range(104, 30, -4)
DOTS = 300
DOT, LIT, STEP = 6.5, 13.0, 17.5
TURN = math.pi * (3 - math.sqrt(5))  # the angle by which a sunflower sets its seeds
VISIBLE_EDGE = 1.3  # against white, less than this and nobody sees where the card ends
EDGE: Colour = (205, 208, 212)


@dataclass(frozen=True)
class Card:
    """`colour` is "#1d4f73"; `motto` one short line."""

    network: str
    name: str
    number: int
    since: str
    motto: str
    colour: str


def png(card: Card) -> bytes:
    ground = colours.of_hex(card.colour)
    ink = colours.ink_on(ground)
    picture = _ground(ground, ink)
    draw = ImageDraw.Draw(picture)
    _dots(draw, card.number, ground, ink)
    _words(draw, card, ink, colours.quiet_ink(ink, ground))
    if colours.contrast(ground, colours.WHITE) < VISIBLE_EDGE:
        draw.rectangle([0, 0, WIDTH * FINE - 1, HEIGHT * FINE - 1], outline=EDGE, width=3 * FINE)
    small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "PNG")
    return file.getvalue()


def drawable(name: str) -> str:
    """The part of a name our letters can draw; "" when letters of it are missing, which would misspell it.

    Signs that are no letters, such as emoji, are left out.
    """
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(sign for sign in composed if is_drawn(sign) or _is_letter(sign))
    return " ".join(kept.split()) if all(is_drawn(sign) for sign in kept) else ""


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return lettering.font(weight, size * FINE)


def _ground(ground: Colour, ink: Colour) -> Image.Image:
    """The network's colour, a little deeper towards the bottom, always away from the ink."""
    deeper = colours.blended((0, 0, 0) if sum(ink) > sum(ground) else (255, 255, 255), ground, 0.22)
    column = Image.new("RGB", (1, HEIGHT * FINE))
    for y in range(HEIGHT * FINE):
        column.putpixel((0, y), colours.blended(deeper, ground, y / (HEIGHT * FINE)))
    return column.resize((WIDTH * FINE, HEIGHT * FINE))


def _dots(draw: ImageDraw.ImageDraw, number: int, ground: Colour, ink: Colour) -> None:
    """A sunflower of equal dots, one of them lit: the member among all the others."""
    seeds = [(STEP * math.sqrt(seed + 0.5), seed * TURN) for seed in range(DOTS)]
    places = [(1010 + away * math.cos(turn), HEIGHT / 2 + away * math.sin(turn)) for away, turn in seeds]
    visible = [place for place in places if place[0] < WIDTH - 2 * LIT]
    mine = visible[number % len(visible)]
    quiet = colours.blended(ink, ground, 0.18)
    for place in places:
        _dot(draw, place, *((LIT, ink) if place == mine else (DOT, quiet)))


def _dot(draw: ImageDraw.ImageDraw, place: tuple[float, float], radius: float, colour: Colour) -> None:
    (x, y) = place
    box = [(x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE]
    draw.ellipse(box, fill=colour)


def _words(draw: ImageDraw.ImageDraw, card: Card, ink: Colour, quiet: Colour) -> None:
    network, size = _fitted(card.network, "Medium", range(40, 18, -2), lines=2)
    _write(draw, network, (MARGIN, MARGIN), ("Medium", size), ink)
    title = drawable(card.name) or f"Member {card.number}"
    lines, size = _fitted(title, "Bold", NAME_SIZES, lines=3)
    height = round(size * 1.08) * len(lines)
    top = HEIGHT // 2 - height // 2 - 6
    _write(draw, lines, (MARGIN, top), ("Bold", size), ink)
    facts = f"Member {card.number}  ·  since {card.since}" if drawable(card.name) else f"since {card.since}"
    _write(draw, [facts], (MARGIN, top + height + 22), ("Medium", 36), ink)
    motto, size = _fitted(card.motto, "Medium", range(30, 18, -2), lines=2)
    bottom = HEIGHT - MARGIN - round(size * 1.2) * len(motto)
    _write(draw, motto, (MARGIN, bottom), ("Medium", size), quiet)


def _write(
    draw: ImageDraw.ImageDraw, lines: list[str], at: tuple[int, int], font: tuple[str, int], ink: Colour
) -> None:
    weight, size = font
    for number, line in enumerate(lines):
        y = at[1] + number * round(size * 1.1)
        draw.text((at[0] * FINE, y * FINE), line, font=_font(weight, size), fill=ink)


def _fitted(text: str, weight: str, sizes: range, *, lines: int) -> tuple[list[str], int]:
    """The text in at most so many lines, as large as it goes; broken inside a word only at the smallest."""
    for size in sizes:
        wrapped = _wrapped(text.split(), " ", _font(weight, size))
        allowed = lines if size < sizes[len(sizes) // 2] else min(lines, 2)
        if len(wrapped) <= allowed and all(
            _width(line, _font(weight, size)) <= TEXT_WIDTH for line in wrapped
        ):
            return wrapped, size
    smallest = sizes[-1]
    broken = _wrapped(list(text), "", _font(weight, smallest))
    if len(broken) > lines:
        broken = [*broken[: lines - 1], broken[lines - 1][:-1] + "…"]
    return broken, smallest


def _wrapped(pieces: list[str], between: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]}{between}{piece}" if lines[-1] else piece
        if lines[-1] and _width(longer, font) > TEXT_WIDTH:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


def _width(line: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(line) / FINE
