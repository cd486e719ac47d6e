"""The practice X as its readers see it."""

from datetime import UTC, datetime

from sandbox.page import timeline
from sandbox.page.names import Names
from sandbox.page.networks import Networks
from sandbox.x.store import XStore

NAMES = Names("U0", {}, {}, datetime(2027, 3, 27, tzinfo=UTC))


def test_a_thread_stands_together_in_its_own_order_among_newest_first():
    x = XStore()
    author = next(iter(x.accounts))
    first = x.add_post(author, "One.")
    x.add_post(author, "Two.", reply_to=first.id)
    x.add_post(author, "Something else.")
    shown = timeline.posts(Networks(x), "x", NAMES)
    told = {post.text: post.thread for post in shown}
    assert told == {"One.": "1 of 2 in a thread", "Two.": "2 of 2 in a thread", "Something else.": ""}
    assert [post.text for post in shown].index("Two.") - [post.text for post in shown].index("One.") == 1
