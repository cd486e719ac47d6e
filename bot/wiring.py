"""Where everything is put together, once. A new feature is one file and one line in FEATURES."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.entrance.door import Door
from bot.networks import publishers_for
from bot.settings.environment import Environment
from bot.slack import scopes
from bot.slack.clients import HANDLER_SECONDS, Responder, client
from bot.slack.connecting import Connected
from bot.slack.files import Files
from coop.deps import Deps
from coop.settings import Settings
from handlers import (
    access,
    announcements,
    approving,
    card,
    conversation,
    details,
    fees,
    helping,
    home,
    joining,
    leaving,
    listening,
    members_csv,
    members_list,
    offices,
    standing,
    undelivered,
    welcome,
)
from handlers.answering import Answering
from storage.database import Database

# In the order of /member help. What is said to the bot goes to the first who wants it: conversation is last.
FEATURES: tuple[ModuleType, ...] = (
    standing,
    joining,
    card,
    details,
    leaving,
    offices,
    members_list,
    members_csv,
    approving,
    fees,
    home,
    welcome,
    announcements,
    undelivered,
    access,
    helping,
    conversation,
)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """What stands before Slack has been asked anything: the record, the table of listeners, the door."""

    environment: Environment
    database: Database
    listen: listening.Listen
    door: Door
    now: Clock


def build(
    environment: Environment,
    *,
    now: Clock = utc_now,
    listen: listening.Listen | None = None,
    database: Database | None = None,
) -> House:
    """`listen` is the whole table of the product, `database` the environment's, unless others are given."""
    listen = listen or listens(environment.network)
    threads = environment.work_threads
    return House(
        environment=environment,
        database=database or Database(environment.database_url, readers=threads + 4),
        listen=listen,
        door=Door(listen, threads=threads, in_hand=threads * 16),
        now=now,
    )


def listens(settings: Settings | None = None) -> listening.Listen:
    """The table of everything the bot listens to; names of the network come from `settings`."""
    listen = listening.Listen(settings=settings or Settings())
    for feature in FEATURES:
        feature.register(listen)
    return listen


def deps_for(
    house: House,
    connected: Connected,
    *,
    wake: Callable[[], None] = lambda: None,
    doubt: Callable[[], None] = lambda: None,
) -> Deps:
    """What handlers are given: a Slack client that waits two seconds and never repeats a post."""
    files = Files(_token(house), house.environment.slack_api_url)
    return Deps(
        database=house.database,
        now=house.now,
        settings=connected.settings,
        slack=client(_token(house), house.environment.slack_api_url, seconds=HANDLER_SECONDS),
        wake=wake,
        doubt=doubt,
        publishers=publishers_for(house.environment, connected.settings),
        fetch=files.fetch if scopes.PICTURES in connected.scopes else None,
    )


def open_door(house: House, connected: Connected, deps: Deps) -> None:
    """Give the door its Bolt app; from here on requests are taken."""
    token, identity = _token(house), connected.identity

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_user_id=identity.user_id,
            bot_id=identity.bot_id,
            bot_token=token,
        )

    # Bolt warns of the SLACK_BOT_TOKEN in our environment, which it shall not use; its errors are kept.
    bolt_log = logging.getLogger("slack_bolt.countmein")
    bolt_log.setLevel(logging.ERROR)
    app = App(
        name="countmein",
        logger=bolt_log,
        client=client(None, house.environment.slack_api_url, seconds=HANDLER_SECONDS),
        authorize=authorize,
        signing_secret="verified by the door",  # noqa: S106 -- not a secret: Bolt checks nothing here
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    answering = Answering(
        deps=deps,
        home_team=identity.team_id,
        respond=Responder(house.environment.slack_api_url),
        draw_home=home.draw,
    )
    listening.bind(house.listen, app, deps, answering)
    house.door.identity = identity
    house.door.app = app


def _token(house: House) -> str:
    return house.environment.slack_bot_token.get_secret_value()
