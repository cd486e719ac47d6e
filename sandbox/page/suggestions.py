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


def somebody_else(slack: Workspace, person: Person) -> Person | None:
    """Whom to be next: for anybody the first of the steering group, for one of these the next of them."""
    steering = [one for one in slack.people.values() if one.part.startswith("Steering group")]
    if person not in steering:
        return next(iter(steering), None)
    return steering[(steering.index(person) + 1) % len(steering)]


def suggestions(slack: Workspace, person: Person) -> list[str]:
    """Only commands that somebody answers here; for a bot with other commands, the first of those."""
    wanted = next((own for part, own in BY_PART.items() if person.part.startswith(part)), FOR_ANYBODY)
    offered = [words for words in wanted if not words.startswith("/") or slack.command(words.split()[0])]
    if any(words.startswith("/") for words in offered):
        return offered
    return [command.name for _, command in seen.commands(slack)][:SHOWN] or offered
