"""Long lists of lines, cut to what one section may hold."""

from collections.abc import Iterable, Iterator

from handlers.blocks import elements
from handlers.blocks.message import Block

SECTION = 3_000  # docs.slack.dev/reference/block-kit/blocks/section-block


def sections(lines: Iterable[str]) -> Iterator[Block]:
    """The lines in as few sections as hold them; a line is never cut in two."""
    held: list[str] = []
    for line in lines:
        if held and sum(len(one) + 1 for one in held) + len(line) > SECTION:
            yield elements.section("\n".join(held))
            held = []
        held.append(line)
    if held:
        yield elements.section("\n".join(held))
