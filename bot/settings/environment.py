"""Every setting, one field per environment variable."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.sources import PydanticBaseSettingsSource

from bot.settings import values
from coop.settings import Settings

SLACK_API_URL = "https://slack.com/api/"
X_API_URL = "https://api.twitter.com"
BLUESKY_URL = "https://bsky.social"
X_KEYS = ("x_api_key", "x_api_secret", "x_access_token", "x_access_token_secret")


class Environment(BaseSettings, Settings):
    """Those of the process here, those of the network in coop.Settings.

    Built by `of`, or by loading.py's `load` and `examine`, only; it never reads the environment by itself.
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
    mastodon_url: str = ""
    mastodon_access_token: SecretStr = SecretStr("")
    bluesky_handle: str = ""
    bluesky_app_password: SecretStr = SecretStr("")
    bluesky_url: str = BLUESKY_URL
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
        return all(getattr(self, name).get_secret_value() for name in X_KEYS)

    @property
    def has_mastodon(self) -> bool:
        return bool(self.mastodon_url and self.mastodon_access_token.get_secret_value())

    @property
    def has_bluesky(self) -> bool:
        return bool(self.bluesky_handle and self.bluesky_app_password.get_secret_value())

    @property
    def has_networks(self) -> bool:
        """Some account of ours outside Slack is set up to post with."""
        return self.has_x_keys or self.has_mastodon or self.has_bluesky

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
        return values.parts(value, ",;\n")

    @field_validator("next_steps", mode="before")
    @classmethod
    def _steps(cls, value: Any) -> Any:
        return values.parts(value, ";\n")

    @field_validator("network_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return values.time_zone(value)

    @field_validator("x_handle")
    @classmethod
    def _handle(cls, value: str) -> str:
        return values.handle(value)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return values.database_url(value)

    @field_validator("slack_api_url", "x_api_url", "bluesky_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        return values.safe_address(value)

    @field_validator("bluesky_handle")
    @classmethod
    def _domain_handle(cls, value: str) -> str:
        return values.domain_handle(value)

    @field_validator("mastodon_url")
    @classmethod
    def _server(cls, value: str) -> str:
        return values.safe_address(value) if value else value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return values.public_address(value)

    @field_validator("official_page")
    @classmethod
    def _page(cls, value: str) -> str:
        return values.page(value)


def names() -> frozenset[str]:
    """Every setting by its field's name: `fee_pence` is the variable FEE_PENCE."""
    return frozenset(Environment.model_fields)
