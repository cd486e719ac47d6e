import pytest

from handlers.blocks.helping import SHORT
from handlers.blocks.standing import GUEST, IN_PRIVATE, ORGANISATIONS, PRIVATE, VISITOR
from tests.handlers.acting import POUND, joins, labels
from tests.practice import user

NOT_YET = (
    "You're in our Slack. You're not a member yet: nobody is unless they join. "
    "Joining takes about a minute and costs nothing. "
    "To check that this is really us, look at https://fenmarch.example/membership."
)
MEMBER = (
    "Yes, you're a member of Fenmarch Digital Network. You joined on 27 March 2027. Your member number is 1. "
    "As a member you can hold an office in the network. No vote is planned."
)


def test_a_direct_message_is_answered_there_with_one_button(practice):
    practice.say("dev", "Hi! am i a memeber?? :wave:")
    [_, answer] = practice.messages("dev")
    assert answer["text"] == NOT_YET
    assert labels(answer) == ["Join"]
    joins(practice, "dev")
    practice.say("dev", "am I part of FDN?")
    answer = practice.messages("dev")[-1]
    assert answer["text"] == MEMBER
    assert labels(answer) == ["Send me my card"]


def test_the_command_answers_in_private_in_its_acknowledgement(practice):
    posts = len(practice.calls("chat.postMessage"))
    answer = practice.command("dev", "/member")["response"]
    assert answer["text"] == NOT_YET
    assert NOT_YET not in practice.texts("ebele", "general")
    assert len(practice.calls("chat.postMessage")) == posts


def test_a_question_in_a_channel_is_answered_to_nobody_else(practice):
    practice.say("dev", "quick one, am I a member of the network?", where="general")
    answer = practice.messages("dev", "general")[-1]
    assert answer["text"] == f"{NOT_YET} {IN_PRIVATE}"
    assert answer["text"] not in practice.texts("ebele", "general")


def test_a_question_in_a_thread_is_answered_in_it(practice):
    first = practice.say("ebele", "who is coming on Tuesday?", where="general")["message"]
    practice.mention("dev", "am I a member?", thread_ts=first["ts"])
    [ephemeral] = practice.calls("chat.postEphemeral")
    assert ephemeral["arguments"]["thread_ts"] == first["ts"]
    assert ephemeral["arguments"]["user"] == user("dev")


@pytest.mark.parametrize(
    "said", ["am I a member of the working group?", "I'm a member", "who is a member of staff?"]
)
def test_a_channel_is_left_alone_when_nobody_asks(practice, said):
    practice.say("dev", said, where="general")
    assert practice.calls("chat.postEphemeral") == []


@pytest.mark.settings(listen_in_channels="no")
def test_a_network_can_choose_that_channels_are_not_listened_to(practice):
    practice.say("dev", "am I a member?", where="general")
    assert practice.calls("chat.postEphemeral") == []
    practice.mention("dev", "am I a member?")
    assert practice.messages("dev", "general")[-1]["text"] == f"{NOT_YET} {IN_PRIVATE}"


def test_what_is_not_understood_in_a_direct_message_gets_one_line(practice):
    practice.say("dev", "the weather is lovely in Oxmere")
    assert practice.texts("dev")[-1] == SHORT


@pytest.mark.parametrize(
    "said", ["thanks", "Thank you so much!", "ok thanks :pray:", "great, that’s it, cheers"]
)
def test_thanks_are_answered_kindly(practice, said):
    practice.say("dev", said)
    assert practice.texts("dev")[-1] == "You're welcome."


@pytest.mark.parametrize("said", ["ok", "OK, got it.", ":+1:", "👍", "Perfect!"])
def test_a_nod_is_left_alone(practice, said):
    practice.say("dev", said)
    assert practice.texts("dev") == [said]


@pytest.mark.parametrize("said", ["?!", "thanks for the fish", "ok computer", "is it good?"])
def test_what_only_begins_like_a_nod_still_gets_the_line_of_help(practice, said):
    practice.say("dev", said)
    assert practice.texts("dev")[-1] not in {said, "You're welcome."}


def test_officers_alone_are_told_about_somebody_else(practice):
    practice.found()
    joins(practice, "dev")
    practice.say("asha", f"is <@{user('dev')}> a member?")
    assert (
        practice.texts("asha")[-1]
        == f"Yes, <@{user('dev')}> has been a member since 27 March 2027, number 4."
    )
    practice.say("asha", f"is <@{user('ebele')}> a member?")
    assert practice.texts("asha")[-1] == f"I find no membership for <@{user('ebele')}>'s Slack account."
    for who in ("dev", "ebele"):
        practice.say(who, f"is <@{user('asha')}> a member?")
        assert practice.texts(who)[-1] == PRIVATE


