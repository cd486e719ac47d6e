"""Messages that did not arrive, told to officers without what they said."""

from collections.abc import Sequence
from typing import Any

from coop import words
from handlers.blocks.elements import escape, section
from handlers.blocks.message import Message


def undelivered(messages: Sequence[dict[str, Any]], count: int) -> Message:
    """Each of `messages` has `to`, `kind` and `why`; `count` may be more than are named."""
    number = words.counted(count, "message")
    lines = [
        f"• {escape(str(one['kind']).replace('_', ' '))} to {_person_or_channel(one['to'])}: "
        f"{escape(str(one['why']))}"
        for one in messages
    ]
    if count > len(lines):
        lines.append(f"• and {count - len(lines)} more")
    text = (
        f"{number} from me could not be delivered, and I have stopped trying. What they were about is in the "
        "record all the same. Whoever looks after me can list them with `countmein doctor` and resend them "
        "with `countmein resend`.\n" + "\n".join(lines)
    )
    return Message(text, (section(text),))


def _person_or_channel(to: str) -> str:
    if not to:
        return "the steering channel"
    return f"<@{escape(to)}>" if to.startswith(("U", "W")) else f"<#{escape(to)}>"
