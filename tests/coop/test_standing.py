from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coop import standing
from coop.standing import Beside, NextStep, Standing, State
from storage.members import Application, Membership
from storage.standings import Held, HeldMembership, LastApplication, OwedFee
from tests.coop.people import TEAM, a_member, a_person

TODAY = date(2027, 3, 27)
NOW = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)
JOINED, ENDED = date(2025, 6, 4), date(2026, 12, 31)
CURRENT = HeldMembership(1, "individual", None, JOINED, None, None, None)
PAST = replace(CURRENT, ceased_on=ENDED, ceased_at=NOW - timedelta(days=86), cease_reason="left")
FEE = OwedFee(7, 100, date(2027, 4, 26), "LGD0000183")
SUPPORTS = HeldMembership(2, "supporter", None, date(2024, 1, 1), None, None, None)
REPRESENTS = HeldMembership(3, "representative", "Barsetshire County Council", JOINED, None, None, None)


def held(*memberships, application=None, owed=(), has_agreed=True):
    return Held(1, "Asha", 12, has_agreed, memberships, application, owed)


def applied(state, decided_on=None, reason=None):
    return LastApplication(state, date(2027, 3, 20), decided_on, reason)


@pytest.mark.parametrize(
    ("known", "state", "next_step", "since", "until"),
    [
        (None, State.NOT_KNOWN, NextStep.JOIN, None, None),
        (held(), State.NOT_KNOWN, NextStep.JOIN, None, None),
        (held(application=applied("withdrawn", TODAY)), State.NOT_KNOWN, NextStep.JOIN, None, None),
        (held(application=applied("invited")), State.INVITED, NextStep.JOIN, None, None),
        (held(application=applied("waiting")), State.APPLIED, NextStep.WAIT, date(2027, 3, 20), None),
        (
            held(application=applied("declined", TODAY, "We could not reach you.")),
            State.DECLINED,
            NextStep.JOIN,
            date(2027, 3, 20),
            None,
        ),
        (
            held(application=applied("approved", TODAY), owed=(FEE,)),
            State.APPROVED_FEE_DUE,
            NextStep.PAY,
            date(2027, 3, 20),
            None,
        ),
        (held(CURRENT), State.MEMBER, NextStep.SEE_CARD, JOINED, None),
        (held(CURRENT, application=applied("entered")), State.MEMBER, NextStep.SEE_CARD, JOINED, None),
        (held(CURRENT, has_agreed=False), State.MEMBER, NextStep.ADD_DETAILS, JOINED, None),
        (held(CURRENT, owed=(FEE,)), State.MEMBER, NextStep.PAY, JOINED, None),
        (held(CURRENT, owed=(replace(FEE, due_on=TODAY),)), State.MEMBER, NextStep.PAY, JOINED, None),
        (
            held(CURRENT, owed=(replace(FEE, due_on=date(2027, 3, 26)),)),
            State.FEE_OVERDUE,
            NextStep.PAY,
            JOINED,
            None,
        ),
        (held(PAST), State.LEFT, NextStep.JOIN, JOINED, ENDED),
        (held(replace(PAST, cease_reason="died")), State.LEFT, NextStep.JOIN, JOINED, ENDED),
        (held(replace(PAST, cease_reason="lapsed")), State.LAPSED, NextStep.JOIN, JOINED, ENDED),
        (held(replace(PAST, cease_reason="expelled")), State.EXPELLED, NextStep.ASK_OFFICER, JOINED, ENDED),
        (
            held(replace(PAST, ceased_on=TODAY, ceased_at=NOW - timedelta(minutes=60))),
            State.LEFT,
            NextStep.UNDO_LEAVING,
            JOINED,
            TODAY,
        ),
        (
            held(replace(PAST, ceased_on=TODAY, ceased_at=NOW - timedelta(minutes=61))),
            State.LEFT,
            NextStep.JOIN,
            JOINED,
            TODAY,
        ),
        (held(PAST, replace(CURRENT, id=9)), State.MEMBER, NextStep.SEE_CARD, JOINED, None),
        (
            held(PAST, application=applied("waiting")),
            State.APPLIED,
            NextStep.WAIT,
            date(2027, 3, 20),
            None,
        ),
        (
            held(PAST, application=applied("declined", date(2024, 1, 1))),
            State.LEFT,
            NextStep.JOIN,
            JOINED,
            ENDED,
        ),
        (held(SUPPORTS), State.SUPPORTER, NextStep.JOIN, date(2024, 1, 1), None),
        (held(REPRESENTS), State.REPRESENTATIVE, NextStep.JOIN, JOINED, None),
        (held(replace(SUPPORTS, ceased_on=ENDED)), State.NOT_KNOWN, NextStep.JOIN, None, None),
    ],
)
def test_what_is_held_decides_the_standing(known, state, next_step, since, until):
    decided = standing.decide(known, today=TODAY, now=NOW)
    assert (decided.state, decided.next_step, decided.since, decided.until) == (
        state,
        next_step,
        since,
        until,
    )


def test_a_member_may_be_a_representative_and_a_supporter_besides():
    decided = standing.decide(held(CURRENT, SUPPORTS, REPRESENTS), today=TODAY, now=NOW)
    assert decided == Standing(
        State.MEMBER,
        NextStep.SEE_CARD,
        "Asha",
        12,
        since=JOINED,
        beside=(
            Beside(State.REPRESENTATIVE, JOINED, "Barsetshire County Council"),
            Beside(State.SUPPORTER, date(2024, 1, 1), ""),
        ),
    )


def test_one_query_brings_all_memberships_and_all_that_is_owed(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now, name="Asha", since=date(2027, 2, 1))
        session.add(Membership(person_id=asha, kind="supporter", entered_on=JOINED, entered_at=now))
        session.add(Application(person_id=asha, state="declined", applied_on=JOINED, applied_at=now))
        a_person(session, "UBRYN", now=now)
    with database.read() as session:
        asked = {"today": TODAY, "now": now}
        assert standing.of_account(session, TEAM, "UASHA", **asked) == Standing(
            State.MEMBER,
            NextStep.ADD_DETAILS,
            "Asha",
            1,
            since=date(2027, 2, 1),
            lacks_agreement=True,
            beside=(Beside(State.SUPPORTER, JOINED, ""),),
        )
        assert standing.of_account(session, TEAM, "UBRYN", **asked).state is State.NOT_KNOWN
        assert standing.of_account(session, TEAM, "UNOBODY", **asked) == standing.NOBODY
        assert standing.of_account(session, "TOTHER", "UASHA", **asked) == standing.NOBODY
