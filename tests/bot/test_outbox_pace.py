"""Messages leave at Slack's pace, and wait when Slack asks to."""

from datetime import timedelta

from storage import outbox, outbox_claims
from storage.outbox import OutboxState
from storage.outbox_claims import Pause


def test_a_rate_limit_holds_the_whole_workspace_until_it_is_over_and_costs_no_try(post):
    rows = [post.put("One.", "asha"), post.put("Two.", "bryn")]
    post.fault("chat.postMessage", "rate_limited", retry_after=25)
    assert post.run() == 1
    with post.practice.deps.read() as session:
        assert session.get(Pause, "slack").until == post.practice.clock.now + timedelta(seconds=25)
    post.settle(24)
    assert len(post.practice.calls("chat.postMessage")) == 1
    post.settle(4)
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]
    assert [post.row(row).tries for row in rows] == [1, 1]


def test_one_message_a_second_in_each_channel_and_no_waiting_for_others(post):
    for number in range(3):
        post.put(f"{number}", "asha")
        post.put(f"{number}", "bryn")
    assert post.run() == 2
    post.practice.forward(seconds=0.9)
    assert post.run() == 0
    post.practice.forward(seconds=0.2)
    assert post.run() == 2
    post.practice.forward(seconds=1.1)
    assert post.run() == 2
    assert post.practice.texts("asha") == post.practice.texts("bryn") == ["0", "1", "2"]


def test_at_most_sixty_messages_a_minute_of_which_fifty_may_be_bulk(post):
    people = [f"U{number:010}" for number in range(80)]
    with post.practice.deps.write() as session:
        for whom in people:
            outbox.put(
                session, kind="note", to=whom, facts={"text": "fee"}, now=post.practice.clock.now, bulk=True
            )
    with post.practice.deps.write() as session:
        for _ in range(50):
            outbox_claims.claim(session, post.practice.clock.now)
        assert outbox_claims.claim(session, post.practice.clock.now) is None
    receipt = post.put("You're a member.")
    assert post.run() == 1
    assert post.row(receipt).state == OutboxState.SENT
    with post.practice.deps.write() as session:
        for number in range(9):
            outbox.put(
                session, kind="note", to=f"U9{number}", facts={"text": ""}, now=post.practice.clock.now
            )
            assert outbox_claims.claim(session, post.practice.clock.now) is not None
        outbox.put(session, kind="note", to="U99", facts={"text": ""}, now=post.practice.clock.now)
        assert outbox_claims.claim(session, post.practice.clock.now) is None
        later = post.practice.clock.now + timedelta(seconds=61)
        assert outbox_claims.claim(session, later).to == "U99"
