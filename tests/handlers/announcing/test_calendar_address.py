"""What is planned, in a calendar outside Slack: a secret address for each of the steering group, or a file."""

import io
import logging
import re
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from icalendar import Calendar

from bot import logs
from storage.calendar_addresses import CalendarAddress
from tests.handlers.announcing.acts import (
    IN_THREE_DAYS,
    act_on_run,
    approve,
    end_term,
    labels,
    plan_series,
    propose,
    said,
)
from tests.practice import user

PUBLIC = pytest.mark.settings(public_url="https://countmein.example/bot/")
_direct = build_opener(ProxyHandler({}))


def secret_in(text):
    found = re.search(r"`https://countmein.example/bot/calendar/([A-Za-z0-9_-]+)\.ics`", text)
    return found and found[1]


def given(practice, who="carys"):
    """The secret of a new address."""
    return secret_in(said(practice.command(who, "/announce", "calendar")))


def fetched(bot_server, secret, method="GET"):
    """Status, headers and body, as any program on the internet gets them."""
    request = _direct.open
    try:
        with request(f"{bot_server.url}/calendar/{secret}.ics", timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def events(body):
    return [
        (str(one["SUMMARY"]), one.decoded("DTSTART"), str(one["STATUS"]), int(one["SEQUENCE"]))
        for one in Calendar.from_ical(body).walk("VEVENT")
    ]


@PUBLIC
def test_the_address_shows_what_is_planned_and_how_sure_it_is(practice, bot_server):
    propose(practice, "Newsletter; with, signs\nand a second line", **IN_THREE_DAYS)
    approve(practice)
    propose(practice, "Withdrawn.", **IN_THREE_DAYS)
    practice.press("asha", "announcing.withdraw", practice.messages("asha", "steering")[-1])
    propose(practice, "Waiting.", who="bryn", **{**IN_THREE_DAYS, "time": "10:00"})
    propose(practice, "Has no time yet.", who="bryn")
    status, headers, body = fetched(bot_server, given(practice))
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    nine = datetime(2027, 3, 30, 8, tzinfo=UTC)
    assert events(body) == [
        ("Newsletter; with, signs", nine, "CONFIRMED", 1),
        ("Withdrawn.", nine, "CANCELLED", 1),
        ("Waiting.", nine + timedelta(hours=1), "TENTATIVE", 1),
    ]
    uids = [str(one["UID"]) for one in Calendar.from_ical(body).walk("VEVENT")]
    assert len(set(uids)) == 3
    practice.forward(minutes=1)
    assert [
        str(one["UID"])
        for one in Calendar.from_ical(fetched(bot_server, given(practice, "bryn"))[2]).walk("VEVENT")
    ] == uids
    assert b"Asha" not in body
    assert user("asha").encode() not in body


@PUBLIC
def test_a_run_of_a_series_keeps_its_entry_when_its_announcement_is_made(practice, bot_server):
    plan_series(practice, "every monday 9am for 3 times")
    secret = given(practice)

    def entries():
        practice.forward(minutes=1)  # it is drawn at most twice a minute
        found = Calendar.from_ical(fetched(bot_server, secret)[2]).walk("VEVENT")
        return [(str(one["UID"]), str(one["STATUS"]), int(one["SEQUENCE"])) for one in found]

    planned = entries()
    assert [entry[1:] for entry in planned] == [("TENTATIVE", 1)] * 3
    assert planned[1][0] == "series-1-20270405-20270327T093000Z@countmein"
    practice.tick()
    made = entries()
    assert made[0] == (planned[0][0], "TENTATIVE", 2)
    assert made[1:] == planned[1:]
    act_on_run(practice, "announcing.series_skip", 0)
    assert [entry[1] for entry in entries()] == ["CANCELLED", "TENTATIVE", "TENTATIVE"]
    assert [entry[0] for entry in entries()] == [entry[0] for entry in planned]


@PUBLIC
def test_it_is_told_once_and_a_new_one_ends_the_old_at_once(practice, bot_server):
    first = practice.command("carys", "/announce", "calendar")
    old = secret_in(said(first))
    assert labels(first["response"]) == [
        "Make a new address: calendar of announcements",
        "Send me the file: calendar of announcements",
    ]
    again = practice.command("carys", "/announce", "calendar")
    assert said(again).startswith("You have had an address for your calendar since 27 March 2027.")
    assert old not in str(again)
    renewed = secret_in(
        practice.press("carys", "announcing.calendar.renew", again["response"])["response"]["text"]
    )
    assert [fetched(bot_server, secret)[0] for secret in (old, renewed)] == [404, 200]
    with practice.deps.read() as session:
        kept = [row.sha256 for row in session.query(CalendarAddress)]
    assert len(kept) == 1
    assert renewed not in str(kept)


@PUBLIC
def test_it_ends_with_the_office_of_whoever_has_it_and_with_nobody_elses(practice, bot_server):
    carys, bryn = given(practice, "carys"), given(practice, "bryn")
    assert [fetched(bot_server, secret)[0] for secret in (carys, bryn)] == [200, 200]
    end_term(practice, "carys")
    assert [fetched(bot_server, secret)[0] for secret in (carys, bryn)] == [404, 200]


@PUBLIC
@pytest.mark.parametrize("secret", ["x" * 43, "x", "%00", "..%2f..%2fready", "x" * 5_000, "%ff%fe", "é"])
def test_whoever_guesses_finds_nothing(practice, bot_server, secret):
    given(practice)
    secret = secret.replace("é", "%C3%A9")
    assert fetched(bot_server, secret)[0] == 404


@PUBLIC
def test_no_log_holds_the_address(practice, bot_server):
    written = io.StringIO()
    logs.set_up(practice.house.environment, level=logging.DEBUG, to=written)
    secret = given(practice)
    fetched(bot_server, secret)
    fetched(bot_server, f"{secret[:-1]}-")
    practice.settle()
    logging.getLogger("canary").warning("the log is read")
    assert "the log is read" in written.getvalue()
    assert secret[:-1] not in written.getvalue()


def test_without_a_public_address_a_file_comes_by_direct_message(practice):
    propose(practice, "Newsletter.", **IN_THREE_DAYS)
    answer = practice.command("carys", "/announce", "calendar")
    assert said(answer).startswith(
        "I have no address for your calendar yet: calendars can't reach me from outside. Whoever looks "
        "after the bot can change that by setting PUBLIC_URL. Until then, “Send me the file” gives you"
    )
    assert labels(answer["response"]) == ["Send me the file: calendar of announcements"]
    practice.press("carys", "announcing.calendar.file", answer["response"])
    practice.settle()
    message = practice.messages("carys")[-1]
    (file,) = message["files"]
    assert file["name"] == "announcements.ics"
    with _direct.open(f"{practice.workspace.url}/as/{user('carys')}/files/{file['id']}") as file:
        assert [event[0] for event in events(file.read())] == ["Newsletter."]
