"""What the tests of the renderer share: somebody who looks, and a reader of the HTML that comes out."""

from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from sandbox.blocks import elements
from sandbox.page.block_kit import Canvas, draw
from sandbox.page.names import Names

NOW = datetime(2027, 3, 27, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NAMES = Names(
    viewer="U1",
    people={"U1": "Asha", "U2": "Bryn <b>bold</b>"},
    channels={"C1": "general", "C2": "open-data"},
    now=NOW,
)
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Reader(HTMLParser):
    """Collects every tag with its attributes, and every word; notes tags that were left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(str(html))  # Markup would escape what it is added to
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)

    @property
    def text(self) -> str:
        """The words as people read them, runs of white space as one."""
        return " ".join(self.words.split())


def drawn(*blocks, errors=None, values=None) -> Reader:
    named = [{"block_id": f"b{number}"} | block for number, block in enumerate(blocks)]
    held = elements.untouched(named) if values is None else values
    return Reader(draw(named, Canvas(NAMES, "m1", held, errors or {})))


def plain(text: str, **more) -> dict:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}
