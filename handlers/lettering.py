"""The letters pictures are written in. Imports Pillow: import this where a picture is drawn, not before."""

import unicodedata
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """`weight` is "Medium" or "Bold", `size` in pixels."""
    return ImageFont.truetype(FONTS / f"InterDisplay-{weight}.otf", size)


@cache
def is_drawn(sign: str) -> bool:
    """Our letters have a shape for it; white space counts as drawn."""
    if sign.isspace():
        return True
    if unicodedata.category(sign)[0] == "C":
        return False
    letters = font("Medium", 40)
    return bytes(letters.getmask(sign)) != bytes(letters.getmask("\U0010fffe"))  # what no font holds
