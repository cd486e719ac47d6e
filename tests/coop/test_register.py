"""The register says who was a member on any day, under the name of that day, in the columns of the law."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coop import joining, leaving, paying, register
from coop.details import Form
from coop.register import View
from coop.settings import FeePeriod, LegalForm, Settings
from storage import log, people
from storage.fees import Fee, LedgerEntry, Money
from storage.members import Membership
from storage.offices import Office, Role
from tests.coop.people import TEAM, an_officer

LONDON = ZoneInfo("Europe/London")
ASSOCIATION = Settings()
SOCIETY = Settings(legal_form=LegalForm.SOCIETY)


def noon(day):
    return datetime.combine(day, time(12), LONDON)


def enter(session, name, number, on, until=None, email="someone@council.example"):
    person_id = people.add_with_account(session, "T1", f"U{number}", noon(on))
    row = people.person(session, person_id)
    row.name, row.email, row.member_number = name, email, number
    session.add(
        Membership(
            person_id=person_id, kind="individual", entered_on=on, entered_at=noon(on), ceased_on=until
        )
    )
    call(session, person_id, name, noon(on))
    return person_id


def call(session, person_id, name, at):
    people.person(session, person_id).name = name
    log.record(
        session, act="details changed", by="x", about=f"person:{person_id}", now=at, facts={"name": name}
    )


def as_at(database, day, view=View.FULL, settings=ASSOCIATION):
    with database.read() as session:
        return register.as_at(session, day=day, view=view, settings=settings)


def names(found):
    place = found.people.header.index("Name")
    return [row[place] for row in found.people.rows]


@pytest.fixture
def three(database):
    with database.write() as session:
        enter(session, "Asha Patel", 1, date(2027, 1, 10))
        enter(session, "Bryn Callow", 2, date(2027, 2, 10), until=date(2027, 3, 31))
        enter(session, "Carys Whitlock", 3, date(2027, 4, 1))
    return database


@pytest.mark.parametrize(
    ("day", "there", "members"),
    [
        (date(2027, 1, 9), [], 0),
        (date(2027, 1, 10), ["Asha Patel"], 1),
        (date(2027, 2, 10), ["Asha Patel", "Bryn Callow"], 2),
        (date(2027, 3, 31), ["Asha Patel", "Bryn Callow"], 2),
        (date(2027, 4, 1), ["Asha Patel", "Bryn Callow", "Carys Whitlock"], 2),
    ],
)
def test_the_register_of_a_day_holds_whoever_had_been_entered_by_then(three, day, there, members):
    found = as_at(three, day)
    assert (names(found), found.members) == (there, members)


def test_what_came_after_the_day_is_not_told(three):
    assert as_at(three, date(2027, 3, 30)).people.rows[1] == (
        2,
        "Bryn Callow",
        "someone@council.example",
        "notices of meetings, votes and fees",
        date(2027, 2, 10),
        None,
    )
    assert as_at(three, date(2027, 3, 31)).people.rows[1][-1] == date(2027, 3, 31)


def test_whoever_left_and_came_back_has_two_lines_and_one_number(three):
    with three.write() as session:
        on = date(2027, 5, 1)
        session.add(Membership(person_id=2, kind="individual", entered_on=on, entered_at=noon(on)))
    rows = [row for row in as_at(three, date(2027, 6, 1)).people.rows if row[0] == 2]
    assert [row[-2:] for row in rows] == [(date(2027, 2, 10), date(2027, 3, 31)), (date(2027, 5, 1), None)]
    assert as_at(three, date(2027, 6, 1)).members == 3


def test_people_stand_under_the_name_they_had_on_the_day(three):
    with three.write() as session:
        call(session, 1, "Asha Patel-Green", datetime(2027, 3, 31, 23, 30, tzinfo=LONDON))
    assert names(as_at(three, date(2027, 3, 30)))[0] == "Asha Patel"
    assert names(as_at(three, date(2027, 3, 31)))[0] == "Asha Patel-Green"


def test_a_name_given_half_an_hour_after_midnight_in_summer_is_of_the_new_day(three):
    with three.write() as session:
        call(session, 1, "Asha Green", datetime(2027, 6, 4, 23, 30, tzinfo=ZoneInfo("UTC")))
    assert names(as_at(three, date(2027, 6, 4)))[0] == "Asha Patel"
    assert names(as_at(three, date(2027, 6, 5)))[0] == "Asha Green"


def test_an_erased_name_is_said_to_be_erased_and_the_line_stays(three):
    with three.write() as session:
        log.forget(session, "person:2")
        people.person(session, 2).name = None
    assert names(as_at(three, date(2027, 6, 4))) == ["Asha Patel", "erased", "Carys Whitlock"]


def test_supporters_and_representatives_are_not_on_the_register(three):
    with three.write() as session:
        session.add(
            Membership(
                person_id=3, kind="supporter", entered_on=date(2027, 1, 1), entered_at=noon(date(2027, 1, 1))
            )
        )
    assert names(as_at(three, date(2027, 1, 31))) == ["Asha Patel"]


def test_what_any_member_may_look_into_holds_no_e_mail_and_no_holding(three):
    found = as_at(three, date(2027, 6, 4), View.INSPECTABLE, SOCIETY)
    assert found.people.header == (
        "Member number",
        "Name",
        "Postal address",
        "Entered on the register",
        "Ceased to be a member",
    )
    assert "council.example" not in str(found)


def pay_for_share(session, person_id, on, pence=100, reverses=None):
    session.add(
        LedgerEntry(
            fee_id=1,
            person_id=person_id,
            kind=Money.SHARE,
            amount_pence=pence,
            currency="GBP",
            method="bank",
            paid_on=on,
            booked_at=noon(on),
            booked_by=person_id,
            reverses=reverses,
        )
    )
    session.flush()


def test_a_societys_register_holds_shares_and_what_was_paid_as_at_the_day(three):
    with three.write() as session:
        session.add(
            Fee(
                person_id=1,
                kind=Money.SHARE,
                amount_pence=100,
                reference="FDNAAAA",
                code="AAAA",
                raised_on=date(2027, 1, 10),
                raised_at=noon(date(2027, 1, 10)),
                due_on=date(2027, 2, 10),
                covers_from=date(2027, 1, 10),
            )
        )
        session.flush()
        pay_for_share(session, 1, date(2027, 1, 20))
        pay_for_share(session, 1, date(2027, 5, 1), pence=-100, reverses=1)
    header = as_at(three, date(2027, 1, 19), settings=SOCIETY).people.header
    assert header[-3:] == ("Shares", "Paid on shares (£)", "Other property in the society")
    held = [
        as_at(three, day, settings=SOCIETY).people.rows[0][-3:-1]
        for day in (date(2027, 1, 19), date(2027, 1, 20), date(2027, 5, 1))
    ]
    assert held == [(1, "0.00"), (1, "1.00"), (1, "0.00")]


def test_whoever_comes_back_to_a_society_holds_the_new_share_alone(database):
    asked = Settings(legal_form=LegalForm.SOCIETY, fee_period=FeePeriod.ONCE, fee_pence=100, pay_to="Bank")
    first, again = date(2027, 1, 10), date(2027, 3, 1)
    with database.write() as session:
        treasurer = an_officer(session, "U1", Role.TREASURER, now=noon(first))
        join_and_pay(session, treasurer, asked, first)
        leaving.leave(session, team_id=TEAM, user_id="U2", settings=asked, now=noon(date(2027, 2, 1)))
        join_and_pay(session, treasurer, asked, again)
    held = [
        [row[-3:-1] for row in as_at(database, day, settings=asked).people.rows if row[1] == "Bryn Callow"]
        for day in (first, date(2027, 2, 1), again)
    ]
    assert held == [[(1, "1.00")], [(0, "0.00")], [(0, "0.00"), (1, "1.00")]]


def join_and_pay(session, treasurer, asked, day):
    form = Form("Bryn Callow", "bryn@barsetshire.example", is_old_enough=True, agrees=True)
    applied = joining.apply(
        session, account=joining.Account(TEAM, "U2"), form=form, settings=asked, now=noon(day)
    )
    paying.mark_paid(
        session, fee_ids=[applied.owed.fee_id], paid_on=day, by=treasurer, settings=asked, now=noon(day)
    )


@pytest.mark.parametrize(
    ("form", "column", "missing"),
    [
        (LegalForm.SOCIETY, "Postal address", "postal addresses"),
        (LegalForm.COMPANY, "Service address", "service addresses"),
    ],
)
def test_what_the_law_asks_for_and_nobody_gave_is_said_to_be_missing(three, form, column, missing):
    found = as_at(three, date(2027, 6, 4), settings=Settings(legal_form=form))
    place = found.people.header.index(column)
    assert {row[place] for row in found.people.rows} == {"not held"}
    assert missing in found.missing[0]


def test_an_association_owes_the_law_nothing_more(three):
    assert as_at(three, date(2027, 6, 4)).missing == ()


def test_officers_are_those_of_the_day(three):
    begun, ended = date(2027, 2, 1), date(2027, 3, 1)
    with three.write() as session:
        for person_id, role, over in ((1, Role.STEERING, None), (1, Role.TREASURER, ended)):
            session.add(
                Office(
                    person_id=person_id,
                    role=role,
                    from_on=begun,
                    until_on=date(2028, 3, 31),
                    granted_at=noon(begun),
                    granted_by="command line",
                    ended_on=over,
                )
            )
    assert as_at(three, begun - timedelta(days=1)).officers.rows == ()
    assert as_at(three, date(2027, 2, 28)).officers.rows[1] == (
        "Asha Patel",
        "Treasurer",
        begun,
        date(2028, 3, 31),
        None,
    )
    assert [row[-1] for row in as_at(three, ended).officers.rows] == [None, ended]
