"""Who is behind an account: the person we know, and whether Slack says they are a full member there."""

from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.orm import Session

from coop.deps import Deps, Slack
from coop.errors import UserError
from coop.joining import Account
from handlers.requests import Caller
from storage import people

OTHER_TEAM = (
    "You're here from another organisation's Slack, and only people of this workspace can do this. "
    "Nothing changed. Ask whoever invited you for an account of your own here."
)
GUEST = (
    "You're a guest in this workspace, and only its full members can join the network. Nothing changed. "
    "Ask whoever invited you to make your account a full one, then try again."
)
BOT = "Only people can join, so nothing changed."
NO_ANSWER = (
    "Slack did not tell me just now who you are, so I could not go on. Nothing changed. "
    "Please try again in a minute."
)

NOT_PERMITTED = (
    "I may not ask Slack who is a full member here: its permission users:read is missing. So I could not go "
    "on, and nothing changed. Please tell an officer; whoever installed me can grant it."
)


# What slack_sdk lets through when Slack refuses, is out of reach, breaks off in the middle of its answer, or
# sends what is none of its own.
NO_WORD = (SlackClientError, HTTPException, OSError, ValueError)


def full_member(caller: Caller, deps: Deps) -> Account:
    """Raises UserError for guests, bots and people of other teams, and when Slack does not answer."""
    if not caller.at_home:
        raise UserError(OTHER_TEAM)
    full_user(caller.user_id, caller.team_id, deps.slack)
    return Account(caller.team_id, caller.user_id)


def full_user(user_id: str, team_id: str, slack: Slack) -> Any:
    """What Slack says of a full member of the team. Raises UserError as `full_member` does."""
    user = _asked(user_id, slack)
    if user.get("deleted") or user.get("is_bot") or user.get("id") == "USLACKBOT":
        raise UserError(BOT)
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        raise UserError(OTHER_TEAM)
    if is_guest(user):
        raise UserError(GUEST)
    return user


def told_of(user_id: str, slack: Slack) -> Any:
    """What Slack says of somebody. Raises one of NO_WORD."""
    user = slack.users_info(user=user_id)["user"]
    if user is None:
        raise ValueError("no user in the answer")
    return user


def real_name(user: Any) -> str:
    """The name Slack shows for somebody."""
    profile = user.get("profile") or {}
    return str(profile.get("real_name") or user.get("real_name") or user.get("name") or "")


def person_of(session: Session, caller: Caller) -> int | None:
    """Whoever we know to use this account."""
    return people.person_id_of(session, caller.team_id, caller.user_id)


def is_guest(user: Any) -> bool:
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))


def _asked(user_id: str, slack: Slack) -> Any:
    try:
        return told_of(user_id, slack)
    except NO_WORD as trouble:
        code = trouble.response.get("error") if isinstance(trouble, SlackApiError) else ""
        raise UserError(NOT_PERMITTED if code == "missing_scope" else NO_ANSWER) from trouble
