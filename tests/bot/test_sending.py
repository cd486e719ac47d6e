"""Sending once: the states of a delivery, by the tick and the reconciling job, on both databases."""

from datetime import timedelta

import pytest

from bot.jobs import sending
from coop import offices
from coop.announcing import proposing, stopping, telling
from coop.announcing.content import Agreed, Target, sha256_of
from coop.announcing.proposing import TooLateToEdit
from coop.announcing.sending import settling
from coop.announcing.sending.settling import AnsweredAlready, Question
from coop.publishing import (
    AskPerson,
    Content,
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
from storage import claims
from storage.attempts import Attempt
from storage.database import is_writing
from storage.offices import Role
from tests import lanes
from tests.announcing import MEETUP, Clock, Group, Listed, utc, wall
from tests.coop.people import queued


@pytest.fixture
def group(database, now):
    return Group(database, Clock(now))


@pytest.fixture
def going(group):
    """The id of an approved announcement for X that is due at this moment."""
    proposed = group.propose()
    group.approve(proposed.id)
    group.clock.forward(minutes=10)
    return proposed.id


def tick(group, **forward):
    lanes.tick(group.deps, group.clock.forward(**forward))


def look(group, **forward):
    lanes.reconcile(group.deps, group.clock.forward(**forward))


def only(group, announcement_id):
    (to,) = group.see(announcement_id).deliveries
    return to


def question(group, announcement_id):
    to = only(group, announcement_id)
    return Question(to.id, to.attempt_no)


def answer(group, act, announcement_id, *, by=None, asked=None):
    with group.acting() as (session, facts):
        act(session, question=asked or question(group, announcement_id), by=by or group.carys, **facts)


def attempts(group):
    with group.database.read() as session:
        rows = session.query(Attempt).order_by(Attempt.delivery_id, Attempt.number)
        return [(row.number, row.text, row.sha256, row.outcome) for row in rows]


def told(group, to="C0STEERING"):
    with group.database.read() as session:
        return [kind for kind, _ in queued(session, to=to) if kind != telling.PROPOSAL]


def uncertain(group, announcement_id, *, reason="timed out"):
    """Sent, and the answer lost."""
    group.x.answers.append(Unknown(reason))
    tick(group)
    assert group.states(announcement_id) == ["uncertain"]


def asked(group, announcement_id):
    """Uncertain, looked for in vain to the end, the steering group asked."""
    uncertain(group, announcement_id)
    for seconds in (5, 10, 25, 50, 90, 120):
        assert not only(group, announcement_id).asked
        look(group, seconds=seconds)
    assert only(group, announcement_id).asked


def test_what_is_approved_and_due_goes_out_once_letter_for_letter(group, going):
    tick(group)
    tick(group, seconds=1)
    assert group.x.posts == [MEETUP]
    to = only(group, going)
    assert (to.state, to.url, to.attempt_no) == ("delivered", "https://x.example/1", 1)
    assert attempts(group) == [(1, MEETUP, sha256_of(Content(MEETUP)), "published")]
    assert told(group) == [telling.APPROVED, telling.DELIVERED]


def test_nothing_leaves_before_its_time(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    group.clock.now = utc(30, 7, 59, 59)
    tick(group)
    assert group.x.posts == []
    tick(group, seconds=1)
    assert group.x.posts == [MEETUP]


def test_what_nobody_approved_is_held_at_its_time_and_its_owner_is_told(group):
    proposed = group.propose(wall=wall())
    group.clock.now = utc(30, 8)
    tick(group)
    assert (group.x.posts, group.states(proposed.id)) == ([], ["held unapproved"])
    assert told(group) == [telling.HELD]
    assert told(group, "U0ASHA") == [telling.OWNER]


def test_an_approver_whose_term_ended_before_it_left_does_not_count(group, going):
    with group.database.write() as session:
        offices.end(
            session,
            person_id=group.bryn,
            role=Role.STEERING,
            by="command line",
            today=group.clock.now.date(),
            now=group.clock.now,
        )
    tick(group, days=0)
    assert (group.x.posts, group.states(going)) == ([], ["held unapproved"])


def test_a_days_outage_holds_everything_late_and_asks_each_owner_once(group):
    ids = []
    for hour in (9, 10, 11):
        proposed = group.propose(f"At {hour}", wall=wall(hour=hour))
        group.approve(proposed.id)
        ids.append(proposed.id)
    group.clock.now = utc(31, 9)
    tick(group)
    tick(group, seconds=1)
    assert group.x.posts == []
    assert [group.states(each) for each in ids] == [["held late"]] * 3
    assert told(group, "U0ASHA") == [telling.HELD_BACK]


def test_six_hours_late_still_goes_out(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    group.clock.now = utc(30, 14)
    tick(group)
    assert group.x.posts == [MEETUP]


def test_a_late_one_goes_out_when_somebody_says_so(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    group.clock.now = utc(31, 9)
    tick(group)
    with group.acting() as (session, facts):
        settling.send_now(session, announcement_id=proposed.id, by=group.asha, **facts)
    tick(group)
    assert group.x.posts == [MEETUP]


def test_stopping_all_holds_what_comes_due_and_resuming_asks_about_it(group, going):
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.carys, **facts)
    tick(group)
    assert (group.x.posts, group.states(going)) == ([], ["held stopped_all"])
    with group.acting() as (session, facts):
        assert stopping.resume_all(session, by=group.bryn, **facts).asked == 1
    tick(group)
    assert (group.x.posts, group.states(going)) == ([], ["held late"])
    assert told(group, "U0ASHA") == [telling.HELD_BACK]


def test_resuming_lets_what_is_not_due_yet_go_at_its_time(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    for act in (stopping.stop_all, stopping.resume_all):
        with group.acting() as (session, facts):
            act(session, by=group.carys, **facts)
    group.clock.now = utc(30, 8)
    tick(group)
    assert group.x.posts == [MEETUP]


@pytest.mark.parametrize(
    ("act", "becomes"), [(stopping.stop_one, "held stopped"), (stopping.withdraw, "cancelled")]
)
def test_stopped_or_withdrawn_between_claim_and_sending_is_not_sent(group, going, act, becomes):
    with group.database.write() as session:
        claims.claim_next(session, "x", group.clock.now, timedelta(seconds=120))
    with group.acting() as (session, facts):
        act(session, announcement_id=going, by=group.asha, **facts)
    tick(group)
    tick(group, minutes=3)
    assert (group.x.posts, group.states(going)) == ([], [becomes])


def test_certainly_not_sent_is_tried_again_by_itself(group, going):
    group.x.answers = [NotSent("connection refused"), NotSent("connection refused")]
    for seconds in (0, 5, 15):
        tick(group, seconds=seconds)
    assert group.x.posts == [MEETUP]
    assert [number for number, *_ in attempts(group)] == [1, 2, 3]


def test_hours_of_not_reaching_a_network_end_in_a_question_not_in_a_late_post(group, going):
    group.x.answers = [NotSent("connection refused")] * 100
    for _ in range(40):
        tick(group, minutes=10)
    assert (group.x.posts, group.states(going)) == ([], ["held late"])
    assert told(group).count(telling.STRUGGLING) >= 1


def test_too_many_requests_waits_for_the_reset(group, going):
    group.x.answers = [TryLater(group.clock.now + timedelta(minutes=15), "X takes no more from us")]
    tick(group)
    tick(group, minutes=14)
    assert group.x.posts == []
    tick(group, minutes=1)
    assert group.x.posts == [MEETUP]


def test_a_refusal_stops_and_says_why_and_what_to_do(group, going):
    group.x.answers = [Refused("The credits are used up", "Add credits.")]
    tick(group)
    tick(group, hours=1)
    to = only(group, going)
    assert (group.x.posts, to.state, to.reason, to.fix) == (
        [],
        "refused",
        "The credits are used up",
        "Add credits.",
    )
    assert told(group, "U0ASHA") == [telling.REFUSED]
    answer(group, settling.try_again, going)
    tick(group)
    assert group.x.posts == [MEETUP]


def test_an_unknown_outcome_is_never_sent_again_by_itself(group, going):
    asked(group, going)
    for _ in range(5):
        tick(group, hours=1)
        look(group)
    assert (group.x.posts, len(attempts(group)), group.x.looked) == ([], 1, 6)
    assert told(group) == [telling.APPROVED, telling.UNCERTAIN]


def test_found_on_the_network_is_delivered_with_its_link(group, going):
    uncertain(group, going)
    group.x.sightings = [
        NotFound(),
        CouldNotLook("X is down"),
        lambda attempt: Found("77", "https://x.example/77", attempt.started_at),
    ]
    for seconds in (5, 10, 25):
        look(group, seconds=seconds)
    to = only(group, going)
    assert (to.state, to.url) == ("delivered", "https://x.example/77")
    assert told(group) == [telling.APPROVED, telling.DELIVERED]


def test_equal_words_from_before_are_not_taken_for_ours(group, going):
    uncertain(group, going)
    group.x.sightings = [lambda attempt: Found("1", None, attempt.started_at - timedelta(hours=2))]
    look(group, seconds=5)
    assert group.states(going) == ["uncertain"]


def test_a_duplicate_refusal_because_of_older_words_is_refused_and_names_them(group, going):
    group.x.answers = [Unknown("X says it has these words already", duplicate=True)]
    tick(group)
    group.x.sightings = [
        lambda attempt: Found("1", "https://x.example/1", attempt.started_at - timedelta(hours=2))
    ]
    look(group, seconds=5)
    to = only(group, going)
    assert (to.state, "https://x.example/1" in to.reason) == ("refused", True)


def test_a_duplicate_refusal_because_of_our_own_earlier_attempt_is_delivered(group, going):
    asked(group, going)
    first_tried = group.clock.now - timedelta(seconds=300)
    answer(group, settling.send_again, going)
    look(group)
    group.x.answers = [Unknown("X says it has these words already", duplicate=True)]
    tick(group)
    group.x.sightings = [Found("9", "https://x.example/9", first_tried)]
    look(group, seconds=5)
    assert only(group, going).url == "https://x.example/9"


def test_killed_while_sending_it_is_looked_for_and_not_sent_again(group, going):
    with group.acting() as (session, facts):
        claimed = claims.claim_next(session, "x", group.clock.now, timedelta(seconds=120))
        begun = sending.delivering.begin(
            session, claimed=(claimed.id, claimed.attempt_no), priced=group.x.price, **facts
        )
    assert begun.content.text == MEETUP
    tick(group, seconds=119)
    assert group.states(going) == ["attempting"]
    tick(group, seconds=2)
    assert group.states(going) == ["uncertain"]
    group.x.sightings = [Found("5", "https://x.example/5", begun.started_at)]
    look(group, seconds=5)
    assert (group.x.posts, only(group, going).url) == ([], "https://x.example/5")


def test_killed_before_sending_it_is_sent_once_the_claim_is_over(group, going):
    with group.database.write() as session:
        claims.claim_next(session, "x", group.clock.now, timedelta(seconds=120))
    tick(group, seconds=119)
    assert group.x.posts == []
    tick(group, seconds=2)
    assert group.x.posts == [MEETUP]


def late_proof(group, attempt_no, remote_id="3"):
    """The result of an attempt whose lease ended long ago."""
    with group.acting() as (session, facts):
        row = session.query(Attempt).filter_by(number=attempt_no).one()
        attempt = sending.Attempt(row.delivery_id, row.number, "", None, row.started_at)
        sending.delivering.finish(
            session, attempt=attempt, outcome=Published(remote_id, "https://x.example/3"), **facts
        )


@pytest.mark.parametrize("state", ["uncertain", "asked", "scheduled", "held"])
def test_late_proof_that_it_is_out_always_wins(group, going, state):
    if state == "uncertain":
        uncertain(group, going)
    else:
        asked(group, going)
    if state in {"scheduled", "held"}:
        answer(group, settling.send_again, going)
        look(group)
    if state == "held":
        with group.acting() as (session, facts):
            stopping.stop_one(session, announcement_id=going, by=group.carys, **facts)
    late_proof(group, 1)
    tick(group, minutes=1)
    assert (group.x.posts, only(group, going).url) == ([], "https://x.example/3")


def test_a_result_that_is_not_proof_counts_only_for_its_own_attempt(group, going):
    asked(group, going)
    answer(group, settling.send_again, going)
    look(group)
    group.x.answers = [Unknown("timed out again")]
    tick(group)
    with group.acting() as (session, facts):
        row = session.query(Attempt).filter_by(number=1).one()
        attempt = sending.Attempt(row.delivery_id, 1, "", None, row.started_at)
        sending.delivering.finish(session, attempt=attempt, outcome=NotSent("-"), **facts)
    assert (group.states(going), only(group, going).attempt_no) == (["uncertain"], 2)


def test_two_posts_of_one_delivery_are_said_loudly(group, going):
    asked(group, going)
    answer(group, settling.send_again, going)
    look(group)
    tick(group)
    late_proof(group, 1, remote_id="another")
    assert told(group)[-2:] == [telling.DELIVERED, telling.DOUBLED]


def test_a_person_who_saw_it_settles_it(group, going):
    asked(group, going)
    answer(group, settling.went_out, going)
    tick(group)
    to = only(group, going)
    assert (group.x.posts, to.state, to.settled_by) == ([], "delivered", "U0CARYS")


def test_sending_again_looks_once_more_first(group, going):
    asked(group, going)
    answer(group, settling.send_again, going)
    tick(group)
    assert group.x.posts == []
    group.x.sightings = [lambda attempt: Found("8", "https://x.example/8", attempt.started_at)]
    look(group)
    tick(group)
    assert (group.x.posts, only(group, going).url) == ([], "https://x.example/8")


def test_sending_again_sends_once_what_is_not_there(group, going):
    asked(group, going)
    answer(group, settling.send_again, going)
    look(group)
    tick(group)
    tick(group, seconds=1)
    assert group.x.posts == [MEETUP]
    assert only(group, going).attempt_no == 2


def test_sending_again_still_asks_for_approval_and_for_the_stop(group, going):
    asked(group, going)
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.bryn, **facts)
    answer(group, settling.send_again, going)
    look(group)
    tick(group)
    assert (group.x.posts, group.states(going)) == ([], ["held stopped_all"])


def test_a_question_is_answered_once_and_only_about_its_own_attempt(group, going):
    asked(group, going)
    first = question(group, going)
    answer(group, settling.send_again, going)
    for act in (settling.went_out, settling.send_again):
        with pytest.raises(AnsweredAlready):
            answer(group, act, going, asked=first)
    look(group)
    group.x.answers = [Unknown("timed out again")]
    tick(group)
    for seconds in (5, 10, 25, 50, 90, 120):
        look(group, seconds=seconds)
    assert only(group, going).asked
    with pytest.raises(AnsweredAlready):
        answer(group, settling.went_out, going, asked=first)
    answer(group, settling.went_out, going)


def test_only_the_steering_group_settles(group, going):
    asked(group, going)
    for act in (settling.went_out, settling.send_again):
        with pytest.raises(offices.NotAllowed):
            answer(group, act, going, by=group.dafydd)


def test_a_network_that_cannot_be_read_is_asked_about_after_an_hour(group, going):
    uncertain(group, going)
    group.x.sightings = [CouldNotLook("X is down")] * 100
    for _ in range(11):
        look(group, minutes=5)
    assert not only(group, going).asked
    look(group, minutes=5)
    assert only(group, going).asked


def test_where_it_is_safe_the_same_words_are_sent_again_instead_of_asking(group, going):
    group.x.guarantee = Guarantee.SAFE_TO_REPEAT
    uncertain(group, going)
    for seconds in (5, 10, 25, 50, 90, 120):
        look(group, seconds=seconds)
    tick(group)
    assert group.x.posts == [MEETUP]


def test_what_is_only_repeated_may_be_out_and_is_neither_withdrawn_nor_held_as_if_it_were_not(group, going):
    group.x.guarantee = Guarantee.SAFE_TO_REPEAT
    uncertain(group, going)
    for seconds in (5, 10, 25, 50, 90, 120):
        look(group, seconds=seconds)
    assert group.states(going) == ["scheduled"]
    with pytest.raises(stopping.NothingToStop), group.acting() as (session, facts):
        stopping.withdraw(session, announcement_id=going, by=group.asha, **facts)
    agreed = Agreed("Other words", (Target("x"),))
    with pytest.raises(TooLateToEdit), group.acting() as (session, facts):
        proposing.edit(session, announcement_id=going, agreed=agreed, by=group.asha, **facts)
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.asha, **facts)
    tick(group)
    assert (group.states(going), only(group, going).asked, group.x.posts) == (["uncertain"], True, [])


def test_by_hand_waits_for_a_person_to_say_it_is_posted(group):
    group.x = Listed("by_hand", Guarantee.PERSON, answers=[AskPerson("Copy the words.")])
    proposed = group.propose(targets=(Target("by_hand"),))
    group.approve(proposed.id)
    tick(group, minutes=10)
    assert group.states(proposed.id) == ["held by_hand"]
    assert only(group, proposed.id).reason == "Copy the words."
    answer(group, settling.posted_by_hand, proposed.id)
    assert group.states(proposed.id) == ["delivered"]


def test_what_was_to_be_posted_by_hand_never_left_by_itself_and_is_asked_for_after_a_lost_answer(group):
    group.x = Listed("by_hand", Guarantee.PERSON, answers=[Unknown("I died"), AskPerson("Copy the words.")])
    proposed = group.propose(targets=(Target("by_hand"),))
    group.approve(proposed.id)
    tick(group, minutes=10)
    look(group, seconds=5)
    tick(group)
    assert group.states(proposed.id) == ["held by_hand"]


def test_one_in_flight_per_account(group):
    for text in ("First", "Second"):
        group.approve(group.propose(text).id)
    group.clock.forward(minutes=10)
    with group.database.write() as session:
        first = claims.claim_next(session, "x", group.clock.now, timedelta(seconds=120))
        assert first is not None
        assert claims.claim_next(session, "x", group.clock.now, timedelta(seconds=120)) is None
    tick(group, seconds=121)
    assert group.x.posts == ["First", "Second"]


def test_an_uncertain_one_does_not_block_its_account(group, going):
    uncertain(group, going)
    other = group.propose("Something else")
    group.approve(other.id)
    tick(group, minutes=10)
    assert group.x.posts == ["Something else"]


def test_one_network_refusing_does_not_keep_the_other_back(group):
    group.x.answers = [Refused("no", "fix")]
    proposed = group.propose(targets=(Target("x"), Target("slack", "C0NEWS")))
    group.approve(proposed.id)
    tick(group, minutes=10)
    assert group.states(proposed.id) == ["refused", "delivered"]
    assert group.slack.posts == [MEETUP]


def test_a_network_no_longer_set_up_holds_what_was_meant_for_it(group, going):
    group.x = Listed("bluesky")
    tick(group)
    assert group.states(going) == ["held network_gone"]


def test_what_is_in_doubt_on_a_network_no_longer_set_up_is_asked_about(group, going):
    group.x.answers = [Unknown("timed out")]
    tick(group)
    group.x = Listed("bluesky")
    for _ in range(15):
        now = group.clock.forward(minutes=5)
        for lane in sending.steps(group.deps).values():  # all that a worker runs, and nothing else
            lane(now)
    assert [(to.state, to.asked) for to in group.see(going).deliveries] == [("uncertain", True)]
    assert told(group).count(telling.UNCERTAIN) == 1


def test_what_was_approved_as_a_rehearsal_is_not_sent_in_earnest(group):
    group.settings = group.settings.model_copy(update={"rehearsal": True})
    proposed = group.propose()
    group.approve(proposed.id)
    group.settings = group.settings.model_copy(update={"rehearsal": False})
    tick(group, minutes=10)
    assert (group.x.posts, group.states(proposed.id)) == ([], ["held rehearsed"])
    group.approve(proposed.id)
    tick(group, minutes=10)
    assert group.x.posts == [MEETUP]


def test_a_publisher_that_raises_may_have_sent(group, going):
    def fails(_attempt):
        raise RuntimeError("a mistake of ours")

    group.x.answers = [fails]
    tick(group)
    assert group.states(going) == ["uncertain"]


def test_no_transaction_is_open_while_a_network_works(group, going):
    seen = []

    def watching(_attempt):
        seen.append(is_writing())
        with group.database.write():
            pass  # another writer gets in

    group.x.answers = [watching]
    tick(group)
    assert (seen, group.x.posts) == ([False], [MEETUP])


def test_withdrawn_on_the_way_is_not_sent(group, going):
    with group.acting() as (session, facts):
        stopping.withdraw(session, announcement_id=going, by=group.asha, **facts)
    tick(group)
    assert (group.x.posts, group.states(going)) == ([], ["cancelled"])


def test_what_is_in_doubt_and_withdrawn_is_not_sent_again(group):
    proposed = group.propose(targets=(Target("x"), Target("slack", "C0NEWS")))
    group.approve(proposed.id)
    group.x.answers = [Unknown("timed out")]
    group.slack.answers = [NotSent("no route")]
    tick(group, minutes=10)
    for seconds in (5, 10, 25, 50, 90, 120):
        group.slack.answers = [NotSent("no route")]
        look(group, seconds=seconds)
    with group.acting() as (session, facts):
        stopping.withdraw(session, announcement_id=proposed.id, by=group.asha, **facts)
    doubted = group.see(proposed.id).deliveries[0]
    answer(group, settling.send_again, None, asked=Question(doubted.id, doubted.attempt_no))
    look(group)
    tick(group)
    assert (group.x.posts, group.slack.posts) == ([], [])
    assert group.states(proposed.id) == ["cancelled", "cancelled"]


def test_a_late_one_approved_by_another_goes_out_after_a_countdown(group, going):
    tick(group, hours=7)
    assert group.states(going) == ["held late"]
    approved = group.approve(going, by=group.carys)
    assert approved.due_at == group.clock.now + timedelta(minutes=10)
    tick(group, minutes=10)
    assert group.x.posts == [MEETUP]


def test_a_refused_one_whose_approver_left_can_be_approved_anew(group, going):
    group.x.answers = [Refused("No credits", "Add some.")]
    tick(group)
    with group.database.write() as session:
        offices.end(
            session,
            person_id=group.bryn,
            role=Role.STEERING,
            by="command line",
            today=group.clock.now.date(),
            now=group.clock.now,
        )
    group.approve(going, by=group.carys)
    tick(group, minutes=10)
    assert group.x.posts == [MEETUP]
