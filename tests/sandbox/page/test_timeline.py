"""What readers of a practice network see of a post."""

from sandbox.page import timeline
from sandbox.page.networks import Networks
from sandbox.social.mastodon import MastodonStore
from sandbox.x.store import XStore
from tests.sandbox.page.drawing import NAMES


def test_a_content_note_stands_with_its_post_and_others_have_none():
    store = MastodonStore()
    store.add_post("It has happened.", record={"spoiler_text": "Grief"})
    store.add_post("Tea.")
    shown = timeline.posts(Networks(XStore(), (store,)), "mastodon", NAMES)
    assert {(post.text, post.note) for post in shown} == {("It has happened.", "Grief"), ("Tea.", "")}


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
