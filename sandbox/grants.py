"""What Slack lends an app for a while: trigger ids (3 s, once) and response URLs (30 min, five times)."""

from __future__ import annotations

import secrets

from sandbox.answers import error
from sandbox.bookkeeping import ResponseUrl, Trigger
from sandbox.workspace import Workspace

TRIGGER_SECONDS = 3
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


def trigger(slack: Workspace, app_id: str, user: str, view_id: str = "") -> str:
    number = slack.fresh_id("")
    id_ = f"{int(number, 36)}.{int(slack.clock.now())}.{secrets.token_hex(16)}"
    slack.triggers[id_] = Trigger(id_, app_id, user, slack.clock.now(), view_id)
    return id_


def redeem(slack: Workspace, trigger_id: str, app_id: str) -> Trigger:
    """Raises invalid_, exchanged_ or expired_trigger_id."""
    found = slack.triggers.get(trigger_id)
    if found is None or found.app_id != app_id:
        raise error("invalid_trigger_id")
    if found.used:
        raise error("exchanged_trigger_id")
    if slack.clock.now() - found.issued > TRIGGER_SECONDS:
        raise error("expired_trigger_id")
    found.used = True
    return found


def response_url(slack: Workspace, kind: str, given: ResponseUrl) -> str:
    """The address an app may answer at; `kind` is commands or actions, as in Slack's own addresses."""
    given.issued = slack.clock.now()
    slack.response_urls[given.id] = given
    return f"{slack.base_url}/{kind}/{slack.team.id}/{given.id}/{secrets.token_hex(12)}"


def use(slack: Workspace, url_id: str) -> ResponseUrl:
    """Raises used_url or expired_url."""
    given = slack.response_urls.get(url_id)
    if given is None or slack.clock.now() - given.issued > RESPONSE_SECONDS:
        raise error("expired_url")
    if given.uses >= RESPONSE_USES:
        raise error("used_url")
    given.uses += 1
    return given
