"""A long answer, put together line by line in words and in blocks alike."""

from dataclasses import dataclass, field
from typing import Any

from handlers.blocks import elements
from handlers.blocks.message import Block


@dataclass
class Page:
    """The same, line by line, in words and in blocks."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.lines.append(f"{text}:")
        self.blocks.append(elements.header(text))

    def item(self, line: str, **drawn: Any) -> None:
        self.lines.append(f"- {line}")
        self.blocks.append(elements.section(line, **drawn))

    def remark(self, line: str) -> None:
        self.lines.append(line)
        self.blocks.append(elements.section(line))
