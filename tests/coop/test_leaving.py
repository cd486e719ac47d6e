from datetime import date, timedelta

import pytest

from coop import fees, joining, leaving, offices, standing
from coop.details import Form
from coop.errors import UserError
from coop.joining import Account, Outcome
from coop.leaving import Left
from coop.settings import FeePeriod, JoinApproval, LegalForm, Settings
from coop.standing import State
from storage import members, people
from storage.fees import open_fees
from storage.log import broken_links
from storage.offices import Role
from tests.coop.people import TEAM, a_member, an_officer, queued

TODAY = date(2027, 3, 27)
PLAIN = Settings(network_name="Barset Digital")
FORM = Form("Asha Patel", "asha@barsetshire.example", is_old_enough=True, agrees=True)


def leave(database, user, now, settings=PLAIN):
    with database.write() as session:
        return leaving.leave(session, team_id=TEAM, user_id=user, settings=settings, now=now)


def undo(database, user, now):
    with database.write() as session:
        return leaving.undo(session, team_id=TEAM, user_id=user, now=now)


def state_of(database, user, now):
    with database.read() as session:
        return standing.of_account(session, TEAM, user, today=now.date(), now=now).state


def test_leaving_takes_effect_today_with_a_receipt(database, now):
    with database.write() as session:
        a_member(session, "UASHA", now=now, since=date(2027, 1, 4))
    assert leave(database, "UASHA", now) == Left(TODAY, date(2027, 1, 4), was_member=True, number=1)
    assert state_of(database, "UASHA", now) is State.LEFT
    with database.read() as session:
        assert queued(session, to="UASHA") == [
            (
                "receipt_left",
                {
                    "on": "2027-03-27",
                    "since": "2027-01-04",
                    "was_member": True,
                    "number": 1,
                    "undo_until": "10:30am on 27 March 2027",
                },
            )
        ]
        assert list(broken_links(session)) == []


def test_nobody_can_leave_twice_or_without_having_joined(database, now):
    with database.write() as session:
        a_member(session, "UASHA", now=now)
    leave(database, "UASHA", now)
    for user in ("UASHA", "UNOBODY"):
        with pytest.raises(UserError, match="there is nothing to leave"):
            leave(database, user, now)


def test_leaving_can_be_undone_for_an_hour_offices_and_dues_included(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.TREASURER, now=now)
        settings = Settings(fee_period=FeePeriod.ONCE, fee_pence=100)
        fees.raise_fees(session, settings=settings, now=now)
    leave(database, "UASHA", now)
    with database.read() as session:
        assert offices.current(session, TODAY) == []
        assert open_fees(session, asha) == []
    assert undo(database, "UASHA", now + timedelta(hours=1)) == date(2027, 1, 4)
    assert state_of(database, "UASHA", now) is State.MEMBER
    with database.read() as session:
        assert [officer.role for officer in offices.current(session, TODAY)] == [Role.TREASURER]
        assert len(open_fees(session, asha)) == 1
        assert queued(session, to="UASHA")[-1] == ("receipt_leaving_undone", {"since": "2027-01-04"})
    with pytest.raises(UserError, match="there is nothing to undo"):
        undo(database, "UASHA", now)


def test_after_an_hour_leaving_cannot_be_undone(database, now):
    with database.write() as session:
        a_member(session, "UASHA", now=now)
    leave(database, "UASHA", now)
    with pytest.raises(UserError, match="only within an hour"):
        undo(database, "UASHA", now + timedelta(minutes=61))


def test_rejoining_makes_a_new_dated_row_for_the_same_number_without_the_old_offices(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.STEERING, now=now)
        a_member(session, "UBRYN", now=now)
    leave(database, "UASHA", now)
    later = now + timedelta(days=30)
    with database.write() as session:
        applied = joining.apply(session, account=Account(TEAM, "UASHA"), form=FORM, settings=PLAIN, now=later)
    assert (applied.outcome, applied.number, applied.since) == (Outcome.JOINED, 1, date(2027, 4, 26))
    with database.read() as session:
        rows = session.query(members.Membership).filter_by(person_id=asha).order_by("id").all()
        assert [(row.entered_on, row.ceased_on) for row in rows] == [
            (date(2027, 1, 4), TODAY),
            (date(2027, 4, 26), None),
        ]
        assert offices.current(session, date(2027, 4, 26)) == []
        assert queued(session, to="UASHA")[-2][1]["again"] is True


def test_undoing_a_leaving_takes_back_an_application_made_since(database, now):
    steered = PLAIN.model_copy(update={"join_approval": JoinApproval.STEERING, "steering_channel": "GSTEER"})
    with database.write() as session:
        a_member(session, "UASHA", now=now)
    leave(database, "UASHA", now)
    with database.write() as session:
        joining.apply(session, account=Account(TEAM, "UASHA"), form=FORM, settings=steered, now=now)
    undo(database, "UASHA", now + timedelta(minutes=5))
    assert state_of(database, "UASHA", now) is State.MEMBER
    with database.read() as session:
        assert members.open_application(session, people.person_id_of(session, TEAM, "UASHA")) is None


def test_an_application_can_be_taken_back_and_nothing_is_owed(database, now):
    pound = Settings(fee_period=FeePeriod.ONCE, fee_pence=100)
    with database.write() as session:
        joining.apply(session, account=Account(TEAM, "UASHA"), form=FORM, settings=pound, now=now)
    assert leave(database, "UASHA", now) == Left(TODAY, TODAY, was_member=False)
    assert state_of(database, "UASHA", now) is State.NOT_KNOWN
    with database.read() as session:
        assert open_fees(session, people.person_id_of(session, TEAM, "UASHA")) == []


def test_a_society_below_three_members_alarms_its_officers_but_lets_them_go(database, now):
    society = Settings(legal_form=LegalForm.SOCIETY, steering_channel="GSTEER")
    with database.write() as session:
        for user in ("UASHA", "UBRYN", "UCARYS", "UDEE"):
            a_member(session, user, now=now)
    leave(database, "UASHA", now, society)
    with database.read() as session:
        assert queued(session, to="GSTEER") == []
    leave(database, "UBRYN", now, society)
    with database.read() as session:
        assert queued(session, to="GSTEER") == [("too_few_members", {"members": 2})]


def test_without_a_steering_channel_each_officer_is_told(database, now):
    society = Settings(legal_form=LegalForm.SOCIETY)
    with database.write() as session:
        a_member(session, "UASHA", now=now)
        an_officer(session, "UDEE", Role.SECRETARY, Role.TREASURER, now=now)
    leave(database, "UASHA", now, society)
    with database.read() as session:
        assert queued(session, to="UDEE") == [("too_few_members", {"members": 1})]
