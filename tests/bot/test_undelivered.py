"""What could not be delivered is seen by whoever looks after the bot, and by the steering group."""

from datetime import timedelta

import pytest

from bot.doctor import record
from bot.doctor.findings import Verdict
from bot.jobs import house_jobs
from bot.outbox.uploading import upload
from bot.slack.clients import CallWhileWriting, Responder, client
from handlers.blocks.message import File
from storage import outbox, outbox_claims
from tests.practice import user


def found(database, now):
    with database.read() as session:
        return list(record.messages(session, now))


def give_up(session, to, now):
    outbox.put(session, kind="receipt_joined", to=to, facts={"name": "Asha"}, now=now)
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
