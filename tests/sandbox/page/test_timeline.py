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
