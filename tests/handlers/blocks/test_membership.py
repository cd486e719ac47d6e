"""Every message and window of membership, drawn for somebody with a hostile name."""

from dataclasses import replace
from datetime import date

import pytest

from bot.wiring import FEATURES
from coop import texts
from coop.approving import LONGEST_REASON, Applicant
from coop.details import Details
from coop.fees import Owed
from coop.joining import Applied, Outcome
from coop.leaving import Left
from coop.members_list import Page
from coop.paying import MOST_AT_ONCE, Found, Payable
from coop.settings import FeePeriod, JoinApproval, LegalForm, Settings
from coop.standing import Beside, NextStep, Standing, State
from coop.unowed import How
from handlers import (
    approving,
    details,
    fees,
    home,
    joining,
    leaving,
    members_list,
    offices,
    standing,
    welcome,
)
from handlers.blocks import approving as approving_blocks
from handlers.blocks import contacts, helping
from handlers.blocks import details as details_blocks
from handlers.blocks import fees as fees_blocks
from handlers.blocks import home as home_blocks
from handlers.blocks import joining as joining_blocks
from handlers.blocks import leaving as leaving_blocks
from handlers.blocks import members_list as list_blocks
from handlers.blocks import offices as offices_blocks
from handlers.blocks import standing as standing_blocks
from handlers.blocks import welcome as welcome_blocks
from handlers.blocks.announcing import buttons
from handlers.blocks.home_officers import ForOfficers
from handlers.blocks.message import Message
from handlers.listening import HelpLine, Listen
from storage.deliveries import DeliveryState, Hold
from storage.fees import Payment
from storage.offices import Officer, Role
from storage.rolls import Listed, Roll
from storage.standings import OwedFee
from tests.handlers.blocks.test_announcements import an_announcement, scene
from tests.handlers.blocks.walking import HOSTILE, action_ids, asks, troubles

DAY, ISO = date(2027, 3, 27), "2027-03-27"
SETTINGS = Settings(
    network_name=f"Fenmarch {HOSTILE}",
    official_page="https://fenmarch.example/membership",
    pay_to=HOSTILE,
    voting_words=f"{HOSTILE} {{braces}}",
    fee_period=FeePeriod.YEARLY,
    fee_pence=150,
    join_approval=JoinApproval.STEERING,
    legal_form=LegalForm.SOCIETY,
)
ASKED = [["U1", "the treasurer"], ["U2", "the secretary"]]
DETAILS = Details(HOSTILE, "asha@fenmarch.example")
APPLICANT = Applicant(7, HOSTILE, "U3", DAY)
PAYMENT = Payment(5, 3, HOSTILE, 150, "FLECMC7K3QF8", DAY)
NOT_OWED = Payment(6, 3, HOSTILE, 150, "FLECMC7K3QF8", DAY, is_owed=False)
PAY = {
    "pence": 150,
    "kind": "share",
    "reference": "FLECMC7K3QF8",
    "due_on": ISO,
    "covers": [ISO, "2028-03-26"],
    "contacts": ASKED,
}
STANDINGS = [
    Standing(
        state,
        step,
        HOSTILE,
        3,
        since=DAY,
        until=DAY,
        reason=f"{HOSTILE}\n{HOSTILE}",
        owed=(OwedFee(1, 150, DAY, "FLECMC7K3QF8"),),
        lacks_agreement=True,
        beside=(Beside(State.REPRESENTATIVE, DAY, HOSTILE), Beside(State.SUPPORTER, DAY, "")),
    )
    for state in State
    for step in NextStep
]

CLEAR = [
    replace(one, owed=(), lacks_agreement=False)
    for one in STANDINGS
    if one.state is not State.APPROVED_FEE_DUE and one.next_step not in {NextStep.PAY, NextStep.ADD_DETAILS}
]


def page(roll, *, number=1):
    lines = tuple(Listed(at, at, HOSTILE, at, DAY, "FLECMC7K3QF8", 150) for at in range(10))
    counts = dict.fromkeys(Roll, 30_000)
    return Page(roll, number, 3, lines, counts, can_decide=True, can_book=True)


