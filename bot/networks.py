"""The networks announcements leave for. A new one is one file in publishers/ and one line here."""

from collections.abc import Mapping

from bot.settings.environment import Environment
from coop.publishing import Publisher
from coop.settings import Settings
from publishers.by_hand import ByHand
from publishers.rehearsal import Rehearsal
from publishers.slack_channel import SlackChannel
from publishers.x import Keys, Prices, X
from publishers.x_account import OwnAccount


def publishers_for(environment: Environment, settings: Settings) -> Mapping[str, Publisher]:
    """By network; in a rehearsal each is asked everything but to publish."""
    networks: list[Publisher] = [
        OwnAccount(_x(environment)),
        SlackChannel(environment.slack_bot_token.get_secret_value(), environment.slack_api_url),
        ByHand(),
    ]
    if settings.rehearsal:
        networks = [Rehearsal(each) for each in networks]
    return {each.network: each for each in networks}


def is_rehearsal(environment: Environment) -> bool:
    """By choice, or because there are no keys of X to send with."""
    return environment.rehearsal or not environment.has_x_keys


def _x(environment: Environment) -> X:
    keys = Keys(
        environment.x_api_key.get_secret_value(),
        environment.x_api_secret.get_secret_value(),
        environment.x_access_token.get_secret_value(),
        environment.x_access_token_secret.get_secret_value(),
    )
    prices = Prices(environment.x_price_post, environment.x_price_post_with_link)
    return X(keys, environment.x_handle, prices, environment.x_api_url)
