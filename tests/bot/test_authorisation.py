"""Who may do what: tests/bot/authorisation.txt says it for everybody and everything, and is held here.

Each cell sends the bot a payload over signed HTTP, as only somebody with Slack's secret could forge it: the
buttons and forms of other people's applications, fees, drafts and announcements, pressed by everybody.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.wiring import listens
from handlers import accounts
from handlers.blocks import standing
from tests.bot.acts import ACTS, Sender, listed
from tests.bot.world import PEOPLE, World

TABLE = Path(__file__).with_name("authorisation.txt")
# What each word of the table means: how the refusal begins, "" for none at all.
REFUSALS = {
    "team": accounts.OTHER_TEAM,
    "guest": (accounts.GUEST, standing.GUEST),
    "human": accounts.BOT,
    "steering": "Only members of the steering group can do this, so nothing changed.",
    "treasurer": "Only the treasurer can do this, so nothing changed.",
    "officers": "Only officers can do this, so nothing changed.",
    "wrote": "You wrote this one",
    "writer": "Only Writer, who wrote it, can edit this announcement.",
    "gone": ("That draft is gone", "That draft was gone already", "What you wrote is not there any more."),
    "card": "Only members have a card",
    "details": "We keep no details about you",
    "member": "You are not a member, so there is nothing to leave.",
    "stayed": (
        "You have not left, so there is nothing to undo.",
        "You're a member, so there is nothing to undo.",
    ),
    "nothing": "You owe nothing.",
    "already": ("You're a member already", "The steering group has your application", "One step is left"),
    "silent": "",
}
KINDS = ("/", "press ", "choose ", "submit ", "close ")


def table():
    header, *lines = (line.split("|") for line in TABLE.read_text().splitlines() if "|" in line)
    people = [cell.strip() for cell in header[1:]]
    return {
        line[0].strip(): dict(zip(people, (cell.strip() for cell in line[1:]), strict=True)) for line in lines
    }


AUTHORISED = table()


def test_every_command_button_and_form_has_its_row():
    assert sorted(AUTHORISED) == sorted(name for name in listed(listens()) if name.startswith(KINDS))


def test_every_row_speaks_of_everybody_in_words_that_are_known():
    assert {tuple(row) for row in AUTHORISED.values()} == {tuple(PEOPLE)}
    assert {word for row in AUTHORISED.values() for word in row.values()} <= {"yes", *REFUSALS}


def said(answer, shown):
    """Everything the person was shown, in order, as one text."""
    return "\n".join(words_in([answer.body, *(one.get("blocks", one) for one in shown)]))


def words_in(value):
    if isinstance(value, dict):
        if "view" in value:
            return words_in(value["view"]["blocks"])
        inner = [value["text"]] if isinstance(value.get("text"), str) else words_in(value.get("text"))
        deeper = (value.get(key) for key in ("blocks", "errors", "label", "elements"))
        return inner + [word for one in deeper for word in words_in(one)]
    if isinstance(value, list):
        return [word for one in value for word in words_in(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", sorted(AUTHORISED))
def test_each_person_may_do_what_the_table_says_and_nothing_else(fronts, name):
    act, waiting = ACTS[name], list(PEOPLE)
    while waiting:
        with fronts.opened("http") as front:
            act.given(front.deps)
            before = front.rows()
            # Everybody who changes nothing meets the same record.
            while waiting and front.rows() == before:
                who = waiting.pop(0)
                front.slack.calls.clear()
                answer = front.way.send(front.payload(name, who))
                found = (answer.done, verdict(name, front, before, said(answer, front.slack.shown())))
                assert found == (True, AUTHORISED[name][who]), who


def verdict(name, front, before, text):
    """The table's word for what happened; a sentence where it has none."""
    if front.rows() != before:
        return "yes" if ACTS[name].effect else "changed something"
    for word, begins in REFUSALS.items():
        if (begins and text.startswith(begins)) or text == begins:
            return word
    return f"said and did nothing: {text}" if ACTS[name].effect else "yes"


FORGED = ["", "abc", "0", "-1", "999999", "9" * 40, "1.1.1", "null", "[]", "{}", '{"announcement": "x"}']


def is_about_something(name):
    """Whether its button has a value, or its form metadata."""
    body = ACTS[name].make(World(datetime.now(UTC), {}), Sender("steering", 1, ""))
    values = [action["value"] for action in body.get("actions", [])]
    return any([*values, body.get("view", {}).get("private_metadata")])


BUTTONS_AND_FORMS = [
    name for name in sorted(AUTHORISED) if name.startswith(KINDS[1:]) and is_about_something(name)
]


def forge(body, value):
    for action in body.get("actions", []):
        action["value"] = value
    if "view" in body:
        body["view"]["private_metadata"] = value
    return body


@pytest.mark.parametrize("name", BUTTONS_AND_FORMS)
def test_what_no_button_or_form_of_ours_says_changes_nothing(fronts, name):
    """Values and metadata that only somebody with Slack's secret could send, from somebody who may do it."""
    with fronts.opened("http") as front:
        before = front.rows()
        for value in FORGED:
            sent = front.way.send(forge(front.payload(name, ACTS[name].by), value))
            assert sent.done is ("\0" not in value)  # what no database takes, the door calls malformed
            assert front.rows() == before
