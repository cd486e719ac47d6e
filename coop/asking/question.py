"""What a message can be asking for."""

from dataclasses import dataclass
from enum import Enum


class Asked(Enum):
    OWN_STANDING = "am I a member?"
    JOIN = "I want to join"
    LEAVE = "I want to leave"
    ORGANISATION = "is my council a member?"
    SOMEONE_ELSE = "is @someone a member?"
    HELP = "what can you do?"


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the Slack id of the person asked about, and None when they were named in words."""

    asked: Asked
    about: str | None = None
