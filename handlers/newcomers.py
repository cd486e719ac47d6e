"""Whether somebody we have never met may join at all: the record does not know who is a guest, Slack does."""

from collections.abc import Mapping
from typing import Any

from coop.deps import Deps
from coop.standing import Standing, State
from handlers import accounts
from handlers.blocks import standing as blocks
from handlers.requests import Caller


def hindrance(caller: Caller, found: Standing, deps: Deps) -> str:
    """Why this person cannot join, in words for them; nothing for everybody else.

    Slack is asked once, and only about people without a row. When it does not say, they are offered the form
    all the same: sending it asks again.
    """
    if not caller.at_home:
        return blocks.VISITOR
    if found.state is not State.NOT_KNOWN:
        return ""
    user = _said_by_slack(caller, deps)
    if user.get("is_stranger") or user.get("team_id", caller.team_id) != caller.team_id:
        return blocks.VISITOR
    return blocks.GUEST if accounts.is_guest(user) else ""


def _said_by_slack(caller: Caller, deps: Deps) -> Mapping[str, Any]:
    """Empty when Slack does not say."""
    try:
        user = accounts.told_of(caller.user_id, deps.slack)
    except accounts.NO_WORD:
        return {}
    return user if isinstance(user, Mapping) else {}
