"""Colours that can be read, by the contrast of WCAG 2.2 (w3.org/TR/WCAG22, 1.4.3: 4.5 to 1 for text)."""

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
NEARLY_BLACK: Colour = (16, 20, 24)
READABLE = 4.5


def of_hex(code: str) -> Colour:
    """`code` is "#1d4f73"."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 for the same colour to 21 for black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: Colour) -> Colour:
    """White or nearly black, whichever is read more easily; black where neither reaches 4.5."""
    ink = max((WHITE, NEARLY_BLACK), key=lambda colour: contrast(colour, ground))
    return ink if contrast(ink, ground) >= READABLE else (0, 0, 0)


def blended(over: Colour, under: Colour, share: float) -> Colour:
    """`share` of the colour over, the rest of the one under."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return red, green, blue


def quiet_ink(ink: Colour, ground: Colour) -> Colour:
    """A softer ink that can still be read on `ground`."""
    for percent in range(70, 100, 3):
        if contrast(softer := blended(ink, ground, percent / 100), ground) >= READABLE:
            return softer
    return ink


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
