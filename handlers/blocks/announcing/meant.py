"""Which command was meant, and a button for those who meant an announcement."""

from handlers.blocks import elements
from handlers.blocks.announcing.announcement import capital
from handlers.blocks.elements import escape
from handlers.blocks.message import Message

WRITE_THESE = "announcing.write_these"
LABEL = "Write an announcement"


def asked(typed: str, meant: str, does: str, *, value: str) -> Message:
    """`does` is what is said of the command in help; `value` is what was typed, as Slack writes it."""
    if meant:
        for_what = f" {capital(does.removesuffix(' (steering group)'))}." if does else ""
        said = f"Did you mean `{meant}`?{for_what} I opened nothing yet for “{escape(typed)}”."
    else:
        said = (
            f"I know no command “{escape(typed)}”, so I opened nothing yet. `/announce help` shows them all."
        )
    said += f" If it begins your announcement, press “{LABEL}”."
    names = f"{LABEL}: with the words “{typed}”"
    button = elements.button(LABEL, action_id=WRITE_THESE, names=names, value=value)
    return Message(said, (elements.section(said), elements.actions(button)))
