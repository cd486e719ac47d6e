"""A message: its full meaning in `text`, and the same drawn in blocks."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class File:
    """Something to go with a message from the outbox: a picture is shown in it, anything else beside it.

    `says` is what a picture shows, or a file's title. With `alone` a picture is a file too, for people to
    take away: Slack shows every kind of picture so, and asks for no wait until it has read it.
    """

    name: str
    content: bytes = field(repr=False)
    says: str
    alone: bool = False

    @property
    def is_picture(self) -> bool:
        return self.name.endswith(".png") and not self.alone


@dataclass(frozen=True)
class Message:
    """`text` must carry everything the blocks say: it is all that phones' notifications read."""

    text: str
    blocks: tuple[Block, ...] = ()
    file: File | None = None

    def body(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}
