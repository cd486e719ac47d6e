"""The month's figures: once, on its first day at nine, and only when there is something to tell."""

from coop.announcing import proof
from coop.announcing.limits.caps import spent_this_month
from coop.announcing.moment import Moment
from tests.handlers.announcing.acts import approve, propose, steering


def first_of_april(practice, hours):
    """To 1 April 2027, so many hours after midnight in the UK."""
    practice.clock.now = practice.clock.now.replace(year=2027, month=3, day=31, hour=23, minute=0, second=0)
    practice.forward(hours=hours)
    practice.new_day()


def told(practice):
    return [m["text"] for m in steering(practice) if m["text"].startswith("*Announcements in")]


def test_the_steering_channel_hears_what_went_out_what_it_cost_and_what_did_not(practice):
    propose(practice)
    approve(practice)
    practice.forward(minutes=11)
    practice.tick()
    propose(practice, "See https://fenmarch.example/news", who="carys")
    approve(practice)
    practice.forward(minutes=11)
    practice.tick()
    propose(practice, "Never.")
    practice.press("asha", "announcing.withdraw", steering(practice)[-1])
    practice.settle()
    practice.press("bryn", "announcing.take_down", steering(practice)[0])
    practice.submit("bryn", practice.modal("bryn"), reason="The wrong day")
    practice.tick()
    with practice.deps.read() as session:
        spent = spent_this_month(session, Moment(practice.clock.now, practice.deps.settings))
        kept = proof.deliveries(session, first=None, last=None, zone="Europe/London")
    prices = [(one.price_tenths_of_us_cent, one.price_to_take_down_tenths_of_us_cent) for one in kept]
    assert (prices, spent) == ([(15, 10), (200, None), (None, None)], 225)
    first_of_april(practice, 8.5)
    assert told(practice) == []
    first_of_april(practice, 9)
    (text,) = told(practice)
    assert text == (
        "*Announcements in March 2027.* 2 went out: 2 on X.\n"
        "With what was taken down or is in doubt, they cost $0.225 (X's price in 2026).\n"
        "Not out: 1 withdrawn.\n"
        "Taken down again: 1.\n"
        "Proposed: <@U000000ASHA> 2 and <@U00000CARYS> 1.\n"
        "Approved: <@U000000BRYN> 2.\n"
        "Type `/announce list last month` to see each of them."
    )
    practice.new_day()
    practice.forward(hours=30)
    practice.new_day()
    assert len(told(practice)) == 1


def test_a_month_without_announcements_is_not_told_of(practice):
    first_of_april(practice, 9)
    assert told(practice) == []
