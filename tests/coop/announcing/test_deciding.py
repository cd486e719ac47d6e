"""The table of design: what each outcome of a post, and each look, leads to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coop.announcing.sending.deciding import (
    Again,
    AskGroup,
    ByHand,
    Deliver,
    Look,
    Looked,
    Readiness,
    Refuse,
    Suspend,
    after_looking,
    after_publishing,
    hold_before_sending,
)
from coop.publishing import (
    AskPerson,
    CouldNotLook,
    Found,
    Guarantee,
    NotFound,
    NotSent,
    Published,
    Refused,
    TryLater,
    Unknown,
)
from storage.deliveries import Hold
from tests.announcing import utc

NOW = utc(27, 9, 30)
LOOK_AFTER = (5, 15, 40)


def seconds(count):
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        (Published("1", "https://x.example/1"), Deliver("1", "https://x.example/1")),
        (NotSent("no route"), Again(NOW + seconds(5), "no route")),
        (TryLater(NOW + seconds(900), "too many"), Again(NOW + seconds(900), "too many")),
        (TryLater(NOW - seconds(900), "too many"), Again(NOW + seconds(5), "too many")),
        (Refused("no credits", "buy some"), Refuse("no credits", "buy some")),
        (Refused("no credits", "buy some", account=True), Suspend("no credits", "buy some")),
        (Unknown("timed out"), Look(NOW + seconds(5), 0, "timed out")),
        (Unknown("copy", duplicate=True), Look(NOW + seconds(5), 0, "copy", duplicate=True)),
        (AskPerson("copy and paste"), ByHand("copy and paste")),
    ],
)
def test_what_follows_an_outcome(outcome, step):
    assert after_publishing(outcome, attempt_no=1, now=NOW, look_after=LOOK_AFTER) == step


def test_what_was_certainly_not_sent_is_tried_less_and_less_often():
    waits = [
        after_publishing(NotSent("-"), attempt_no=number, now=NOW, look_after=LOOK_AFTER).at - NOW
        for number in (1, 2, 3, 4, 5, 6, 60)
    ]
    assert waits == [seconds(count) for count in (5, 15, 60, 180, 600, 600, 600)]


READY = Readiness(
    approved=True,
    stopped=False,
    rehearsed_otherwise=False,
    in_blackout=False,
    over_cap=False,
    due_at=NOW,
    now=NOW,
    lateness=timedelta(hours=6),
)


@pytest.mark.parametrize(
    ("change", "hold"),
    [
        ({}, None),
        ({"now": NOW + timedelta(hours=6)}, None),
        ({"now": NOW + timedelta(hours=6, seconds=1)}, Hold.LATE),
        ({"approved": False}, Hold.UNAPPROVED),
        ({"stopped": True}, Hold.STOPPED_ALL),
        ({"rehearsed_otherwise": True}, Hold.REHEARSED),
        ({"stopped": True, "approved": False, "now": NOW + timedelta(days=1)}, Hold.STOPPED_ALL),
        ({"approved": False, "now": NOW + timedelta(days=1)}, Hold.UNAPPROVED),
        ({"network_in_trouble": True}, Hold.NETWORK_TROUBLE),
        ({"network_in_trouble": True, "now": NOW + timedelta(days=1)}, Hold.NETWORK_TROUBLE),
        ({"network_in_trouble": True, "approved": False}, Hold.UNAPPROVED),
        ({"in_blackout": True, "over_cap": True, "now": NOW + timedelta(days=1)}, Hold.BLACKOUT),
        ({"in_blackout": True, "approved": False}, Hold.UNAPPROVED),
        ({"over_cap": True}, Hold.OVER_CAP),
        ({"over_cap": True, "now": NOW + timedelta(days=1)}, Hold.LATE),
    ],
)
def test_what_holds_a_delivery_back_at_the_last_moment(change, hold):
    assert hold_before_sending(replace(READY, **change)) == hold


LOST_AT = NOW - seconds(10)
LOOKED = Looked(
    since=LOST_AT - seconds(30),
    uncertain_at=LOST_AT,
    looks=1,
    duplicate=False,
    reason="timed out",
    resend=False,
    guarantee=Guarantee.LOOK_THEN_ASK,
)
OURS = Found("7", "https://x.example/7", LOOKED.since + seconds(1))
EARLIER = Found("6", "https://x.example/6", LOOKED.since - timedelta(hours=3))
LAST = {"looks": len(LOOK_AFTER)}
BLIND = "timed out; I could not look: X is down"


@pytest.mark.parametrize(
    ("sighting", "change", "step"),
    [
        (OURS, {}, Deliver("7", "https://x.example/7")),
        (OURS, {"duplicate": True}, Deliver("7", "https://x.example/7")),
        (replace(OURS, at=LOOKED.since - seconds(90)), {}, Deliver("7", "https://x.example/7")),
        (EARLIER, {}, Look(LOST_AT + seconds(15), 1, "timed out")),
        (EARLIER, LAST, AskGroup("timed out")),
        (
            EARLIER,
            {"duplicate": True},
            Refuse(
                "the same words are out already, from before this was tried: https://x.example/6",
                "Change the words, or withdraw this one.",
            ),
        ),
        (NotFound(), {}, Look(LOST_AT + seconds(15), 1, "timed out")),
        (NotFound(), {"looks": 2}, Look(LOST_AT + seconds(40), 2, "timed out")),
        (NotFound(), LAST, AskGroup("timed out")),
        (NotFound(), {"uncertain_at": NOW - seconds(20)}, Look(NOW + seconds(20), 1, "timed out")),
        (NotFound(), {"uncertain_at": NOW - timedelta(days=1)}, AskGroup("timed out")),
        (NotFound(), {"resend": True}, Again(NOW, "looked once more and found nothing")),
        (OURS, {"resend": True}, Deliver("7", "https://x.example/7")),
        (CouldNotLook("X is down"), {}, Look(LOST_AT + seconds(15), 1, "timed out")),
        (CouldNotLook("X is down"), LAST, Look(NOW + timedelta(minutes=5), 3, "timed out")),
        (CouldNotLook("X is down"), {**LAST, "uncertain_at": NOW - timedelta(hours=1)}, AskGroup(BLIND)),
        (CouldNotLook("X is down"), {"resend": True}, Look(LOST_AT + seconds(15), 1, "timed out")),
        (
            NotFound(),
            {**LAST, "guarantee": Guarantee.SAFE_TO_REPEAT},
            Again(NOW, "the network takes the same post twice as one", may_be_out=True),
        ),
        (
            NotFound(),
            {**LAST, "guarantee": Guarantee.SAFE_TO_REPEAT, "duplicate": True},
            AskGroup("timed out; it is not there now, so somebody may have deleted it"),
        ),
        (
            CouldNotLook("X is down"),
            {"uncertain_at": NOW - timedelta(hours=1), "guarantee": Guarantee.SAFE_TO_REPEAT},
            AskGroup(BLIND),
        ),
        (CouldNotLook("-"), {"guarantee": Guarantee.PERSON}, Again(NOW, "nothing leaves there by itself")),
    ],
)
def test_what_follows_a_look(sighting, change, step):
    assert after_looking(sighting, replace(LOOKED, **change), now=NOW, look_after=LOOK_AFTER) == step
