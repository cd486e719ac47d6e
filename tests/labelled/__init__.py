"""What people type, labelled: README.md says how it came about."""

import hashlib
from pathlib import Path

HERE = Path(__file__).parent
ASKED = ("asked_in_channel.txt", "asked_in_channel_later.txt", "asked_in_frames.txt")
NOT_ASKED = ("not_asked.txt", "not_asked_later.txt", "not_asked_in_frames.txt")
ASKED_OF_THE_BOT = "asked_of_the_bot.tsv"
EXAM_ASKED, EXAM_NOT_ASKED = "exam_asked.txt", "exam_not_asked.txt"


def labelled(*names: str) -> list[str]:
    lines = [line for name in names for line in (HERE / name).read_text("utf-8").splitlines()]
    return [line.replace("\\n", "\n") for line in lines]


def digest() -> str:
    """Of all that is learnt from: the weights say which one they were learnt from."""
    text = "".join((HERE / name).read_text("utf-8") for name in (*ASKED, *NOT_ASKED, ASKED_OF_THE_BOT))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
