"""Other words for single networks, and a content note: agreed to, kept and sent as exactly as the text."""

from dataclasses import replace

import pytest

from coop.announcing import proposing, seeing
from coop.announcing.approving import NewTime
from coop.announcing.content import Agreed, Target, content_hash
from coop.announcing.limits import foreseeing
from coop.announcing.moment import Moment
from coop.publishing import Unknown
from storage import attempts
from tests import lanes
from tests.announcing import MEETUP, wall

BOTH = Agreed(
    MEETUP,
    (Target("x"), Target("slack", "C0NEWS")),
    variants={"x": "Leeds, Tuesday, 6pm."},
    note="A meeting",
)


def propose(group, agreed=BOTH):
    with group.acting() as (session, facts):
        return proposing.propose(session, agreed=agreed, by=group.asha, **facts)


def edit(group, announcement_id, agreed):
    with group.acting() as (session, facts):
        return proposing.edit(session, announcement_id=announcement_id, agreed=agreed, by=group.asha, **facts)


def agreed(group, announcement_id):
    with group.database.read() as session:
        return seeing.agreed(session, seeing.named(session, announcement_id))


def sent(group):
    lanes.tick(group.deps, group.clock.forward(minutes=11))
    return group.x.posts, group.slack.posts


def test_each_network_gets_its_own_words_and_the_others_the_common_ones(group):
    group.approve(propose(group).id)
    assert sent(group) == (["Leeds, Tuesday, 6pm."], [MEETUP])


def test_what_was_tried_is_in_the_record_word_for_word_with_its_note(group):
    group.x.answers = [Unknown("timed out")]
    group.approve(propose(group).id)
    sent(group)
    with group.database.read() as session:
        tried = [attempts.attempt(session, number, 1) for number in (1, 2)]
        assert [(one.text, one.note) for one in tried] == [
            ("Leeds, Tuesday, 6pm.", "A meeting"),
            (MEETUP, "A meeting"),
        ]


def test_it_is_looked_for_by_its_own_words_and_note(group):
    seen = []
    group.x.answers = [Unknown("timed out")]
    group.x.sightings = [lambda attempt: seen.append(attempt.content)]
    group.approve(propose(group).id)
    sent(group)
    lanes.reconcile(group.deps, group.clock.forward(minutes=1))
    assert [(content.text, content.note) for content in seen] == [("Leeds, Tuesday, 6pm.", "A meeting")]


@pytest.mark.parametrize(
    "change",
    [
        {"variants": {"x": "Leeds, Tuesday, 7pm."}},
        {"variants": {}},
        {"variants": {"x": "Leeds, Tuesday, 6pm.", "slack": "Here too"}},
        {"note": "A meetinG"},
        {"note": None},
    ],
)
def test_one_other_character_in_any_of_it_voids_the_approval(group, change):
    proposed = propose(group)
    group.approve(proposed.id)
    edited = edit(group, proposed.id, replace(BOTH, **change))
    assert edited.voided == ("U0BRYN",)
    assert edited.content_hash == content_hash(replace(BOTH, **change)) != proposed.content_hash
    assert agreed(group, proposed.id) == replace(BOTH, **change)
    assert sent(group) == ([], [])


def test_a_late_new_time_keeps_every_word(group):
    proposed = propose(group, replace(BOTH, wall=wall()))
    group.clock.now = group.clock.now.replace(day=30, hour=12)
    group.approve(proposed.id, new_time=NewTime(None))
    assert agreed(group, proposed.id) == BOTH
    assert sent(group) == (["Leeds, Tuesday, 6pm."], [MEETUP])


def test_it_is_compared_and_priced_by_the_words_each_network_gets(group):
    group.approve(propose(group, replace(BOTH, text="https://fenmarch.example")).id)
    sent(group)
    again = propose(group, replace(BOTH, text="Something else", note=None))
    with group.database.read() as session:
        moment = Moment(group.clock.now, group.settings)
        one = seeing.seen(session, again.id, moment)
        told = foreseeing.foresee(session, one, publishers=group.deps.publishers, moment=moment)
    assert [(alike.title, alike.target.network, alike.equal) for alike in told.alike] == [
        ("Leeds, Tuesday, 6pm.", "x", True)
    ]
    assert foreseeing.price(
        replace(one, variants={}, text="https://a.example"), "x", group.deps.publishers
    ) > (foreseeing.price(replace(one, text="https://a.example"), "x", group.deps.publishers))
