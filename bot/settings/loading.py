"""Read the settings from the environment and `.env`, with one message for all that is missing or wrong."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.settings import checks
from bot.settings.checks import Wrong
from bot.settings.environment import Environment, names

DOTENV = Path(".env")


class SettingsWrong(Exception):
    """Settings are missing or wrong. `sentences` names each with what to do; `str()` is the whole message."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = tuple(wrong)
        self.sentences = tuple(one.sentence for one in wrong)
        many = "1 setting is" if len(wrong) == 1 else f"{len(wrong)} settings are"
        lines = "\n".join(f"  - {sentence}" for sentence in self.sentences)
        super().__init__(
            f"Count Me In cannot start: {many} missing or wrong.\n{lines}\n"
            f"Every setting is explained in .env.example; `countmein doctor` checks them against Slack and X."
        )


def load(given: Mapping[str, str] | None = None, *, speaks: bool = True) -> Environment:
    """The settings, from `given` or else from `.env` and the environment, which wins.

    With `speaks=False` nothing is asked for that only a conversation with Slack or X needs: for commands
    that touch the database alone. Raises SettingsWrong.
    """
    variables = surroundings() if given is None else given
    environment, wrong = examine(variables, speaks=speaks)
    if wrong:
        raise SettingsWrong(wrong)
    return environment


def examine(variables: Mapping[str, str], *, speaks: bool = True) -> tuple[Environment, list[Wrong]]:
    """The settings as far as they can be read, wrong ones left at their defaults, and all that is wrong."""
    ours = {name.lower(): value.strip() for name, value in variables.items() if name.lower() in names()}
    values = {name: value for name, value in ours.items() if value}
    environment, unreadable = _readable(values)
    asked = checks.ALWAYS + (checks.SPEAKING if speaks else ())
    found = [wrong for check in asked for wrong in check(environment, variables)]
    named = {one.name for one in unreadable}
    return environment, unreadable + [one for one in found if not named.intersection(one.about)]


def surroundings(dotenv: Path = DOTENV) -> dict[str, str]:
    """What `.env` and the environment say, by variable name; hosts' own variables included."""
    ours = {
        **DotEnvSettingsSource(Environment, env_file=dotenv, env_file_encoding="utf-8")(),
        **EnvSettingsSource(Environment)(),
    }
    return {**os.environ, **{name.upper(): str(value) for name, value in ours.items()}}


def in_file(dotenv: Path = DOTENV) -> frozenset[str]:
    """The names that `.env` mentions, ours or not; none when there is no such file."""
    source = DotEnvSettingsSource(Environment, env_file=dotenv, env_file_encoding="utf-8")
    return frozenset(name.upper() for name in source.env_vars)


def _readable(values: Mapping[str, str]) -> tuple[Environment, list[Wrong]]:
    try:
        return Environment.of(**values), []
    except ValidationError as error:
        wrong = {str(one["loc"][0]): one for one in error.errors()}
        rest = {name: value for name, value in values.items() if name not in wrong}
        sentences = [checks.unreadable(name, values[name], dict(wrong[name])) for name in sorted(wrong)]
        return Environment.of(**rest), sentences
