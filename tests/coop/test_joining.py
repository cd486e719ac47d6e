from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from coop import approving, details, joining, standing, texts
from coop.details import AGE, AGREEMENT, EMAIL, NAME, Form
from coop.errors import FieldError, NotAllowed, UserError
from coop.joining import Account, Applied, Outcome
from coop.settings import FeePeriod, JoinApproval, Settings
from coop.standing import State
from storage import members, people
from storage.database import Busy
from storage.log import broken_links
from storage.offices import Role
from tests.coop.people import TEAM, a_member, an_officer, queued

TODAY = date(2027, 3, 27)
OPEN = Settings(network_name="Barset Digital", next_steps=("Say hello.", "Come to a meetup."))
STEERED = Settings(
    network_name="Barset Digital", join_approval=JoinApproval.STEERING, steering_channel="GSTEER"
)
FORM = Form("  Asha   Patel ", " asha@barsetshire.example ", is_old_enough=True, agrees=True)


def apply(database, now, *, user="UASHA", form=FORM, settings=OPEN):
    with database.write() as session:
        return joining.apply(session, account=Account(TEAM, user), form=form, settings=settings, now=now)


def apply_until_heard(database, now, user):
    """On a machine that is very busy somebody at the end of the queue is asked to try again."""
    for _ in range(5):
        with suppress(Busy):
            return apply(database, now, user=user)
    raise Busy


def state_of(database, user, now):
    with database.read() as session:
        return standing.of_account(session, TEAM, user, today=TODAY, now=now).state


def test_joining_makes_a_member_with_a_number_a_receipt_and_a_card(database, now):
    assert apply(database, now) == Applied(Outcome.JOINED, "Asha Patel", TODAY, number=1)
    assert apply(database, now, user="UBRYN").number == 2
    with database.read() as session:
        assert queued(session, to="UASHA") == [
            (
                "receipt_joined",
                {
                    "name": "Asha Patel",
                    "number": 1,
                    "since": "2027-03-27",
                    "again": False,
                    "paid_pence": None,
                    "paid_on": None,
                    "next_step": "Say hello.",
                },
            ),
            ("card", {"name": "Asha Patel", "number": 1, "since": "2027-03-27"}),
        ]
        person_id = people.person_id_of(session, TEAM, "UASHA")
        agreed = members.last_agreement(session, person_id)
        assert (agreed.principles_version, agreed.privacy_version, agreed.minimum_age) == (
            texts.principles().version,
            texts.privacy_notice().version,
            16,
        )
        assert people.person(session, person_id).email == "asha@barsetshire.example"
        assert list(broken_links(session)) == []


@pytest.mark.parametrize(
    ("form", "block"),
    [
        (Form("A", "a@b.example", is_old_enough=True, agrees=True), NAME),
        (Form("12345", "a@b.example", is_old_enough=True, agrees=True), NAME),
        (Form("A" * 101, "a@b.example", is_old_enough=True, agrees=True), NAME),
        (Form("Asha\u202e", "a@b.example", is_old_enough=True, agrees=True), NAME),
        (Form("Asha", "asha", is_old_enough=True, agrees=True), EMAIL),
        (Form("Asha", "asha@localhost", is_old_enough=True, agrees=True), EMAIL),
        (Form("Asha", "a@b.example, c@d.example", is_old_enough=True, agrees=True), EMAIL),
        (Form("Asha", "a" * 250 + "@b.example", is_old_enough=True, agrees=True), EMAIL),
        (Form("Asha", "a@b.example", is_old_enough=False, agrees=True), AGE),
        (Form("Asha", "a@b.example", is_old_enough=True, agrees=False), AGREEMENT),
    ],
)
def test_a_wrong_field_is_refused_beside_that_field(form, block):
    with pytest.raises(FieldError) as refused:
        details.checked(form)
    assert refused.value.block_id == block


def test_nothing_is_kept_of_a_form_that_was_refused(database, now):
    with pytest.raises(FieldError):
        apply(database, now, form=Form("Asha", "asha", is_old_enough=True, agrees=True))
    with database.read() as session:
        assert people.person_id_of(session, TEAM, "UASHA") is None


def test_twenty_people_pressing_at_once_and_one_pressing_twenty_times(database, now):
    users = [f"U{at % 2 or at}" for at in range(20)]
    with ThreadPoolExecutor(20) as crowd:
        outcomes = list(crowd.map(lambda user: apply_until_heard(database, now, user), users))
    joined = [one for one in outcomes if one.outcome is Outcome.JOINED]
    assert sorted(one.number for one in joined) == list(range(1, 12))
    assert sum(one.outcome is Outcome.MEMBER_ALREADY for one in outcomes) == 9
    with database.read() as session:
        assert members.count_of_members(session) == 11


