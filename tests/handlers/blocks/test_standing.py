"""The answers as they are read aloud, one for each standing."""

from datetime import date

import pytest

from coop.settings import FeePeriod, Settings
from coop.standing import Beside, NextStep, Standing, State
from handlers.blocks import standing
from storage.standings import OwedFee

SETTINGS = Settings(network_name="Barset Digital")
POUND = Settings(network_name="Barset Digital", fee_period=FeePeriod.ONCE, fee_pence=100)
YEARLY = Settings(network_name="Barset Digital", fee_period=FeePeriod.YEARLY, fee_pence=1200)
JOINED, ENDED, APPLIED = date(2025, 6, 4), date(2026, 12, 31), date(2027, 3, 20)
FEE = OwedFee(1, 100, date(2027, 4, 26), "BD0000183")
REPRESENTS = Beside(State.REPRESENTATIVE, JOINED, "Oxmere District Council")
SUPPORTS = Beside(State.SUPPORTER, JOINED, "")


@pytest.mark.parametrize(
    ("held", "settings", "text", "label"),
    [
        (
            Standing(State.NOT_KNOWN, NextStep.JOIN),
            SETTINGS,
            (
                "You're in our Slack. You're not a member yet: nobody is unless they join. "
                "Joining takes about a minute and costs nothing."
            ),
            "Join",
        ),
        (
            Standing(State.INVITED, NextStep.JOIN),
            POUND,
            (
                "You're invited to join. You're not a member yet: nobody is unless they join. "
                "Joining takes about a minute and costs £1, once."
            ),
            "Join",
        ),
        (
            Standing(State.APPLIED, NextStep.WAIT, since=APPLIED),
            SETTINGS,
            (
                "You're not a member yet: the steering group has your application of 20 March 2027. "
                "I'll write to you here as soon as they have decided."
            ),
            "Change my details",
        ),
        (
            Standing(State.DECLINED, NextStep.JOIN, since=APPLIED, reason="We could not reach you."),
            SETTINGS,
            (
                "You're not a member: the steering group declined your application of 20 March 2027. "
                "What they wrote to you:\n>We could not reach you. You can apply again."
            ),
            "Apply again",
        ),
        (
            Standing(State.APPROVED_FEE_DUE, NextStep.PAY, since=APPLIED, owed=(FEE,)),
            SETTINGS,
            (
                "You're nearly a member: your application is approved, and your fee is missing. "
                "Missing: £1, due by 26 April 2027. You're a member as soon as it has arrived."
            ),
            "How to pay",
        ),
        (
            Standing(State.MEMBER, NextStep.SEE_CARD, "Asha", 12, since=JOINED),
            SETTINGS,
            (
                "Yes, you're a member of Barset Digital. You joined on 4 June 2025. "
                "Your member number is 12. "
                "As a member you can hold an office in the network. No vote is planned."
            ),
            "Send me my card",
        ),
        (
            Standing(State.MEMBER, NextStep.ADD_DETAILS, "Asha", 1, since=JOINED, lacks_agreement=True),
            SETTINGS,
            (
                "Yes, you're a member of Barset Digital. You joined on 4 June 2025. "
                "Your member number is 1. "
                "Missing: your e-mail, and your word that you agree with what we stand for. "
                "As a member you can hold an office in the network. No vote is planned."
            ),
            "Add my details",
        ),
        (
            Standing(State.FEE_OVERDUE, NextStep.PAY, "Asha", 12, since=JOINED, owed=(FEE,)),
            SETTINGS,
            (
                "Yes, you're still a member of Barset Digital. You joined on 4 June 2025. "
                "Your member number is 12. Missing: £1, which was due by 26 April 2027. "
                "You're a member all the same. "
                "As a member you can hold an office in the network. No vote is planned."
            ),
            "How to pay",
        ),
        (
            Standing(State.LEFT, NextStep.JOIN, "Asha", 12, since=JOINED, until=ENDED),
            SETTINGS,
            (
                "You're not a member any more. You were a member from 4 June 2025 to 31 December 2026. "
                "If you join again you keep your member number, 12."
            ),
            "Join again",
        ),
        (
            Standing(State.LEFT, NextStep.UNDO_LEAVING, "Asha", 12, since=JOINED, until=ENDED),
            SETTINGS,
            (
                "You're not a member any more. You were a member from 4 June 2025 to 31 December 2026. "
                "If you join again you keep your member number, 12."
            ),
            "Undo: I stay",
        ),
        (
            Standing(State.LAPSED, NextStep.JOIN, "Asha", 12, since=JOINED, until=ENDED),
            SETTINGS,
            (
                "You're not a member any more. You were a member from 4 June 2025 to 31 December 2026. "
                "It ended because the fee was not paid. If you join again you keep your member number, 12."
            ),
            "Join again",
        ),
        (
            Standing(State.EXPELLED, NextStep.ASK_OFFICER, "Asha", 12, since=JOINED, until=ENDED),
            SETTINGS,
            (
                "You're not a member any more. You were a member from 4 June 2025 to 31 December 2026. "
                "To come back takes a decision of the members."
            ),
            "Whom to ask",
        ),
        (
            Standing(State.SUPPORTER, NextStep.JOIN, "Asha", since=JOINED, beside=(SUPPORTS,)),
            YEARLY,
            (
                "You're a supporter of Barset Digital. You're not a member yet: nobody is unless they join. "
                "Joining takes about a minute and costs £12 a year."
            ),
            "Join",
        ),
        (
            Standing(State.REPRESENTATIVE, NextStep.JOIN, "Asha", since=JOINED, beside=(REPRESENTS,)),
            SETTINGS,
            (
                "You represent Oxmere District Council. You're not a member yourself: nobody is unless they "
                "join. Joining takes about a minute and costs nothing."
            ),
            "Join",
        ),
        (
            Standing(State.MEMBER, NextStep.SEE_CARD, "Asha", 3, since=JOINED, beside=(REPRESENTS, SUPPORTS)),
            SETTINGS,
            (
                "Yes, you're a member of Barset Digital. You joined on 4 June 2025. Your member number is 3. "
                "As a member you can hold an office in the network. No vote is planned. "
                "You're also the representative of Oxmere District Council, since 4 June 2025. "
                "You're also a supporter, since 4 June 2025."
            ),
            "Send me my card",
        ),
    ],
)
def test_each_standing_is_answered_in_its_own_words_with_one_next_step(held, settings, text, label):
    message = standing.message(held, settings, asked=())
    assert message.text == text
    [button] = message.blocks[-1]["elements"]
    assert button["text"]["text"] == label


def test_every_standing_has_its_words():
    tried = {mark[0].state for mark in _marks()}
    assert tried == set(State)


def _marks():
    [mark] = test_each_standing_is_answered_in_its_own_words_with_one_next_step.pytestmark
    return mark.args[1]
