import json
import unicodedata
from dataclasses import replace

import pytest

from coop.announcing import content
from coop.announcing.content import Agreed, Target
from tests.announcing import wall

AGREED = Agreed("Café at nine", (Target("x"), Target("slack", "C1")), wall())


def test_the_canonical_form_is_one_spelling_of_everything_agreed_to():
    assert content.canonical(AGREED) == (
        '{"date":"2027-03-30","deliveries":['
        '{"images":[],"network":"slack","note":null,"target":"C1","text":"Café at nine"},'
        '{"images":[],"network":"x","note":null,"target":"","text":"Café at nine"}],'
        '"fold":0,"time":"09:00:00","version":1,"zone":"Europe/London"}'
    )


def test_the_hash_of_a_known_content_never_changes():
    assert content.content_hash(AGREED) == (
        "b4586c041f94f48ccf0ab91c919136394b71b2a9e78de01fb46e00823e980b89"
    )


def test_the_order_in_which_networks_were_ticked_does_not_matter():
    turned = Agreed(AGREED.text, AGREED.targets[::-1], AGREED.wall)
    assert content.content_hash(turned) == content.content_hash(AGREED)


def test_composed_and_decomposed_letters_are_the_same_content():
    decomposed = Agreed(unicodedata.normalize("NFD", AGREED.text), AGREED.targets, AGREED.wall)
    assert content.content_hash(decomposed) == content.content_hash(AGREED)


@pytest.mark.parametrize(
    "other",
    [
        Agreed("Café at nine.", AGREED.targets, AGREED.wall),
        Agreed(AGREED.text, AGREED.targets[:1], AGREED.wall),
        Agreed(AGREED.text, (Target("x"), Target("slack", "C2")), AGREED.wall),
        Agreed(AGREED.text, AGREED.targets, wall(minute=1)),
        Agreed(AGREED.text, AGREED.targets, wall(day=31)),
        Agreed(AGREED.text, AGREED.targets, None),
        replace(AGREED, variants={"x": "Café at nine!"}),
        replace(AGREED, note="Coffee"),
    ],
)
def test_any_other_text_variant_note_place_or_time_is_another_content(other):
    assert content.content_hash(other) != content.content_hash(AGREED)


def test_each_delivery_has_the_words_that_leave_for_its_network():
    own = replace(AGREED, variants={"x": "Nine, Cafe\u0301"}, note="Coffee")
    spelled = json.loads(content.canonical(own))["deliveries"]
    assert [(to["network"], to["text"], to["note"]) for to in spelled] == [
        ("slack", "Café at nine", "Coffee"),
        ("x", "Nine, Café", "Coffee"),
    ]
    edited = replace(own, variants={"x": "Nine, Café!"})
    assert content.content_hash(edited) != content.content_hash(own)


def test_words_of_its_own_that_are_the_common_ones_are_the_same_content():
    same = replace(AGREED, variants={"x": AGREED.text, "mastodon": "Goes nowhere"})
    assert content.content_hash(same) == content.content_hash(AGREED)


def test_as_soon_as_approved_has_no_time_in_it():
    spelled = json.loads(content.canonical(Agreed("x", (Target("x"),))))
    assert [spelled[name] for name in ("date", "time", "zone", "fold")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Leeds meetup", "Leeds meetup"),
        ("\n  First line\nsecond line", "First line"),
        ("Our yearly meeting is on 4 June, and everybody can come", "Our yearly meeting is on 4 June, and…"),
        ("x" * 50, "x" * 40 + "…"),
    ],
)
def test_a_title_is_the_first_words(text, title):
    assert content.title(text) == title


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ("Café, naïve, مرحبا, 👩\u200d👩\u200d👧, ❤️, 🏴󠁧󠁢󠁳󠁣󠁴󠁿", []),
        ("gpj.exe\u202e", ["U+202E (RIGHT-TO-LEFT OVERRIDE)"]),
        ("one\u200btwo\u200b\u00ad", ["U+200B (ZERO WIDTH SPACE)", "U+00AD (SOFT HYPHEN)"]),
    ],
)
def test_signs_that_nobody_sees_are_named_but_for_those_that_join(text, unseen):
    assert content.unseen(text) == unseen
