"""A thread on X: each part answers the one before, once, in order, and never past one that is not out."""

from dataclasses import replace

import pytest

from coop import publishing
from coop.announcing import proposing, stopping, taking_down, telling, threads
from coop.announcing.content import Agreed, Target, canonical, content_hash, leaving, parts
from coop.announcing.sending import delivering, settling
from coop.announcing.sending.settling import Question
from coop.announcing.threads import NotThatPost
from coop.publishing import Content, Found, Image, NotSent, Published, Refused, Unknown
from storage.attempts import Attempt
from tests import lanes
from tests.announcing import Clock, Group
from tests.coop.people import queued

TEXT = "One.\n---\nTwo.\n---\nThree."
AGREED = Agreed(TEXT, (Target("mastodon"), Target("x")), thread=True)


@pytest.fixture
def group(database, now):
    return Group(database, Clock(now))


def going(group, text=TEXT):
    """Approved, and due at this moment."""
    proposed = group.propose(text, thread=True)
    group.approve(proposed.id)
    group.clock.forward(minutes=10)
    return proposed.id


def tick(group, **forward):
    lanes.tick(group.deps, group.clock.forward(**forward))


def look(group, times=1):
    for _ in range(times):
        lanes.reconcile(group.deps, group.clock.forward(minutes=1))


def question(group, announcement_id, part):
    to = group.see(announcement_id).deliveries[part - 1]
    return Question(to.id, to.attempt_no)


def act(group, do, **given):
    with group.acting() as (session, facts):
        return do(session, **{"by": group.carys, **facts, **given})


def answered(group):
    """What each part that was tried replied to, in the order of the tries."""
    with group.database.read() as session:
        tried = session.query(Attempt).order_by(Attempt.started_at, Attempt.delivery_id, Attempt.number)
        return [(row.text, row.reply_to) for row in tried]


def told(group):
    with group.database.read() as session:
        return [kind for kind, _ in queued(session, to="C0STEERING") if kind != telling.PROPOSAL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, ("One.", "Two.", "Three.")),
        ("One.\n\n  ---  \n\nTwo\nlines.", ("One.", "Two\nlines.")),
        ("One --- still one.\n----\nTwo.", ("One --- still one.", "Two.")),
        ("One.\n—\nTwo.\n—-\nThree.", ("One.", "Two.", "Three.")),
        ("- One\n- of a list", ("- One\n- of a list",)),
        ("---\nTwo.", ("", "Two.")),
    ],
)
def test_a_line_with_only_dashes_begins_the_next_part(text, expected):
    assert parts(replace(AGREED, text=text), "x") == expected


def test_only_x_gets_parts_and_only_when_it_was_ticked():
    assert parts(AGREED, "mastodon") == (TEXT,)
    assert parts(replace(AGREED, thread=False), "x") == (TEXT,)
    own = replace(AGREED, variants={"x": "A.\n---\nB."})
    assert parts(own, "x") == ("A.", "B.")


def test_pictures_go_with_the_first_part():
    picture = Image("1" * 64, "image/png", "A map", b"")
    assert [leaving(AGREED, "x", (picture,), part=part).images for part in (1, 2, 3)] == [(picture,), (), ()]


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (("One.",), "A thread has at least 2 posts"),
        (("a",) * 26, "A thread has at most 25 posts, and this one has 26"),
        (("a", "", "c"), "Part 2 of the thread is empty"),
        (("a", "b"), None),
        (("a",) * 25, None),
    ],
)
def test_a_thread_has_two_to_twenty_five_parts_and_none_is_empty(found, why):
    said = threads.misfit(found)
    assert (said is None) if why is None else said.startswith(why)


def test_the_hash_knows_the_ticked_box_and_is_unchanged_without_it():
    plain = replace(AGREED, thread=False)
    assert content_hash(AGREED) != content_hash(plain)
    assert "thread" not in canonical(plain)
    assert '"thread":["One.","Two.","Three."]' in canonical(AGREED)


def test_each_part_answers_the_one_before_and_is_counted_by_itself(group):
    thread = going(group)
    tick(group)
    assert group.x.posts == ["One.", "Two.", "Three."]
    assert answered(group) == [("One.", None), ("Two.", "x-1"), ("Three.", "x-2")]
    assert group.states(thread) == ["delivered"] * 3
    assert [(to.part, to.parts) for to in group.see(thread).deliveries] == [(1, 3), (2, 3), (3, 3)]
    assert told(group) == [telling.APPROVED, telling.DELIVERED]


def test_no_part_leaves_while_the_one_before_is_tried_again_or_in_doubt(group):
    thread = going(group)
    group.x.answers += [None, NotSent("no way there")]
    tick(group)
    assert (group.x.posts, group.states(thread)) == (["One."], ["delivered", "scheduled", "scheduled"])
    group.x.answers.append(Unknown("timed out"))
    tick(group, seconds=30)
    tick(group, seconds=30)
    assert (group.x.posts, group.states(thread)) == (["One."], ["delivered", "uncertain", "scheduled"])
    group.x.sightings.append(lambda attempt: Found("x-77", "https://x.example/77", attempt.started_at))
    look(group)
    tick(group)
    assert group.x.posts == ["One.", "Three."]
    assert answered(group)[-1] == ("Three.", "x-77")
    assert group.states(thread) == ["delivered"] * 3