def drawn():
    yield from (standing_blocks.message(one, SETTINGS, asked=ASKED, in_channel=True) for one in STANDINGS)
    yield from (standing_blocks.message(one, SETTINGS, asked=ASKED) for one in CLEAR)
    yield from (standing_blocks.about(one, "U3") for one in STANDINGS)
    yield from _homes()
    yield from (
        joining_blocks.closed(Applied(outcome, HOSTILE, DAY, 3, Owed(1, 150, DAY, "FLEC")), SETTINGS, ASKED)
        for outcome in Outcome
    )
    yield from (list_blocks.view(page(roll), notice="Approved.") for roll in Roll)
    yield from (leaving_blocks.closed(Left(DAY, DAY, was_member=was, number=3)) for was in (True, False))
    yield from _windows()
    yield from _answers()


def _homes():
    """Everybody's, and one for each thing that may wait for an officer or be shown instead."""
    for one in STANDINGS:
        home = home_blocks.Home(one, DETAILS, ASKED, for_officers=None)
        yield home_blocks.view(home, SETTINGS)
    seen = [an_announcement(hold=Hold.STOPPED, state=DeliveryState.HELD)] * 9
    for announcements in (seen, [], None):
        waiting = ForOfficers(dict.fromkeys(Roll, 30_000), page(Roll.WAITING).lines, announcements, scene())
        yield home_blocks.view(replace(home, for_officers=waiting, wants_no_messages=True), SETTINGS)
    yield home_blocks.view(replace(home, hindrance=standing_blocks.GUEST), SETTINGS)


def _windows():
    yield joining_blocks.form(
        DETAILS,
        principles=texts.principles(),
        privacy=texts.privacy_notice(),
        settings=SETTINGS,
        asked=ASKED,
    )
    yield details_blocks.form(DETAILS, SETTINGS, ASKED)
    yield leaving_blocks.form(SETTINGS)
    yield approving_blocks.reason_form(APPLICANT)
    told = {"reason": f"{HOSTILE}\n{HOSTILE}", "decided_on": ISO, "contacts": ASKED}
    yield approving_blocks.preview(APPLICANT, HOSTILE, approving_blocks.declined(told, SETTINGS))
    longest = told | {"reason": "&" * LONGEST_REASON}
    yield approving_blocks.preview(APPLICANT, HOSTILE, approving_blocks.declined(longest, SETTINGS))
    payable = tuple(
        Payable(at, HOSTILE * 2, 150, "FLECMC7K3QF8", "left on 27 March 2027") for at in range(MOST_AT_ONCE)
    )
    yield fees_blocks.form(Found(payable, (HOSTILE * 2,) * MOST_AT_ONCE), DAY)
    yield fees_blocks.form(Found((), (HOSTILE,)), DAY)
    yield fees_blocks.form(Found((), ()), DAY)
    yield list_blocks.payments([PAYMENT, NOT_OWED] * 25)
    yield list_blocks.payments([])


def _answers():
    yield joining_blocks.invitation(SETTINGS, ASKED)
    yield details_blocks.saved(DETAILS)
    yield leaving_blocks.asked(SETTINGS)
    yield leaving_blocks.undone(DAY)
    yield fees_blocks.booked((PAYMENT, NOT_OWED) * 5)
    yield fees_blocks.booked((NOT_OWED,) * 10)
    yield fees_blocks.taken_back(PAYMENT)
    yield fees_blocks.taken_back(NOT_OWED)
    yield fees_blocks.nothing_due()
    yield fees_blocks.usage("FDN7K3QF8C")
    yield approving_blocks.outcome("approved", APPLICANT)
    yield contacts.whom_to_ask(ASKED, SETTINGS)
    yield contacts.whom_to_ask([], SETTINGS)
    yield offices_blocks.current([Officer(1, Role.TREASURER, HOSTILE, "U1", DAY)] * 60)
    yield offices_blocks.current([])
    yield list_blocks.csv_coming()
    yield welcome_blocks.stopped()
    yield welcome_blocks.resumed()
    yield helping.announcing(SETTINGS.network_name, ["U1", "U2"])
    yield helping.commands([HelpLine("/member", "am I a member?", officers=False)])


