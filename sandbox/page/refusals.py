"""Slack's own words when a bot does not answer."""


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
