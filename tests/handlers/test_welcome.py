import pytest

from tests.handlers.acting import labels
from tests.practice import user

WELCOME = (
    "Hello. I answer questions about membership of Fenmarch Digital Network. Being in this Slack does not "
    "make you a member. Ask me here “am I a member?”, or type `/member` anywhere; `/member help` shows the "
    "rest."
)


def comes(practice, name="Nia Newcomb", **about):
    person = {"id": "UNIA", "name": "nia", "real_name": name, "email": "nia@fenmarch.example", **about}
    practice.workspace.asked("join-workspace", user=person)
    practice.settle()


def test_a_newcomer_gets_one_welcome(practice):
    comes(practice)
    practice.redeliver(kind="event", times=3)
    practice.settle()
    [message] = practice.messages("UNIA")
    assert message["text"] == WELCOME
    assert labels(message) == ["No more messages"]


def test_no_more_messages_means_none_but_answers_still_come(practice):
    comes(practice)
    practice.press("UNIA", "welcome.no_more", practice.messages("UNIA")[0])
    [message] = practice.messages("UNIA")
    assert message["text"].startswith("All right: I won't write to you first any more.")
    comes(practice)
    practice.say("UNIA", "am I a member?")
    assert [text for text in practice.texts("UNIA") if text == WELCOME] == []
    assert practice.texts("UNIA")[-1].startswith("You're in our Slack.")


@pytest.mark.parametrize(
    "about",
    [
        {"is_bot": True},
        {"is_restricted": True},
        {"is_restricted": True, "is_ultra_restricted": True},
        {"team_id": "T0SALTHOLM"},
    ],
)
def test_bots_guests_and_people_of_other_teams_are_not_written_to(practice, about):
    posts = len(practice.calls("chat.postMessage"))
    comes(practice, **about)
    assert len(practice.calls("chat.postMessage")) == posts


def test_whoever_was_there_already_is_never_written_to_first(practice):
    practice.workspace.asked("people", count=3000)
    practice.new_day()
    practice.tick()
    assert practice.calls("chat.postMessage") == []
    assert practice.calls("conversations.open") == []


def test_invited_to_a_channel_the_bot_says_once_what_it_reads_there(practice):
    practice.workspace.asked("invite", user=practice.bot_user, channel="C00OPENDATA", inviter=user("dev"))
    practice.redeliver(kind="event", times=2)
    practice.settle()
    [said] = [text for text in practice.texts("dev", "open-data") if "I read" in text]
    assert said == (
        "Hello. I read messages here only to notice the question whether somebody is a member of Fenmarch "
        "Digital Network, and answer it so that only they can see it. I store none of what I read. "
        "To ask me anywhere, type `/member`."
    )


def test_other_people_joining_a_channel_is_no_business_of_the_bot(practice):
    practice.workspace.asked("invite", user=user("hamid"), channel="C00OPENDATA", inviter=user("dev"))
    practice.settle()
    assert practice.calls("chat.postMessage") == []


@pytest.mark.settings(listen_in_channels="no")
def test_where_channels_are_not_listened_to_the_bot_says_so(practice):
    practice.workspace.asked("invite", user=practice.bot_user, channel="C00OPENDATA", inviter=user("dev"))
    practice.settle()
    assert (
        "Hello. I don't read messages here, only those that mention me, and I store none of them. "
        "To ask me anywhere, type `/member`."
    ) in practice.texts("dev", "open-data")