FACTS = {
    "receipt_applied": [{"name": HOSTILE, "applied_on": ISO}],
    "receipt_joined": [
        {
            "name": HOSTILE, "number": 3, "since": ISO, "again": again, "paid_pence": 150, "paid_on": ISO,
            "next_step": HOSTILE,
        }
        for again in (True, False)
    ],
    "application_waiting": [{"application": 7, "name": HOSTILE, "user": "U3", "applied_on": ISO}],
    "application_decided": [
        {"name": HOSTILE, "word": "approved", "by": by, "on": ISO} for by in ("U1", f"={HOSTILE}", "=", None)
    ],
    "application_declined": [{"reason": f"{HOSTILE}\n{HOSTILE}", "decided_on": ISO, "contacts": ASKED}],
    "fee_to_pay": [
        PAY | {"why": why} for why in ("approved", "joining", "founder", "member", "undone", "asked")
    ],
    "receipt_paid": [{"pence": 150, "kind": "share", "reference": "FLEC", "paid_on": ISO}],
    "receipt_not_owed": [
        {"pence": 150, "reference": "FLEC", "paid_on": ISO, "how": how, "on": on, "contacts": asked}
        for how in How
        for on in (ISO, None)
        for asked in (ASKED, [])
    ],
    "receipt_left": [
        {"on": ISO, "since": ISO, "was_member": was, "number": 3, "undo_until": "9:30am"}
        for was in (True, False)
    ],
    "receipt_leaving_undone": [{"since": ISO}],
    "too_few_members": [{"members": 2}],
    "founder_entered": [{"name": HOSTILE, "until": ISO, "contacts": ASKED}],
    "office_granted": [{"role": "treasurer", "until": ISO}],
    "welcome": [{}],
    "channel_hello": [{}],
    "joined_and_left": [{"on": ISO, "joined": [HOSTILE] * 2, "left": [HOSTILE], "members": 3}],
}  # fmt: skip


class WithSettings:
    """All that drawing a queued message takes of Deps."""

    settings = SETTINGS


def table():
    """What the features of membership listen to."""
    listen = Listen(settings=SETTINGS)
    for feature in (
        approving, details, fees, home, joining, leaving, members_list, offices, standing, welcome,
    ):  # fmt: skip
        assert feature in FEATURES
        feature.register(listen)
    return listen


def queued():
    return [table().renders[kind](facts, WithSettings()) for kind in FACTS for facts in FACTS[kind]]


def test_everything_drawn_keeps_slacks_limits_says_all_in_text_and_is_escaped():
    found = [trouble for one in [*drawn(), *queued()] for trouble in troubles(one)]
    assert found == []


def test_whatever_asks_for_data_or_money_names_two_officers_and_the_official_page():
    kinds = {
        kind for kind in FACTS for facts in FACTS[kind] if asks(table().renders[kind](facts, WithSettings()))
    }
    assert kinds == {"fee_to_pay", "receipt_not_owed", "founder_entered"}
    asking = [one for one in [*drawn(), *queued()] if asks(one)]
    names = (contacts.named(ASKED), SETTINGS.official_page)
    nobody = [one for one in asking if not all(name in str(one) for name in names)]
    assert [one for one in nobody if "ask an officer." not in str(one)] == []  # there is none to name
    assert joining_blocks.invitation(SETTINGS, ASKED) in asking
    assert details_blocks.form(DETAILS, SETTINGS, ASKED) in asking


def test_the_walk_finds_what_is_wrong():
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = (
        {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Not in the text :tada:"}},
        {
            "type": "actions",
            "elements": [button, button | {"action_id": "away", "accessibility_label": "Go away"}],
        },
    )
    found = troubles(Message(f"For {HOSTILE}", blocks))
    assert len([trouble for trouble in found if trouble.startswith("no accessibility_label")]) == 2
    assert {trouble.split(":")[0] for trouble in found} == {
        "drawn but not in the text",
        "no accessibility_label",
        "not escaped",
        "not escaped in the text",
        "emoji",
    }


def test_every_kind_of_message_that_is_queued_is_tried_here():
    assert set(FACTS) == set(table().renders)


def test_every_button_is_answered_and_every_answer_has_a_button():
    shown = set().union(*(action_ids(one) for one in [*drawn(), *queued()]))
    assert shown - {buttons.OPEN} == set(table().presses)


def test_every_form_is_answered_and_every_answer_has_a_form():
    forms = {view["callback_id"] for view in drawn() if isinstance(view, dict) and view.get("submit")}
    assert forms == set(table().submissions)


@pytest.mark.parametrize("one", STANDINGS)
def test_an_answer_has_exactly_one_button_and_no_label_of_ours(one):
    message = standing_blocks.message(one, SETTINGS, asked=ASKED)
    assert len(action_ids(message)) == 1
    for label in ("lapsed", "expelled", "not known", "overdue"):
        assert label not in message.text.lower()
