"""What an author is told about a text for X before anybody approves it."""

import unicodedata
from collections.abc import Iterator

from coop import words
from coop.publishing import Checked, Content
from publishers import pictures
from publishers.x import media
from publishers.x import text as x_text


def checked(content: Content, link_price: int) -> Checked:
    """`fits_until` points into the composed text (NFC), which is what leaves."""
    text = unicodedata.normalize("NFC", content.text)
    measured = x_text.measure(text)
    return Checked(
        length=measured.length,
        limit=x_text.LIMIT,
        fits_until=measured.fits_until,
        warnings=tuple(_warnings(text, link_price)),
        refusals=tuple(_refusals(content, text)),
        links=tuple(dict.fromkeys(x_text.links(text))),
    )


def _refusals(content: Content, text: str) -> Iterator[str]:
    if not text.strip():
        yield "There are no words in it: X takes no empty post."
    if odd := x_text.odd_characters(text):
        yield f"X refuses {words.listed(odd)}: take out what you cannot see, or type the text again."
    if not x_text.measurable(text) and len(text) <= x_text.MOST_CODE_POINTS:
        yield f"It has more than {x_text.MOST_DOTS} full stops, so its length cannot be told: use fewer."
    yield from pictures.refusals(content.images, media.LIMITS)


def _warnings(text: str, link_price: int) -> Iterator[str]:
    mentions = list(dict.fromkeys(x_text.mentions(text)))
    if leading := x_text.leading_mention(text):
        yield f"It begins with {leading}, so X shows it to few people: put a word in front."
    if mentions:
        yield f"X notifies {words.listed(mentions)}. Its rules let a bot mention only those who asked for it."
    if len(tags := x_text.cashtags(text)) > 1:
        yield f"It has {len(tags)} cashtags ({words.listed(tags)}). X takes one a post."
    for link in x_text.bare_links(text):
        yield f"X reads {link} as a link: it counts as 23, and the post costs {dollars(link_price)}."
    if text != text.strip():
        yield "X takes away the space before and after the text."


def dollars(tenths_of_a_cent: int) -> str:
    """Such as "$0.20", "$0.015", "$1.50"."""
    exact = f"{tenths_of_a_cent / 1000:.3f}"
    return f"${exact.removesuffix('0')}"
