"""A permission that Slack has not granted turns off what needs it, says so, and nothing else."""

from dataclasses import replace

import pytest

from bot.outbox.posting import Outbox
from bot.slack import manifest, scopes
from bot.slack.clients import JOB_SECONDS, client
from bot.slack.connecting import connect
from bot.wiring import deps_for, listens, open_door
from coop.settings import Settings
from handlers.announcing.proposing import NOWHERE_TO_APPROVE
from handlers.blocks.announcing.pictures import NO_PERMISSION
from storage import outbox
from storage.outbox import OutboxRow, OutboxState
from tests.handlers.acting import closing_text, fills_in, joins
from tests.handlers.announcing.acts import open_window, propose, said, words
from tests.practice import SECRET, channel, user

MEMBER = "You're in our Slack. You're not a member yet"


def take_away(practice, *permissions):
    """The app is installed again without them; Slack refuses what needs them from now on."""
    settings = practice.house.environment.network
    address = practice.workspace.seen("apps")["apps"][-1]["request_url"]
    built = manifest.build(listens(settings), settings, url=address)
    granted = built["oauth_config"]["scopes"]
    granted["bot"] = [scope for scope in granted["bot"] if scope not in permissions]
    practice.workspace.asked(
        "install",
        manifest=built,
        request_url=address,
        signing_secret=SECRET,
        channels=[channel(name) for name in ("steering", "general", "announcements")],
        extra_commands=["/join", "/leave"],
    )


def still_works(practice):
    assert practice.command("grace", "/member")["response"]["text"].startswith(MEMBER)


def states(practice):
    """What became of each message, by its kind."""
    with practice.deps.read() as session:
        return {row.kind: (row.state, row.trouble) for row in session.query(OutboxRow).order_by(OutboxRow.id)}


@pytest.mark.parametrize("scope", [scope.name for scope in scopes.SCOPES if scope.name != "commands"])
def test_without_any_one_permission_the_bot_still_starts_and_answers(practice, scope):
    take_away(practice, scope)
    connected = connect(practice.house.environment)
    assert list(scopes.lost(connected.scopes, connected.settings)) == [
        f"Slack has not granted {scope}. {one.without}" for one in scopes.SCOPES if one.name == scope
    ]
    still_works(practice)


def test_without_users_read_joining_says_why_it_cannot_and_changes_nothing(practice):
    take_away(practice, "users:read")
    practice.command("dev", "/countmein")
    assert closing_text(fills_in(practice, "dev")) == (
        "I may not ask Slack who is a full member here: its permission users:read is missing. So I could not "
        "go on, and nothing changed. Please tell an officer; whoever installed me can grant it."
    )
    assert states(practice) == {}
    still_works(practice)


def test_without_files_write_the_receipt_arrives_and_the_picture_is_left_out(practice):
    take_away(practice, "files:write")
    joins(practice, "dev")
    assert {state for state, _ in states(practice).values()} == {OutboxState.SENT}
    assert not any(message.get("files") for message in practice.messages("dev"))
    assert "Here is your membership card, Dev" in "\n".join(practice.texts("dev"))


def test_without_files_read_an_announcement_has_no_field_for_pictures_and_says_why(practice):
    practice.found()
    take_away(practice, "files:read")
    connected = connect(practice.house.environment)
    open_door(practice.house, connected, deps_for(practice.house, connected))
    window = open_window(practice)
    assert "files" not in {block.get("block_id") for block in window["blocks"]}
    assert NO_PERMISSION in [words(block) for block in window["blocks"]]
    assert said(practice.submit("asha", window, where=["x"])).startswith("It is proposed")


def test_without_history_a_person_is_asked_about_a_message_that_may_have_arrived(practice):
    take_away(practice, "im:history", "channels:history", "groups:history")
    practice.workspace.asked("faults", method="chat.postMessage", kind="drop_after", times=1)
    joins(practice, "dev")
    practice.forward(minutes=5)
    practice.settle()
    assert states(practice)["receipt_joined"] == (
        OutboxState.FAILED,
        "it may have arrived, and the bot cannot look: Slack said missing_scope",
    )
    assert states(practice)["card"][0] == OutboxState.SENT
    still_works(practice)


def test_without_groups_read_the_steering_channel_is_unknown_and_nothing_is_posted_there(practice):
    """It might be public for all the bot can tell."""
    practice.found()
    take_away(practice, "groups:read", "channels:read")
    environment = practice.house.environment
    connected = connect(environment)
    assert connected.settings.steering_channel == ""
    deps = deps_for(practice.house, connected)
    with deps.write() as session:
        outbox.put(session, kind="welcome", to="", facts={}, now=practice.clock.now)
        outbox.put(session, kind="welcome", to=user("dev"), facts={}, now=practice.clock.now)
    token = environment.slack_bot_token.get_secret_value()
    slack = client(token, environment.slack_api_url, seconds=JOB_SECONDS)
    Outbox(deps, practice.house.listen.renders, slack).run()
    with deps.read() as session:
        rows = session.query(OutboxRow).order_by(OutboxRow.id)
        found = [(row.to, row.state, row.trouble) for row in rows]
    assert found[-2:] == [
        ("", OutboxState.FAILED, "there is no steering channel that the bot can see"),
        (user("dev"), OutboxState.SENT, None),
    ]


def test_without_a_steering_channel_nothing_can_be_announced_and_it_says_what_is_missing(practice):
    practice.found()
    view = open_window(practice)
    connected = connect(practice.house.environment)
    settings = connected.settings.model_copy(update={"steering_channel": ""})
    open_door(practice.house, connected, replace(practice.deps, settings=settings))
    assert said(practice.command("bryn", "/announce", "Hello.")) == NOWHERE_TO_APPROVE
    assert practice.modal("bryn") is None
    queued = states(practice)
    assert said(practice.submit("asha", view, where=["x"])) == NOWHERE_TO_APPROVE
    assert states(practice) == queued
    assert "“Leeds meetup on Tuesday at 6pm…”, kept on" in said(practice.command("asha", "/announce", "list"))


def test_with_channels_read_alone_missing_the_private_steering_channel_is_found(practice):
    take_away(practice, "channels:read")
    assert connect(practice.house.environment).settings.steering_channel == channel("steering")


def test_without_im_write_nothing_else_stops(practice):
    take_away(practice, "im:write")
    practice.command("dev", "/countmein")
    assert closing_text(fills_in(practice, "dev")).startswith("Welcome, Dev.")
    practice._outbox.run()
    assert {state for state, _ in states(practice).values()} == {OutboxState.WAITING}
    still_works(practice)


@pytest.mark.settings(listen_in_channels="no")
def test_where_channels_are_not_listened_to_no_history_is_asked_for_and_nothing_else_is_lost(practice):
    asked = manifest.build(listens(), Settings(listen_in_channels=False))
    assert not [scope for scope in asked["oauth_config"]["scopes"]["bot"] if scope.endswith("s:history")]
    assert practice.say("dev", "am I a member?", where="general")["deliveries"] == []
    mentioned = practice.mention("dev", "am I a member?")
    assert mentioned["response"]["text"].startswith(MEMBER)
    assert practice.say("dev", "am I a member?")["response"]["text"].startswith(MEMBER)
    still_works(practice)
    practice.found()
    joins(practice, "ebele")
    assert propose(practice, "Hello.")["error"] is None
    assert "Hello." in practice.messages("bryn", "steering")[-1]["blocks"][1]["text"]["text"]
