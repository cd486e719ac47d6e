"""Every setting, read from the environment and `.env`, with one message for all that is missing or wrong."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict
from pydantic_settings.sources import PydanticBaseSettingsSource

from bot.settings import checks
from bot.settings.checks import Wrong
from coop.settings import Settings

DOTENV = Path(".env")
SLACK_API_URL = "https://slack.com/api/"
X_API_URL = "https://api.twitter.com"


class Environment(BaseSettings, Settings):
    """One field per environment variable: those of the process here, those of the network in coop.Settings.

    Built by `load`, `of` or `examine` only; it never reads the environment by itself.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, enable_decoding=False, hide_input_in_errors=True
    )

    database_url: str = "sqlite:///countmein.db"
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = SLACK_API_URL
    x_api_key: SecretStr = SecretStr("")
    x_api_secret: SecretStr = SecretStr("")
    x_access_token: SecretStr = SecretStr("")
    x_access_token_secret: SecretStr = SecretStr("")
    x_api_url: str = X_API_URL
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    work_threads: Annotated[int, Field(ge=1, le=200)] = 16
    log_format: Literal["auto", "json", "console"] = "auto"

    @property
    def network(self) -> Settings:
        """What the rules may know: the network's own decisions, no secret among them."""
        return Settings.model_construct(**{name: getattr(self, name) for name in Settings.model_fields})

    @property
    def socket_mode(self) -> bool:
        return bool(self.slack_app_token.get_secret_value())

    @property
    def has_x_keys(self) -> bool:
        return all(getattr(self, name).get_secret_value() for name in checks.X_KEYS)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Settings for demonstrations and tests: the environment and `.env` are not looked at."""
        return cls(**values)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    @field_validator("network_aliases", "look_after_seconds", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return checks.parts(value, ",;\n")

    @field_validator("next_steps", mode="before")
    @classmethod
    def _steps(cls, value: Any) -> Any:
        return checks.parts(value, ";\n")

    @field_validator("network_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return checks.time_zone(value)

    @field_validator("x_handle")
    @classmethod
    def _handle(cls, value: str) -> str:
        return checks.handle(value)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return checks.database_url(value)

    @field_validator("slack_api_url", "x_api_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        return checks.safe_address(value)

    @field_validator("official_page")
    @classmethod
    def _page(cls, value: str) -> str:
        return checks.page(value)


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


def names() -> frozenset[str]:
    """Every setting by its field's name: `fee_pence` is the variable FEE_PENCE."""
    return frozenset(Environment.model_fields)


def _readable(values: Mapping[str, str]) -> tuple[Environment, list[Wrong]]:
    try:
        return Environment.of(**values), []
    except ValidationError as error:
        wrong = {str(one["loc"][0]): one for one in error.errors()}
        rest = {name: value for name, value in values.items() if name not in wrong}
        sentences = [checks.unreadable(name, values[name], dict(wrong[name])) for name in sorted(wrong)]
        return Environment.of(**rest), sentences
