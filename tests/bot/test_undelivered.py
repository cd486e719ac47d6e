"""What could not be delivered is seen by whoever looks after the bot, and by the steering group."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.doctor import record
from bot.doctor.findings import Verdict
from bot.jobs import house_jobs
from bot.outbox.uploading import upload
from bot.slack.clients import CallWhileWriting, Responder, client
from handlers.blocks.message import File
from storage import outbox, outbox_claims
from storage.outbox import OutboxRow
from tests.practice import STEERING, channel, user


def found(database, now):
    with database.read() as session:
        return list(record.messages(session, now))


def give_up(session, to, now, kind="receipt_joined"):
    outbox.put(session, kind=kind, to=to, facts={"name": "Asha"}, now=now)
    outbox_claims.give_up(session, outbox_claims.claim(session, now), "Slack said user_disabled")


def test_doctor_says_nothing_of_messages_while_all_is_well(database, now):
    assert found(database, now) == []


def test_doctor_names_what_was_given_up_and_the_command_that_helps(database, now):
    with database.write() as session:
        give_up(session, "U1", now)
    (finding,) = found(database, now)
    assert finding.verdict is Verdict.WRONG
    assert finding.sentence == (
        "1 message could not be delivered (receipt_joined to U1: Slack said user_disabled)."
    )
    assert "countmein resend" in finding.fix


def test_doctor_says_for_how_long_nothing_is_sent_and_why(database, now):
    with database.write() as session:
        outbox_claims.pause(session, now + timedelta(seconds=30), "Slack asked to wait")
    assert [one.sentence for one in found(database, now)] == [
        "No message is sent for another 30 seconds: Slack asked to wait."
    ]
    assert found(database, now + timedelta(seconds=31)) == []


def test_the_steering_channel_is_told_who_was_not_reached_and_not_what_was_said(practice):
    with practice.deps.write() as session:
        give_up(session, user("ebele"), practice.clock.now)
        house_jobs.tell_of_undelivered(session, practice.deps, practice.clock.now)
    practice.settle()
    text = practice.texts("asha", "steering")[-1]
    assert "• receipt joined to <@U00000EBELE>: Slack said user_disabled" in text
    assert "1 message from me could not be delivered" in text
    assert "Asha" not in text


@pytest.mark.parametrize(
    ("steering", "to", "named"),
    [
        ("", "", "the steering channel"),
        ("", user("ebele"), "<@U00000EBELE>"),
        (channel("steering"), channel("steering"), "<#C00STEERING>"),
    ],
)
def test_where_the_steering_channel_is_not_reached_every_officer_is_told_directly(
    practice, steering, to, named
):
    practice.found()
    before = practice.texts("asha", "steering")
    chosen = practice.deps.settings.model_copy(update={"steering_channel": steering})
    deps = replace(practice.deps, settings=chosen)
    with deps.write() as session:
        give_up(session, to, practice.clock.now)
        house_jobs.tell_of_undelivered(session, deps, practice.clock.now)
    practice.settle()
    for officer in STEERING:
        assert f"• receipt joined to {named}: Slack said user_disabled" in practice.texts(officer)[-1]
    assert practice.texts("asha", "steering") == before


def test_an_officer_who_could_not_be_told_is_not_told_of_again(practice):
    practice.found()
    with practice.deps.write() as session:
        give_up(session, user("asha"), practice.clock.now, house_jobs.UNDELIVERED)
        queued = session.query(OutboxRow).count()
        house_jobs.tell_of_undelivered(session, practice.deps, practice.clock.now)
        assert session.query(OutboxRow).count() == queued


@pytest.mark.parametrize(
    "call",
    [
        lambda slack, url: slack.chat_postMessage(channel="C1", text="no"),
        lambda slack, url: upload(slack, File("card.png", b"x", "card")),
        lambda slack, url: Responder(f"{url}/api/")(f"{url}/commands/T/1/x", {"text": "no"}),
    ],
)
def test_nothing_leaves_while_a_write_session_is_open(practice, call):
    url = practice.workspace.url
    slack = client("xoxb-1", f"{url}/api/", seconds=1)
    with practice.deps.write(), pytest.raises(CallWhileWriting):
        call(slack, url)
    assert practice.calls("chat.postMessage") == []
    assert practice.calls("files.getUploadURLExternal") == []
