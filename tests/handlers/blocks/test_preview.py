"""What will leave, network by network: whole, within Slack's limits, however long and odd it is."""

from itertools import product

import pytest

from coop.announcing import telling
from coop.announcing.content import Target
from coop.settings import Settings
from handlers.blocks.announcing import form, notes, preview, proposal
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from publishers.bluesky.publisher import Bluesky
from publishers.by_hand import ByHand
from publishers.mastodon.publisher import Mastodon
from publishers.slack_channel.publisher import SlackChannel
from publishers.x.publisher import Keys, X
from storage.deliveries import DeliveryState, Hold
from tests.handlers.blocks.test_announcements import FACTS, NOW, an_announcement, delivery
from tests.handlers.blocks.walking import HOSTILE, troubles

NETWORKS = (X(Keys("", "", "", ""), "F"), Mastodon("", ""), Bluesky("", ""), SlackChannel(""), ByHand())
TARGETS = tuple(Target(each.network, "C0NEWS" if each.network == "slack" else "") for each in NETWORKS)
SCENE = Scene(
    NOW,
    Settings(steering_channel="C0STEERING", x_handle="FenmarchDigital"),
    {each.network: each for each in NETWORKS},
)
LONGEST = {"x": 280, "mastodon": 500, "bluesky": 300, "slack": 3_000, "by_hand": 3_000}


def on_all_five(state=DeliveryState.SCHEDULED, hold=None, **more):
    going = tuple(delivery(n, to, state, hold, **more) for n, to in enumerate(TARGETS, start=1))
    return {"deliveries": going, "approved_by": ()}


def filled_with(piece, length):
    return (piece * length)[:length]


@pytest.mark.parametrize("piece", ["&", "word ", "a.uk @b $C ", "https://fenmarch.example ", "<!channel>\n"])
def test_the_longest_texts_on_five_networks_may_be_shown_and_are_shown_whole(piece):
    texts = {network: filled_with(piece, length) for network, length in LONGEST.items()}
    one = an_announcement(
        text=HOSTILE, variants=texts, note="&" * 150, comment=None, images=(), **on_all_five()
    )
    drawn = [proposal.proposal(one, SCENE), proposal.detail(one, SCENE, reader="U0ASHA")]
    drawn += [proposal.approve_form(one, SCENE, needs_new_time=late) for late in (False, True)]
    drawn.append(notes.note(telling.EDITED, one, FACTS | {"delivery": 1}, SCENE))
    drawn.append(notes.note(telling.EDITED, one, {"by": "U0BRYN", "voided": []}, SCENE))
    assert [trouble for each in drawn for trouble in troubles(each)] == []
    exact = [
        block["text"]["text"]
        for block in proposal.proposal(one, SCENE).blocks
        if block["type"] == "section" and block["text"]["type"] == "plain_text"
    ]
    assert exact == list(dict.fromkeys(texts.values()))


def test_networks_that_get_the_same_words_are_shown_together():
    one = an_announcement(text="For all", variants={"x": "For X"}, **on_all_five())
    assert [(part.text, [to.network for to in part.targets]) for part in preview.parts(one, SCENE)] == [
        ("For X", ["x"]),
        ("For all", ["mastodon", "bluesky", "slack", "by_hand"]),
    ]


def test_the_content_note_says_where_it_stays_behind():
    one = an_announcement(text="For all", note="Grief", **on_all_five())
    told = (
        "Content note: “Grief”. Mastodon shows it first, and the words to whoever asks for them. X, Bluesky, "
        "Slack and by hand: it leaves without the note, which has no place there."
    )
    assert preview.blocks(one, SCENE)[0]["text"]["text"] == told
    assert preview.said(one, SCENE).startswith(told)
    assert "; Mastodon: 12 of 500; Bluesky: 7 of 300;" in preview.said(one, SCENE)


def test_each_network_makes_links_by_its_own_rule():
    one = an_announcement(text="See x.ai and https://a.example", images=(), **on_all_five())
    lines = preview.parts(one, SCENE)[0].lines
    assert list(lines) == [
        (
            "X: 55 of 280 characters, costs $0.20 (X's price in 2026); Mastodon: 36 of 500; Bluesky: 30 of 300; "
            "Slack: 30 of 4,000; By hand: 30 of 3,000."
        ),
        "Links on X: x.ai, https://a.example.",
        "Link on Mastodon, Bluesky and Slack: https://a.example. No link without https:// in front: x.ai.",
        "Note: X reads x.ai as a link: it counts as 23, and the post costs $0.20.",
    ]


def test_the_words_to_post_by_hand_are_those_for_posting_by_hand():
    one = an_announcement(
        text="For all", variants={"by_hand": "For paper"}, **on_all_five(DeliveryState.HELD, Hold.BY_HAND)
    )
    drawn = notes.note(telling.HELD, one, FACTS | {"delivery": 5, "hold": Hold.BY_HAND}, SCENE)
    assert "The words to post: “For paper”" in drawn.text


def test_what_is_about_to_leave_is_told_in_each_networks_words():
    one = an_announcement(text="For all", variants={"x": "For X"}, **on_all_five())
    drawn = notes.note(telling.COUNTDOWN, one, FACTS | {"going": [1, 2, 3]}, SCENE)
    assert "As @FenmarchDigital on X: “For X”. " in drawn.text
    assert "on Bluesky: “For all”. Anybody on the steering group" in drawn.text


def test_what_is_looked_for_by_a_person_is_what_that_network_got():
    one = an_announcement(
        text="For all", variants={"x": "For X"}, **on_all_five(DeliveryState.UNCERTAIN, asked=True)
    )
    drawn = notes.note(telling.UNCERTAIN, one, FACTS | {"delivery": 1}, SCENE)
    assert "yourself for “For X”." in drawn.text


def test_the_window_may_be_shown_with_every_field_it_can_have():
    texts = {f"text_{network}": filled_with("&", 3_000) for network in LONGEST}
    entered = {"text": HOSTILE, "where": list(LONGEST), "more": ["words", "note"], "note": "&" * 150, **texts}
    for window, values in product((Window("w"), Window("w", 7)), (entered, {**entered, "more": ["note"]})):
        assert troubles(form.form(window, values, SCENE, note="Kept.")) == []


def test_what_nobody_sees_is_named():
    one = an_announcement(text="Read report\u202efdp.exe", **on_all_five())
    assert preview.said(one, SCENE).endswith(
        "Note: It has signs that nobody sees, and they leave as well: U+202E (RIGHT-TO-LEFT OVERRIDE)."
    )
