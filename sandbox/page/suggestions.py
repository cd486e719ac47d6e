"""What a newcomer may try as each invented person: one click sends it."""

from collections.abc import Sequence

from sandbox import seen
from sandbox.entities import Person
from sandbox.workspace import Workspace

QUESTION = "am I a member?"
BY_PART: dict[str, Sequence[str]] = {
    "Steering group": ("/announce", "/announce list", "/member list", QUESTION),
    "Volunteer": (QUESTION, "/join", "/member", "/member leave"),
}
FOR_ANYBODY = (QUESTION, "/member help")
SHOWN = 4


def suggestions(slack: Workspace, person: Person) -> list[str]:
    """Only commands that somebody answers here; for a bot with other commands, the first of those."""
    wanted = next((own for part, own in BY_PART.items() if person.part.startswith(part)), FOR_ANYBODY)
    offered = [words for words in wanted if not words.startswith("/") or slack.command(words.split()[0])]
    if any(words.startswith("/") for words in offered):
        return offered
    return [command.name for _, command in seen.commands(slack)][:SHOWN] or offered
