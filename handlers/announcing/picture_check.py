"""What a file really is, told from its bytes: its name and what Slack says of it prove nothing."""

import hashlib
import io
import threading
from typing import Any

from storage.pictures import Shape

MOST_PIXELS = 40_000_000
MOST_BYTES = 10 * 1024 * 1024  # what a field for files takes: docs.slack.dev, file input element
# A phone's JPEG may carry a second picture in it, for depth or brightness; to everybody it is a JPEG.
TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
OPENED = ("JPEG", "PNG", "GIF", "WEBP")
# Exif 2.32, 4.6.6: the pointer to what a camera knows of its place, and two things that stand there.
GPS, LATITUDE, LONGITUDE = 0x8825, 2, 4
XMP_PLACE = (b"exif:GPSLatitude", b"exif:GPSLongitude")
# Forty megapixels take 160 MB while they are looked at: one picture at a time.
_one_at_a_time = threading.Lock()


class Unfit(Exception):
    """It cannot be sent; the text ends a sentence that begins with the picture's name."""


def shape_of(content: bytes) -> Shape:
    """Look at all of it. Raises Unfit for what is no picture, is broken, moves, or is too large."""
    if len(content) > MOST_BYTES:
        raise Unfit("is larger than 10 MB. Make it smaller.")
    with _one_at_a_time:
        return Shape(hashlib.sha256(content).hexdigest(), *_looked_at(content))


def _looked_at(content: bytes) -> tuple[str, int, int, bool]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- nobody else waits for Pillow

    Image.init()  # `open` knows only some formats until then
    try:
        with Image.open(io.BytesIO(content), formats=OPENED) as image:
            _refuse(image)
            width, height = image.size
            image.draft(None, (max(1, width // 8), max(1, height // 8)))  # reads a JPEG whole, and quickly
            image.load()
            return TYPES[image.format or ""], width, height, _tells_place(image, content)
    except UnidentifiedImageError:
        raise Unfit("is not a picture I can send: JPEG, PNG, GIF and WebP are.") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(_too_many("far more than 40")) from None
    except Unfit:
        raise
    except Exception as broken:
        raise Unfit("is broken or not whole. Save it again, or choose another one.") from broken


def _tells_place(image: Any, content: bytes) -> bool:
    """Whether latitude and longitude stand in it, as cameras or as programs write them (Exif or XMP)."""
    if any(mark in content for mark in XMP_PLACE):
        return True
    try:
        place = image.getexif().get_ifd(GPS)
    except Exception:  # noqa: BLE001 -- what nobody can read tells nobody where it was
        return False
    return LATITUDE in place and LONGITUDE in place


def _refuse(image: Any) -> None:
    """What its first bytes say, before any of it is unpacked."""
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise Unfit(_too_many(f"{pixels / 1_000_000:.0f}"))
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise Unfit("moves, and I can only send pictures that stand still. Choose another one.")


def _too_many(megapixels: str) -> str:
    return f"has {megapixels} megapixels, and 40 are the most I can take. Make it smaller."
