"""Put an app into the workspace, as its manifest describes it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace

from sandbox import manifest as manifests
from sandbox.answers import error
from sandbox.delivery.sending import attempt
from sandbox.entities import Command, Delivery, Json, Person
from sandbox.installation import App
from sandbox.workspace import Workspace


@dataclass
class Wish:
    """What to install. `extra_commands` are names Slack keeps to itself, answered here unless --strict.

    Tokens and the signing secret are made up where none is given.
    """

    manifest: Json
    request_url: str | None = None
    signing_secret: str = ""
    bot_token: str = ""
    app_token: str = ""
    channels: list[str] = field(default_factory=list)
    extra_commands: list[Command] = field(default_factory=list)


def install(slack: Workspace, wish: Wish) -> App:
    """Install, or install again an app of the same name, which keeps its ids and tokens.

    Raises invalid_manifest.
    """
    manifest = manifests.checked(_with_way_in(wish))
    name = str(manifests.at(manifest, "/display_information/name"))
    before = next((app for app in slack.apps.values() if app.name == name), None)
    app = _described(slack, wish, manifest, before or _new(slack, name, manifest))
    slack.add_app(app, _bot(slack, app))
    return app


def summary(slack: Workspace, app: App) -> Json:
    """What a bot's developer needs to know."""
    return {
        "app_id": app.id,
        "team_id": slack.team.id,
        "bot_user_id": app.bot_user,
        "bot_id": app.bot_id,
        "bot_token": app.bot_token,
        "app_token": app.app_token,
        "signing_secret": app.signing_secret,
        "api_url": f"{slack.base_url}/api/",
        "request_url": app.request_url,
        "commands": list(app.commands),
    }


async def answers_challenge(slack: Workspace, app: App) -> bool:
    """Slack's handshake with a request URL: the challenge must come back."""
    challenge = secrets.token_hex(20)
    payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
    delivery = Delivery(slack.fresh_id("Dl"), "url_verification", app.id, payload)
    slack.deliveries.append(delivery)
    answer = await attempt(slack, delivery)
    body = answer.body
    return answer.ok and (body.get("challenge") if isinstance(body, dict) else body) == challenge


def extra_command(given: str | Json) -> Command:
    """From a bare name, or an object with command and note."""
    if isinstance(given, str):
        return Command(given, note="works here; Slack keeps this name to itself")
    return Command(
        name=str(given["command"]),
        description=str(given.get("description", "")),
        usage_hint=str(given.get("usage_hint", "")),
        should_escape=bool(given.get("should_escape")),
        note=str(given.get("note", "")),
    )


def _with_way_in(wish: Wish) -> Json:
    """A manifest without its request URLs is complete once the installer names one."""
    if not wish.request_url or not manifests.at(wish.manifest, "/settings/event_subscriptions"):
        return wish.manifest
    settings = wish.manifest["settings"]
    events = settings["event_subscriptions"] | {"request_url": wish.request_url}
    return wish.manifest | {"settings": settings | {"event_subscriptions": events}}


def _new(slack: Workspace, name: str, manifest: Json) -> App:
    app_id, bot_id = slack.fresh_id("A"), slack.fresh_id("B")
    number = app_id[1:].lower()
    return App(
        id=app_id,
        name=name,
        bot_user=slack.fresh_id("U"),
        bot_id=bot_id,
        bot_token=f"xoxb-{number}-{secrets.token_hex(12)}",
        app_token=f"xapp-1-{app_id}-{secrets.token_hex(12)}",
        signing_secret=secrets.token_hex(16),
        verification_token=secrets.token_hex(12),
        manifest=manifest,
        installed=slack.clock.now(),
    )


def _bot(slack: Workspace, app: App) -> Person:
    shown = str(manifests.at(app.manifest, "/features/bot_user/display_name") or app.name)
    bot = Person(app.bot_user, re.sub(r"[^a-z0-9]+", "", shown.lower()), shown, part="The bot")
    bot.is_bot, bot.app_id, bot.bot_id, bot.team_id = True, app.id, app.bot_id, slack.team.id
    return bot


def _described(slack: Workspace, wish: Wish, manifest: Json, app: App) -> App:
    extra = [] if slack.strict else wish.extra_commands
    tab = manifests.at(manifest, "/features/app_home") or {}
    return replace(
        app,
        manifest=manifest,
        request_url=wish.request_url,
        signing_secret=wish.signing_secret or app.signing_secret,
        bot_token=wish.bot_token or app.bot_token,
        app_token=wish.app_token or app.app_token,
        scopes=tuple(manifests.at(manifest, "/oauth_config/scopes/bot") or ()),
        events=frozenset(manifests.at(manifest, "/settings/event_subscriptions/bot_events") or ()),
        commands=manifests.commands(manifest) | {command.name: command for command in extra},
        home_tab=bool(tab.get("home_tab_enabled")),
        messages_tab=bool(tab.get("messages_tab_enabled", True)),
        channels=tuple(wish.channels),
        revoked=False,
    )


def uninstall(slack: Workspace, app_id: str) -> None:
    if app_id not in slack.apps:
        raise error("app_not_found")
    del slack.apps[app_id]
    slack.changed("app", id=app_id)
