import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.wording import CustomEmoji, OnlyInSlack, as_it_leaves


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [
        (":tada: We are a co-operative!", "🎉 We are a co-operative!"),
        ("Welcome:tada:", "Welcome🎉"),
        (":tada::wave:", "🎉👋"),
        (":wave::skin-tone-3: hello", "👋🏼 hello"),
        (":people_holding_hands::skin-tone-2-3:", "🧑🏻‍🤝‍🧑🏼"),
        (":heart::skin-tone-3:", "❤️"),
        (":+1: :-1: :flag-wales: :gb: :100:", "👍 👎 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇬🇧 💯"),
        (":simple_smile:", "🙂"),
        ("🎉 typed as it is", "🎉 typed as it is"),
    ],
)
def test_names_of_standard_emoji_become_unicode(typed, leaves):
    assert as_it_leaves(typed) == leaves


@pytest.mark.parametrize(
    "text",
    [
        "Doors open 9:30:00 sharp",
        "a:b:c",
        "The scale is 1:100:5",
        "1:100: the scale",
        "Ratio 4:3, then 16:9:4",
        "std::vector::x",
        "fe80::a:b",
        "urn:isbn:9780",
        "Agenda: one, two: three",
        "*x* _y_ ~z~ `code` @channel #open-data",
        "x < 3 and y > 2, I <3 it, <b>bold</b>, <nothing here>",
        "\u201ccurly\u201d \u2018quotes\u2019 \u2013 dashes\u2026",
        "line one\n\n  line two\t.",
    ],
)
def test_text_that_only_looks_like_slacks_signs_is_not_harmed(text):
    assert as_it_leaves(text) == text


def test_a_name_right_after_a_time_is_still_found():
    assert as_it_leaves("9:30:tada:") == "9:30🎉"


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [
        ("AT&amp;T &lt;b&gt; &amp;lt;", "AT&T <b> &lt;"),
        ("<https://fenmarch.example/a?x=1&amp;y=:b:|our page>", "https://fenmarch.example/a?x=1&y=:b:"),
        ("<https://fenmarch.example/>", "https://fenmarch.example/"),
        ("run <http://setup.py|setup.py>", "run setup.py"),
        ("<mailto:hello@fenmarch.example|hello@fenmarch.example>", "hello@fenmarch.example"),
        ("<mailto:hello@fenmarch.example|write to us>", "hello@fenmarch.example"),
        ("<!channel> <!here> <!everyone|everyone>", "@channel @here @everyone"),
        ("see <#C0123|open-data>", "see #open-data"),
        ("<!subteam^S0123|@editors>", "@editors"),
        ("on <!date^1806393600^{date}^https://x.example|30 March 2027>", "on 30 March 2027"),
    ],
)
def test_what_slack_puts_in_for_signs_is_taken_out_again(sent, leaves):
    assert as_it_leaves(sent) == leaves


def test_custom_emoji_are_refused_all_at_once_and_by_name():
    with pytest.raises(CustomEmoji) as refused:
        as_it_leaves(":tada: :party-parrot: :meow_code: :party-parrot:")
    assert refused.value.names == ["party-parrot", "meow_code"]
    assert refused.value.text == (
        ":party-parrot: and :meow_code: cannot be shown outside this Slack. "
        "Take them out, or use a standard emoji."
    )


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("thanks <@U0000ASHA>", "The person U0000ASHA"),
        ("thanks <@U0000ASHA|asha>", "@asha"),
        ("see <#C0123>", "#C0123"),
        ("<!subteam^S0123>", "<!subteam^S0123>"),
    ],
)
def test_people_and_places_of_slack_are_refused_by_name(sent, name):
    with pytest.raises(OnlyInSlack) as refused:
        as_it_leaves(sent)
    assert refused.value.text == (
        f"{name} can only be pointed to inside this Slack. Write the name in plain words instead."
    )


def test_what_leaves_is_composed():
    assert as_it_leaves("Cafe\u0301") == "Café"


@given(st.text(st.characters(exclude_characters=":&<>", exclude_categories=["Cs"])))
def test_text_without_signs_of_slack_passes_unchanged(text):
    assert as_it_leaves(text) == unicodedata.normalize("NFC", text)


@given(
    st.lists(
        st.sampled_from([":", "::", "tada", "wave", "b", "1", "skin-tone-3", " ", "é", "🎉"]), max_size=12
    )
)
def test_names_turned_into_emoji_once_stay_as_they_are(pieces):
    try:
        once = as_it_leaves("".join(pieces))
    except CustomEmoji:
        return
    assert as_it_leaves(once) == once


@given(st.lists(st.integers(0, 59), min_size=2, max_size=4), st.sampled_from(["", ".", " uhr", ","]))
def test_no_time_of_day_is_ever_harmed(numbers, after):
    text = ":".join(f"{number:02}" for number in numbers) + after
    assert as_it_leaves(text) == text


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered_with_text_or_a_sentence(text):
    try:
        answer = as_it_leaves(text)
    except (CustomEmoji, OnlyInSlack) as refused:
        answer = refused.text
    assert isinstance(answer, str)
