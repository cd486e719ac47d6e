"""What the pictures of an announcement are, by their own first bytes, and which of them a network takes."""

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coop.publishing import Image

JPEG, PNG, GIF, WEBP = "JPEG", "PNG", "GIF", "WebP"
TYPES = {JPEG: "image/jpeg", PNG: "image/png", GIF: "image/gif", WEBP: "image/webp"}
_ENDINGS = {JPEG: "jpg", PNG: "png", GIF: "gif", WEBP: "webp"}
# Of JPEG's markers those that begin a frame and so tell its size; 0xC4, 0xC8 and 0xCC mean other things.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Shape:
    kind: str
    width: int
    height: int

    @property
    def content_type(self) -> str:
        return TYPES[self.kind]

    @property
    def ending(self) -> str:
        return _ENDINGS[self.kind]


@dataclass(frozen=True)
class Limits:
    """What one network takes: `sizes` in bytes, by kind; a kind that is not there is not taken."""

    network: str
    sizes: Mapping[str, int]
    alt_text: int
    pictures: int = 4
    pixels: int | None = None
    gif_alone: bool = False


def shape(content: bytes) -> Shape | None:
    """None for what is none of the four kinds, or is broken before it says how large it is."""
    try:
        return _shape(content)
    except (struct.error, IndexError):
        return None


def refusals(images: tuple[Image, ...], limits: Limits) -> Iterator[str]:
    """A sentence for everything about the pictures that the network does not take."""
    if len(images) > limits.pictures:
        yield f"It has {len(images)} pictures, and {limits.network} takes {limits.pictures}: leave some out."
    shapes = [shape(image.data) for image in images]
    for number, (image, its) in enumerate(zip(images, shapes, strict=True), 1):
        called = f"Picture {number}" if len(images) > 1 else "The picture"
        yield from (f"{called} {said}" for said in _refusals(image, its, limits))
    if limits.gif_alone and len(images) > 1 and any(its and its.kind == GIF for its in shapes):
        yield f"{limits.network} takes a GIF only by itself: leave the other pictures out."


def _refusals(image: Image, its: Shape | None, limits: Limits) -> Iterator[str]:
    if its is None:
        yield f"can't be read as {_kinds(limits)}: share it in Slack again, or use another."
    elif its.kind not in limits.sizes:
        yield f"is a {its.kind}, and {limits.network} takes {_kinds(limits)}: save it as a PNG."
    elif len(image.data) > (most := limits.sizes[its.kind]):
        has, takes = _size(len(image.data), most), _size(most, most)
        yield f"has {has}, and {limits.network} takes {takes}: make it smaller."
    elif limits.pixels and its.width * its.height > limits.pixels:
        yield (
            f"has {its.width:,} by {its.height:,} points, {_millions(its.width * its.height)} in all, and "
            f"{limits.network} takes {_millions(limits.pixels)}: make it smaller."
        )
    if len(image.alt_text) > limits.alt_text:
        yield (
            f"has an alt text of {len(image.alt_text):,} characters, and {limits.network} takes "
            f"{limits.alt_text:,}: shorten it."
        )


def _shape(content: bytes) -> Shape | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Shape(PNG, *struct.unpack_from(">II", content, 16))
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return Shape(GIF, *struct.unpack_from("<HH", content, 6))
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> Shape | None:
    at = 2
    while content[at] == 0xFF:
        if content[at + 1] == 0xFF:  # a marker may begin with any number of these
            at += 1
            continue
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return Shape(JPEG, width, height)
        at += 2 + int(struct.unpack_from(">H", content, at + 2)[0])
    return None


def _webp(content: bytes) -> Shape | None:
    """https://developers.google.com/speed/webp/docs/riff_container: plain, lossless or extended."""
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return Shape(WEBP, width & 0x3FFF, height & 0x3FFF)
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", content, 21)
            return Shape(WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8X":
            low, high, above = struct.unpack_from("<HHH", content, 24)  # two numbers of three bytes each
            return Shape(WEBP, (low | (high & 0xFF) << 16) + 1, (high >> 8 | above << 8) + 1)
    return None


def _kinds(limits: Limits) -> str:
    *others, last = limits.sizes
    return f"{', '.join(others)} or {last}" if others else last


def _size(count: int, most: int) -> str:
    """Such as "5.1 MB", rounded up; as the limit counts them, of 1,000,000 bytes or of 1,048,576."""
    unit = 1_000_000 if most % 1_000_000 == 0 else 1024 * 1024
    return f"{math.ceil(count / unit * 10) / 10:g} MB"


def _millions(count: int) -> str:
    return f"{math.ceil(count / 100_000) / 10:g} million"
