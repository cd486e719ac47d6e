"""The list of people as a file: sent to an officer's direct message, drawn for whoever is an officer then."""

import csv
import io
from urllib.request import ProxyHandler, build_opener

import pytest

from coop import members_file
from storage.offices import Office
from tests.handlers.acting import POUND, fills_in, joins
from tests.practice import user


@pytest.fixture
def founded(practice):
    practice.found()
    return practice


def ask_for_file(practice, who):
    view = practice.command(who, "/member", "list")["opened_view"]
    practice.press(who, "members_list.csv", view)


def opened(practice, who, file):
    address = f"{practice.workspace.url}/as/{user(who)}/files/{file['id']}"
    with build_opener(ProxyHandler({})).open(address) as answer:
        return list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"), newline="")))


def test_an_officer_gets_everybody_as_a_file_and_is_told_to_keep_it_safe(founded):
    joins(founded, "dev")
    founded.command("ebele", "/countmein")
    fills_in(founded, "ebele", name="=HYPERLINK(1)")
    founded.settle()
    ask_for_file(founded, "asha")
    founded.settle()
    message = founded.messages("asha")[-1]
    assert message["text"].startswith("Here is the list of people as at 27 March 2027.")
    (file,) = message["files"]
    assert file["name"] == "people-2027-03-27.csv"
    header, *lines = opened(founded, "asha", file)
    assert header == list(members_file.HEADER)
    assert lines[-2:] == [
        ["Member", "4", "Dev", "dev@fenmarch.example", "2027-03-27", "Member since", "", ""],
        ["Member", "5", "'=HYPERLINK(1)", "ebele@fenmarch.example", "2027-03-27", "Member since", "", ""],
    ]


@pytest.mark.settings(**POUND)
def test_whoever_owes_a_fee_stands_in_the_file_with_reference_and_amount(founded):
    joins(founded, "dev")
    ask_for_file(founded, "asha")
    founded.settle()
    (file,) = founded.messages("asha")[-1]["files"]
    owing = [line for line in opened(founded, "asha", file) if line[0] == "Fee due" and line[2] == "Dev"]
    assert [(line[5], line[7], bool(line[6])) for line in owing] == [("To be paid by", "1.00", True)]


def test_whoever_is_no_officer_any_more_when_it_leaves_gets_no_file(founded):
    ask_for_file(founded, "bryn")
    with founded.deps.write() as session:
        for office in session.query(Office):
            office.ended_on = founded.deps.today()
    founded.settle()
    message = founded.messages("bryn")[-1]
    assert (message["text"], message.get("files") or []) == (
        "You asked for the list of people, but you hold no office any more, so I have not sent it.",
        [],
    )
