import pytest

from handlers.requests import Caller, SlashCommand
from handlers.subcommands import chosen
from tests.practice import user


def help_of(practice, who, command="/member"):
    return practice.command(who, command, "help")["response"]["text"]


def test_help_lists_what_the_reader_can_do_and_officers_see_more(practice):
    practice.found()
    plain, officers = help_of(practice, "dev"), help_of(practice, "asha")
    assert "`/member`: am I a member? since when, what is missing, what is next." in plain
    assert "`/countmein`: join the network, with one short form." in plain
    assert "`/member leave`: leave, or take your application back." in plain
    for line in ("`/member list`", "`/member paid REFERENCE REFERENCE …`"):
        assert line not in plain
        assert line in officers


def test_help_of_the_reserved_names_is_not_shown(practice):
    said = help_of(practice, "dev")
    assert "`/join`" not in said
    assert "`/leave`" not in said


def test_help_is_read_by_guests_and_visitors_too(practice):
    for who, where in (("ines", "open-data"), ("jonas", "tea-room")):
        answer = practice.command(who, "/member", "help", where=where)["response"]["text"]
        assert "`/countmein`" in answer


def test_visitors_of_other_workspaces_are_not_told_who_is_on_the_steering_group(practice):
    practice.found()
    visitor = Caller("T0ELSEWHERE", user("jonas"), at_home=False)
    asked = SlashCommand("command:1", visitor, "/announce", "help", "C0TEAROOM", "1", "")
    request, show = chosen(practice.house.listen.commands["/announce"], asked)
    answer = show(request, practice.deps)
    assert answer.message.text == "Only the steering group of Fenmarch Digital Network can announce things."


def test_hello_to_the_bot_is_answered_with_help(practice):
    practice.say("dev", "hello")
    assert "`/countmein`" in practice.texts("dev")[-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("leve", "leave"), ("quit the network", "leave"), ("signup", "join"), ("am I a member?", "")],
)
def test_a_word_that_does_not_exist_names_the_one_that_is_meant(practice, typed, meant):
    answer = practice.command("dev", "/member", typed)["response"]["text"]
    assert answer.startswith(
        f"I don't know “{typed.split()[0].lower()}” after `/member`, so nothing changed."
    )
    assert f"Did you mean `{f'/member {meant}'.strip()}`?" in answer
    assert user("dev") not in answer


def test_what_was_typed_is_not_formatted_in_a_refusal_and_its_commands_are(practice):
    answer = practice.command("dev", "/member", "*_help_*")["response"]["text"]
    assert answer == (
        "I don't know “∗ˍhelpˍ∗” after `/member`, so nothing changed. Did you mean `/member help`? "  # noqa: RUF001
        "Type `/member help` to see everything it can do."
    )