def test_a_council_cannot_join_yet(practice):
    practice.say("dev", "is my council a member?")
    assert practice.texts("dev")[-1] == ORGANISATIONS


@pytest.mark.parametrize("said", ["join", "count me in", "sign me up", "/join"])
def test_the_plain_words_for_joining_bring_the_button(practice, said):
    practice.say("dev", said)
    answer = practice.messages("dev")[-1]
    assert labels(answer) == ["Join"]
    practice.press("dev", "joining.open", answer)
    assert practice.modal("dev")["callback_id"] == "joining.form"


@pytest.mark.parametrize("said", ["am I a member?", "I want to join"])
def test_whoever_is_asked_to_join_is_told_two_officers_and_the_official_page_to_check_with(practice, said):
    practice.found()
    practice.say("dev", said)
    assert practice.texts("dev")[-1].endswith(
        " To check that this is really us, "
        f"ask <@{user('asha')}> or <@{user('bryn')}> (both on the steering group), or "
        "look at https://fenmarch.example/membership."
    )


@pytest.mark.settings(**POUND)
def test_an_answer_that_tells_of_money_names_two_officers_and_the_official_page(practice):
    practice.found()
    joins(practice, "dev")
    answer = practice.command("dev", "/member")["response"]
    assert answer["text"] == (
        "You're nearly a member: your application is approved, and your fee is missing. "
        "Missing: £1, due by 26 April 2027. You're a member as soon as it has arrived. "
        "To check that this is really us, "
        f"ask <@{user('asha')}> or <@{user('bryn')}> (both on the steering group), or "
        "look at https://fenmarch.example/membership."
    )
    assert labels(answer) == ["How to pay"]


def test_a_card_comes_again_when_asked_for_but_only_to_members(practice):
    refused = practice.command("dev", "/member", "card")["response"]["text"]
    assert refused.startswith("Only members have a card")
    joins(practice, "dev")
    answer = practice.command("dev", "/member", "card")["response"]["text"]
    assert answer == "Your card is on its way to you, in your direct messages with me."


def by_message(practice, text):
    practice.say("ines", text)
    return practice.messages("ines")[-1]


def by_mention(practice, text):
    practice.mention("ines", text, where="open-data")
    return practice.messages("ines", "open-data")[-1]


def by_command(practice, _text):
    return practice.command("ines", "/member", where="open-data")["response"]


@pytest.mark.parametrize("text", ["am I a member?", "I want to join"])
@pytest.mark.parametrize("way", [by_message, by_mention, by_command])
def test_a_guest_is_told_at_once_that_guests_cannot_join(practice, way, text):
    practice.workspace.asked("invite", user=practice.bot_user, channel="C00OPENDATA", inviter=user("dev"))
    answer = way(practice, text)
    assert (answer["text"], labels(answer)) == (GUEST, [])


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "status", "status": 503},
        {"kind": "reset_before"},
        {"kind": "html"},
        {"kind": "error", "error": "missing_scope"},
        {"kind": "error", "error": "ratelimited"},
        {"kind": "cut"},
    ],
)
def test_when_slack_does_not_say_who_is_a_guest_everybody_is_answered_as_ever(practice, trouble):
    practice.workspace.asked("faults", method="users.info", times=9, **trouble)
    answer = practice.command("dev", "/member")["response"]
    assert (answer["text"], labels(answer)) == (NOT_YET, ["Join"])
    practice.say("ines", "join")
    practice.press("ines", "joining.open", practice.messages("ines")[-1])
    assert practice.modal("ines")["callback_id"] == "joining.form"


@pytest.mark.settings(join_approval="steering")
def test_slack_is_asked_nothing_about_people_the_record_knows(practice):
    practice.found()
    joins(practice, "dev")
    asked = len(practice.calls("users.info"))
    for who in ("asha", "dev"):
        practice.command(who, "/member")
        practice.say(who, "am I a member?")
        practice.say(who, "join")
        practice.home(who)
    assert len(practice.calls("users.info")) == asked


def test_visitors_from_another_slack_are_told_whom_the_bot_answers(practice):
    practice.workspace.asked("invite", user=practice.bot_user, channel="C000TEAROOM", inviter=user("dev"))
    practice.say("jonas", "am I a member of this network?", where="tea-room")
    assert practice.messages("jonas", "tea-room")[-1]["text"] == VISITOR
    practice.mention("jonas", "I want to join", where="tea-room")
    assert practice.messages("jonas", "tea-room")[-1]["text"] == VISITOR