def test_an_application_waits_for_the_steering_group(database, now):
    with database.write() as session:
        dee = an_officer(session, "UDEE", Role.STEERING, now=now)
    assert apply(database, now, settings=STEERED) == Applied(Outcome.WAITING, "Asha Patel", TODAY)
    assert apply(database, now, settings=STEERED).outcome is Outcome.WAITING_ALREADY
    assert state_of(database, "UASHA", now) is State.APPLIED
    with database.read() as session:
        [(kind, facts)] = queued(session, to="GSTEER")
    assert kind == "application_waiting"
    assert facts == {"application": 1, "name": "Asha Patel", "user": "UASHA", "applied_on": "2027-03-27"}
    with database.write() as session:
        approving.approve(session, application_id=1, by=dee, settings=STEERED, now=now)
    assert state_of(database, "UASHA", now) is State.MEMBER
    with database.read() as session:
        assert [kind for kind, _ in queued(session, to="UASHA")] == [
            "receipt_applied",
            "receipt_joined",
            "card",
        ]
        assert queued(session, to="GSTEER")[1:] == [
            (
                "application_decided",
                {"name": "Asha Patel", "word": "approved", "by": "UDEE", "on": "2027-03-27"},
            )
        ]


def test_only_current_steering_members_decide_and_never_on_themselves(database, now):
    with database.write() as session:
        treasurer = an_officer(session, "UTREE", Role.TREASURER, now=now)
        past = an_officer(session, "UPAST", Role.STEERING, now=now, until=date(2027, 3, 26))
        member = a_member(session, "UMEM", now=now)
    apply(database, now, settings=STEERED)
    with database.read() as session:
        applicant = people.person_id_of(session, TEAM, "UASHA")
    for by in (None, treasurer, past, member, applicant):
        for act in (
            lambda session, by: approving.approve(
                session, application_id=1, by=by, settings=STEERED, now=now
            ),
            lambda session, by: approving.decline(
                session, application_id=1, reason="No.", by=by, settings=STEERED, now=now
            ),
        ):
            with pytest.raises(NotAllowed), database.write() as session:
                act(session, by)
    assert state_of(database, "UASHA", now) is State.APPLIED


def test_a_steering_member_who_left_cannot_approve_their_own_return(database, now):
    with database.write() as session:
        dee = an_officer(session, "UDEE", Role.STEERING, now=now)
        members.current_membership(session, dee).ceased_on = TODAY
    apply(database, now, user="UDEE", settings=STEERED)
    with pytest.raises(NotAllowed), database.write() as session:
        approving.approve(session, application_id=1, by=dee, settings=STEERED, now=now)


def test_a_declined_applicant_reads_the_reason_and_may_apply_again(database, now):
    with database.write() as session:
        dee = an_officer(session, "UDEE", Role.STEERING, now=now)
    apply(database, now, settings=STEERED)
    with database.write() as session:
        approving.decline(
            session, application_id=1, reason=" We could not reach you. ", by=dee, settings=STEERED, now=now
        )
    with database.read() as session:
        decided = standing.of_account(session, TEAM, "UASHA", today=TODAY, now=now)
        assert (decided.state, decided.reason) == (State.DECLINED, "We could not reach you.")
        assert queued(session, to="UASHA")[-1] == (
            "application_declined",
            {
                "reason": "We could not reach you.",
                "decided_on": "2027-03-27",
                "contacts": [["UDEE", "a member of the steering group"]],
            },
        )
        assert "We could not" not in str(queued(session, to="GSTEER"))
        assert "@barsetshire" not in str(queued(session, to="GSTEER"))
    refusal = pytest.raises(UserError, match="was declined on 27 March 2027 by Udee already")
    with refusal, database.write() as session:
        approving.approve(session, application_id=1, by=dee, settings=STEERED, now=now)
    assert apply(database, now, settings=STEERED).outcome is Outcome.WAITING


def test_a_reason_must_be_given_and_fit(database):
    for typed in (" ", "x" * 1001):
        with pytest.raises(FieldError):
            approving.checked_reason(typed)


def test_with_a_fee_an_approved_person_waits_for_the_payment(database, now):
    settings = OPEN.model_copy(update={"fee_period": FeePeriod.ONCE, "fee_pence": 100})
    applied = apply(database, now, settings=settings)
    assert (applied.outcome, applied.owed.amount_pence, applied.owed.due_on) == (
        Outcome.FEE_DUE,
        100,
        date(2027, 4, 26),
    )
    again = apply(database, now, settings=settings)
    assert (again.outcome, again.owed) == (Outcome.FEE_DUE_ALREADY, applied.owed)
    assert state_of(database, "UASHA", now) is State.APPROVED_FEE_DUE
    with database.read() as session:
        [(kind, facts)] = queued(session, to="UASHA")
    assert (kind, facts["why"], facts["reference"]) == ("fee_to_pay", "joining", applied.owed.reference)


def test_who_was_expelled_comes_back_only_by_a_decision_of_the_members(database, now):
    with database.write() as session:
        an_officer(session, "UDEE", Role.SECRETARY, now=now)
        asha = a_member(session, "UASHA", now=now)
        row = members.current_membership(session, asha)
        row.ceased_on, row.ceased_at, row.cease_reason = TODAY, now, "expelled"
    with pytest.raises(
        UserError, match=r"takes a decision of the members, so nothing changed\. Ask Udee how"
    ):
        apply(database, now)


def test_the_day_of_joining_is_the_networks_calendar_date(database):
    late = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)
    assert apply(database, late).since == date(2027, 4, 1)
