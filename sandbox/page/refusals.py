"""Slack's own words when a bot does not answer."""

from sandbox.entities import Outcome

OF_COMMANDS = {
    "invalid_command": (
        "`{name}` is not a valid command. In Slack, all messages that start with the “/” character are "
        "interpreted as commands. If you are trying to send a message and not run a command, try preceding "
        "the “/” with an empty space."
    ),
    "not_supported_in_threads": "`{name}` is not supported in threads. Sorry!",
}


def command(name: str, outcome: Outcome) -> str:
    """For the person who typed it."""
    words = OF_COMMANDS.get(outcome.error, "`{name}` failed with the error “{error}”")
    return words.format(name=name, error=outcome.error) + _why(outcome)


def button(outcome: Outcome) -> str:
    return f"This app is not responding, or answered with an error (“{outcome.error}”).{_why(outcome)}"


def trouble(outcome: Outcome) -> str:
    """Above the fields of a window that could not be sent."""
    return f"We had some trouble connecting. Try again? (“{outcome.error}”){_why(outcome)}"


def _why(outcome: Outcome) -> str:
    """What a developer wants to know; people see it only on this page."""
    return "".join(f"\n{line}" for line in outcome.detail)
