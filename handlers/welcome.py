"""The one welcome to people who newly join the workspace, and the one word to a channel."""

from coop import welcoming
from coop.deps import Deps
from handlers import accounts
from handlers.answers import Reply
from handlers.blocks import welcome as blocks
from handlers.listening import Listen
from handlers.requests import Happening, Press


def greet(happening: Happening, deps: Deps) -> None:
    """Never to people who were there before: Slack tells only of those who join."""
    user, caller = happening.event["user"], happening.caller
    if not caller.at_home or user.get("is_bot") or user.get("deleted") or accounts.is_guest(user):
        return
    if user.get("is_stranger") or caller.user_id == "USLACKBOT":
        return
    with deps.write(once=happening.key) as session:
        welcoming.greet(session, team_id=caller.team_id, user_id=caller.user_id, now=deps.now())


def introduce(happening: Happening, deps: Deps) -> None:
    """Say in a channel what the bot reads there, when it is the bot that was invited."""
    if happening.event.get("user") != happening.bot_user_id or not happening.bot_user_id:
        return
    with deps.write(once=happening.key) as session:
        welcoming.introduce(session, channel_id=happening.event["channel"], now=deps.now())


def stop(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        welcoming.stop(session, team_id=press.caller.team_id, user_id=press.caller.user_id, now=deps.now())
    return Reply(blocks.stopped(), replace=True)


def resume(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        welcoming.resume(session, team_id=press.caller.team_id, user_id=press.caller.user_id)
    return Reply(blocks.resumed())


def register(listen: Listen) -> None:
    listen.happening("team_join", greet)
    listen.happening("member_joined_channel", introduce)
    listen.press(blocks.NO_MORE, stop, visitors=True)
    listen.press(blocks.AGAIN, resume, visitors=True)
    listen.outgoing("welcome", lambda _facts, deps: blocks.welcome(deps.settings))
    listen.outgoing("channel_hello", lambda _facts, deps: blocks.channel_hello(deps.settings))
