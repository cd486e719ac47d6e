"""Ten minutes before its time the thread says what is about to leave, and anybody on steering can stop it."""

from tests.handlers.announcing.acts import (
    IN_THREE_DAYS,
    MEETUP,
    approve,
    labels,
    propose,
    said,
    steering,
    thread,
    tweeted,
)


def test_its_thread_says_so_and_stop_this_one_keeps_it_from_leaving(practice):
    text = f"{MEETUP} See https://fenmarch.example/a?b&c"
    propose(practice, text, **IN_THREE_DAYS)
    approve(practice)
    practice.clock.now = practice.clock.now.replace(day=30, hour=7, minute=50, second=0)
    before = [practice.texts(who) for who in ("asha", "bryn", "carys")]
    practice.tick()
    note = steering(practice, "carys")[-1]
    assert thread(practice)[-1] == note["text"]
    assert note["text"] == (
        "In 10 minutes, at 9:00am UK time (BST), it goes out as @FenmarchDigital on X: "
        # Marked as a link, or the closing quotation mark would be a part of it.
        f"“{MEETUP} See <https://fenmarch.example/a?b&amp;c>”. Anybody on the steering group can stop it until then."
    )
    assert [practice.texts(who) for who in ("asha", "bryn", "carys")] == before
    assert labels(note) == ["Stop this one: Leeds meetup on Tuesday at 6pm…, Tue 30 March"]
    answer = practice.press("carys", "announcing.stop", note)
    assert said(answer).startswith("Stopped. “Leeds meetup on Tuesday at 6pm…” goes nowhere")
    practice.settle()
    practice.forward(minutes=11)
    practice.tick()
    assert tweeted(practice) == []


def test_approved_within_the_last_ten_minutes_the_approval_says_it_and_no_second_note_does(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.clock.now = practice.clock.now.replace(day=30, hour=7, minute=53, second=0)
    approve(practice)
    assert thread(practice)[-1] == (
        "<@U000000BRYN> approved it. It goes out as @FenmarchDigital on X in 7 minutes, at 9:00am UK time (BST). "
        "Until then anybody on the steering group can press “Stop this one” above."
    )
    practice.tick()
    assert thread(practice)[-1].startswith("<@U000000BRYN> approved it.")