def test_whoever_dies_in_the_middle_leaves_nothing_doubled_or_out_of_order(group):
    thread = going(group)

    def dies(_attempt):
        raise KeyboardInterrupt

    group.x.answers += [None, dies]
    with pytest.raises(KeyboardInterrupt):
        tick(group)
    tick(group, seconds=60)
    assert group.states(thread) == ["delivered", "attempting", "scheduled"]
    tick(group, seconds=121)
    assert group.states(thread) == ["delivered", "uncertain", "scheduled"]
    group.x.sightings.append(lambda attempt: Found("x-9", "https://x.example/9", attempt.started_at))
    look(group)
    tick(group)
    assert answered(group) == [("One.", None), ("Two.", "x-1"), ("Three.", "x-9")]
    assert group.x.posts == ["One.", "Three."]


def test_a_refusal_half_way_is_told_once_and_going_on_sends_the_rest(group):
    thread = going(group)
    group.x.answers += [None, Refused("no answers here", "Leave it.")]
    tick(group)
    tick(group, hours=7)
    assert (group.x.posts, group.states(thread)) == (["One."], ["delivered", "refused", "scheduled"])
    assert told(group) == [telling.APPROVED, telling.HALF_WAY]
    act(group, settling.try_again, question=question(group, thread, 2))
    tick(group)
    assert (group.x.posts, group.states(thread)) == (["One.", "Two.", "Three."], ["delivered"] * 3)


def test_stopped_or_withdrawn_in_the_middle_the_rest_stays_here(group):
    for stop, states in (
        (stopping.stop_one, ["delivered", "refused", "held stopped"]),
        (stopping.withdraw, ["delivered", "cancelled", "cancelled"]),
    ):
        thread = going(group)
        group.x.answers += [None, Refused("no", "no")]
        tick(group)
        act(group, stop, announcement_id=thread)
        tick(group, minutes=1)
        assert group.states(thread) == states
    assert group.x.posts == ["One.", "One."]


def test_stopping_everything_asks_once_about_a_thread_and_lets_it_go_on_in_order(group):
    thread = going(group)
    act(group, stopping.stop_all)
    tick(group)
    assert group.states(thread) == ["held stopped_all", "scheduled", "scheduled"]
    act(group, stopping.resume_all)
    assert told(group) == [
        telling.APPROVED,
        telling.STOPPED_ALL,
        telling.HELD,
        telling.RESUMED_ALL,
        telling.HELD,
    ]
    tick(group, hours=7)
    act(group, settling.send_now, announcement_id=thread)
    tick(group)
    assert group.x.posts == ["One.", "Two.", "Three."]


def test_every_post_of_a_thread_counts_against_a_cap(group):
    group.settings = group.settings.model_copy(update={"most_per_day": 2})
    thread = going(group)
    tick(group)
    assert group.states(thread) == ["delivered", "delivered", "held over_cap"]


@pytest.fixture
def seen_by_a_person(group):
    """Its first part is out by the word of somebody who has seen it."""
    thread = going(group)
    group.x.answers.append(Unknown("timed out"))
    tick(group)
    look(group, times=8)
    act(group, settling.went_out, question=question(group, thread, 1))
    return thread


def test_after_a_part_whose_link_nobody_knows_the_next_is_held_until_it_is_given(group, seen_by_a_person):
    thread = seen_by_a_person
    tick(group)
    assert group.states(thread) == ["delivered", "held link_missing", "scheduled"]
    link = "https://twitter.com/fenmarchdigital/status/123?s=20"
    act(group, threads.give_link, question=question(group, thread, 2), link=link)
    tick(group)
    assert answered(group)[1:] == [("Two.", "123"), ("Three.", "x-1")]
    assert group.see(thread).deliveries[0].url == "https://x.com/FenmarchDigital/status/123"


def test_late_proof_of_such_a_part_lets_the_thread_go_on(group, seen_by_a_person):
    thread = seen_by_a_person
    first = group.see(thread).deliveries[0]
    with group.acting() as (session, facts):
        tried = publishing.Attempt(first.id, first.attempt_no, "", Content("One."), group.clock.now)
        delivering.finish(session, attempt=tried, outcome=Published("x-5", "https://x.example/5"), **facts)
    tick(group)
    assert answered(group)[1] == ("Two.", "x-5")


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("the second one", "That is not the link of a post on X"),
        ("https://x.com/SomebodyElse/status/12", "That is a post of @SomebodyElse, and ours are of"),
        ("https://x.com.evil.example/FenmarchDigital/status/12", "That is not the link of a post on X"),
    ],
)
def test_a_link_of_anything_else_is_refused(group, seen_by_a_person, link, why):
    with pytest.raises(NotThatPost, match=why):
        act(group, threads.give_link, question=question(group, seen_by_a_person, 2), link=link)
    assert group.states(seen_by_a_person)[1] == "held link_missing"


def test_what_is_out_is_taken_down_last_first_and_the_rest_does_not_follow(group):
    thread = going(group)
    group.x.answers += [None, None, Refused("no", "no")]
    tick(group)
    act(group, taking_down.ask, announcement_id=thread, where=None, reason="The wrong day")
    lanes.take_down(group.deps, group.clock.now)
    lanes.take_down(group.deps, group.clock.forward(seconds=1))
    assert [removal.remote_id for removal in group.x.removals] == ["x-2", "x-1"]
    assert group.states(thread) == ["delivered", "delivered", "cancelled"]
    assert told(group)[-2:] == [telling.TAKE_DOWN_ASKED, telling.TAKEN_DOWN]


def test_an_edit_that_shortens_a_thread_leaves_no_part_behind(group):
    thread = group.propose(TEXT, thread=True).id
    group.approve(thread)
    shorter = Agreed("One.\n---\nTwo.", (Target("x"),), thread=True)
    act(group, proposing.edit, announcement_id=thread, agreed=shorter, by=group.asha)
    assert group.states(thread) == ["scheduled", "scheduled", "cancelled"]
    assert not group.see(thread).approved
