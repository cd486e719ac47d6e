"""Small pictures with the right first bytes, and as many bytes as a test wants."""

import hashlib
import struct
import zlib

from coop.publishing import Image


def png(width: int = 2, height: int = 2, size: int = 0) -> bytes:
    """A whole picture; what is behind its end, up to `size` bytes, no reader looks at."""
    rows = (b"\0" + b"\x1d\x4f\x73" * width) * height if width * height < 10_000 else b""
    made = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
    return made.ljust(size, b"\0")


def gif(size: int = 0) -> bytes:
    return (b"GIF89a" + struct.pack("<HH", 3, 2) + b"\0\0\0;").ljust(size, b"\0")


def jpeg() -> bytes:
    """With a comment before the frame, as cameras write."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"\xff\xc0\0\0"
    frame = b"\xff\xff\xc2" + struct.pack(">HBHH", 11, 8, 20, 30) + b"\1\1\x11\0"
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"


def webp(kind: bytes = b"VP8X") -> bytes:
    """Twelve by eight points, in one of the format's three ways of saying so."""
    inside = {
        b"VP8X": b"\0\0\0\0" + (11).to_bytes(3, "little") + (7).to_bytes(3, "little"),
        b"VP8L": b"\x2f" + struct.pack("<I", 11 | 7 << 14),
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 12, 8),
    }[kind]
    return (
        b"RIFF"
        + struct.pack("<I", 12 + len(inside))
        + b"WEBP"
        + kind
        + struct.pack("<I", len(inside))
        + inside
    )


def image(content: bytes, alt_text: str = "A map of Fenmarch") -> Image:
    return Image(hashlib.sha256(content).hexdigest(), "image/png", alt_text, content)


TWO = (image(png(3, 2)), image(png(5, 4), "Asha & Bryn <holding> the “new” flag"))
