"""What a file is, told from its bytes alone."""

import io
import struct
import zlib

import pytest
from PIL import Image

from handlers.announcing import picture_check
from handlers.announcing.picture_check import Unfit, shape_of
from tests.handlers.announcing.drawn import LEEDS, OXMERE, moving, picture

BROKEN = "is broken or not whole. Save it again, or choose another one."
NO_PICTURE = "is not a picture I can send: JPEG, PNG, GIF and WebP are."
MOVES = "moves, and I can only send pictures that stand still. Choose another one."


def claiming(width, height):
    """A small PNG that says it unpacks to so many pixels."""
    head = b"IHDR" + struct.pack(">II", width, height) + LEEDS[24:29]
    return LEEDS[:12] + head + struct.pack(">I", zlib.crc32(head)) + LEEDS[33:]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (moving("MPO"), "image/jpeg"),  # as phones make them: a JPEG with another one behind it
    ],
)
def test_each_kind_is_told_with_its_size(content, kind):
    shape = shape_of(content)
    assert (shape.content_type, shape.width, shape.height) == (kind, 40, 30)


def taken_somewhere(kind, tags):
    placed = Image.new("RGB", (40, 30))
    exif = placed.getexif()
    exif[0x8825] = tags
    held = io.BytesIO()
    placed.save(held, kind, exif=exif)
    return held.getvalue()


THERE = {1: "N", 2: (53.0, 48.0, 2.0), 3: "W", 4: (1.0, 32.0, 57.0)}
XMP = b'<rdf:Description exif:GPSLatitude="53,48.03N"/>'


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        *[(taken_somewhere(kind, THERE), True) for kind in ("JPEG", "PNG", "WEBP")],
        (taken_somewhere("JPEG", {0: b"\x02\x03\x00\x00"}), False),
        (OXMERE[:2] + b"\xff\xe1" + struct.pack(">H", len(XMP) + 2) + XMP + OXMERE[2:], True),
        (OXMERE, False),
    ],
)
def test_a_file_that_says_where_it_was_taken_is_told(content, tells):
    assert shape_of(content).tells_place is tells


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", NO_PICTURE),
        (b"<html>Log in</html>", NO_PICTURE),
        (picture("BMP"), NO_PICTURE),
        (picture("TIFF"), NO_PICTURE),
        *[(whole[: len(whole) * 2 // 3], BROKEN) for whole in (LEEDS, OXMERE, picture("WEBP", (90, 90)))],
        (LEEDS[:45] + b"\0" * 20 + LEEDS[65:], BROKEN),
        *[(moving(kind), MOVES) for kind in ("GIF", "WEBP", "PNG")],
        (claiming(8_000, 6_000), "has 48 megapixels, and 40 are the most I can take. Make it smaller."),
        (claiming(60_000, 60_000), "has far more than 40 megapixels, and 40 are the most I can take. Make it smaller."),
        (LEEDS.ljust(picture_check.MOST_BYTES + 1), "is larger than 10 MB. Make it smaller."),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_and_says_why(content, why):
    with pytest.raises(Unfit) as refused:
        shape_of(content)
    assert str(refused.value) == why
