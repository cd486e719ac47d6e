"""The networks announcements leave for. A new one is one room in publishers/ and one line here."""

from collections.abc import Iterator, Mapping

from bot.settings.environment import Environment
from coop.publishing import Publisher
from coop.settings import Settings
from publishers.bluesky.publisher import Bluesky
from publishers.by_hand import ByHand
from publishers.mastodon.publisher import Mastodon
from publishers.rehearsal import Rehearsal
from publishers.slack_channel.publisher import SlackChannel
from publishers.x.account import OwnAccount
from publishers.x.publisher import Keys, Prices, X


def publishers_for(environment: Environment, settings: Settings) -> Mapping[str, Publisher]:
    """By network; in a rehearsal each is asked everything but to publish."""
    networks: list[Publisher] = [
        *_accounts(environment),
        SlackChannel(environment.slack_bot_token.get_secret_value(), environment.slack_api_url),
        ByHand(),
    ]
    if settings.rehearsal:
        networks = [Rehearsal(each) for each in networks]
    return {each.network: each for each in networks}


def is_rehearsal(environment: Environment) -> bool:
    """By choice, or because no account is set up to send with."""
    return environment.rehearsal or not environment.has_networks


def _accounts(environment: Environment) -> Iterator[Publisher]:
    """Those that are set up; where none is, X, to rehearse with."""
    if environment.has_x_keys or not environment.has_networks:
        yield OwnAccount(_x(environment))
    if environment.has_mastodon:
        yield Mastodon(environment.mastodon_url, environment.mastodon_access_token.get_secret_value())
    if environment.has_bluesky:
        password = environment.bluesky_app_password.get_secret_value()
        yield Bluesky(environment.bluesky_handle, password, environment.bluesky_url)


def _x(environment: Environment) -> X:
    keys = Keys(
        environment.x_api_key.get_secret_value(),
        environment.x_api_secret.get_secret_value(),
        environment.x_access_token.get_secret_value(),
        environment.x_access_token_secret.get_secret_value(),
    )
    prices = Prices(
        environment.x_price_post,
        environment.x_price_post_with_link,
        environment.x_price_alt_text,
        environment.x_price_delete,
    )
    return X(keys, environment.x_handle, prices, environment.x_api_url)
