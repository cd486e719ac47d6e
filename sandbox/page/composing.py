"""What a person types, as Slack's own message box sends it; and Slack's words when a bot does not answer."""

import re

from sandbox.workspace import Workspace

URL = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)'\"]")


def as_sent(typed: str, slack: Workspace) -> str:
    """`&`, `<` and `>` escaped; names after @ and # become mentions; addresses become links."""
    text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = URL.sub(lambda found: f"<{found[0]}>", text)
    for sign, named in (("@", _people(slack)), ("#", _channels(slack))):
        text = _mentioning(text, sign, named)
    return text


def refusal(command: str, error: str) -> str:
    """Why a command came to nothing, for the person who typed it."""
    if error in ("invalid_command", "unknown_command", "command_not_found"):
        return (
            f"`{command}` is not a valid command. In Slack, all messages that start with the “/” character "
            "are interpreted as commands. If you are trying to send a message and not run a command, try "
            "preceding the “/” with an empty space."
        )
    if error in ("not_in_thread", "not_supported_in_thread", "no_commands_in_threads"):
        return f"`{command}` is not supported in threads. Sorry!"
    return f"`{command}` failed with the error “{error}”"


def no_answer(error: str) -> str:
    return f"This app did not respond to the button. (`{error}`)"


def _people(slack: Workspace) -> dict[str, str]:
    return {person.label: f"<@{person.id}>" for person in slack.people.values() if not person.deleted}


def _channels(slack: Workspace) -> dict[str, str]:
    return {
        channel.name: f"<#{channel.id}|{channel.name if channel.kind == 'channel' else ''}>"
        for channel in slack.channels.values()
        if channel.name
    }


def _mentioning(text: str, sign: str, named: dict[str, str]) -> str:
    if sign not in text:
        return text
    # The longest name first: "Count Me In" before a person called "Count".
    anybody = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    mention = re.compile(rf"(?<![\w{sign}]){sign}({anybody})(?!\w)")
    return mention.sub(lambda found: named[found[1]], text)
