"""What counts as asking "am I a member?", held against the labelled messages in tests/labelled."""

from collections.abc import Callable, Iterator
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop import asking
from coop.asking import Asked, Names, Question, weighing
from tests import labelled as labels
from tests.labelled import labelled

LGD = Names("LocalGov Digital", ("LGD",))
OWN = Question(Asked.OWN_STANDING)


ASKED, NOT_ASKED = labelled(*labels.ASKED), labelled(*labels.NOT_ASKED)
PLAIN = [
    text
    for text in ASKED
    if len(text) < 120 and text.isascii() and "<" not in text and "\n" not in text and "rrr" not in text
]
# Every seventh wording stands for all in tests that multiply them.
SAMPLE = [
    text.rstrip(" ?!.") for text in PLAIN if asking.in_channel(text, LGD) and "?" not in text.rstrip(" ?!.")
][::7]


def question(label: str) -> Question | None:
    """`SOMEONE_ELSE:U02JKL345` is about that person; an empty label is nothing we know."""
    asked, _, about = label.partition(":")
    return Question(Asked[asked], about or None) if asked else None


TO_THE_BOT = [
    (question(label), text)
    for label, text in (line.split("\t") for line in labelled(labels.ASKED_OF_THE_BOT))
]
WISHES = {Asked.JOIN, Asked.LEAVE, Asked.HELP}


def rate(texts: list[str], change: Callable[[str], str] = str) -> float:
    return sum(asking.in_channel(change(text), LGD) == OWN for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked", "least_recall", "least_precision"),
    [
        ("learnt from", ASKED, NOT_ASKED, 0.97, 0.998),
        ("never learnt from", labelled(labels.EXAM_ASKED), labelled(labels.EXAM_NOT_ASKED), 0.95, 0.99),
    ],
)
def test_recall_and_precision_in_a_channel(
    capsys: pytest.CaptureFixture[str],
    kind: str,
    asked: list[str],
    not_asked: list[str],
    least_recall: float,
    least_precision: float,
) -> None:
    heard = [text for text in asked if asking.in_channel(text, LGD)]
    wrong = [text for text in not_asked if asking.in_channel(text, LGD)]
    recall, precision = len(heard) / len(asked), len(heard) / (len(heard) + len(wrong))
    figures = (
        f"{kind}: {len(asked)} questions, recall {recall:.1%}; "
        f"{len(not_asked)} others, precision {precision:.1%}"
    )
    with capsys.disabled():
        print(f"\n{figures}")  # noqa: T201 -- the figures people look for
    assert recall >= least_recall, sorted(set(asked) - set(heard))
    assert precision >= least_precision, wrong


def test_the_weights_are_those_of_the_messages_beside_them() -> None:
    learnt_from = resources.files("coop.asking").joinpath(weighing.WEIGHTS).read_text("utf-8").splitlines()[0]
    assert learnt_from.endswith(labels.digest()), "the labelled messages have changed: make learn"


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert (len(ASKED) >= 150, len(TO_THE_BOT) >= 100, len(NOT_ASKED) >= 450) == (True, True, True)
    assert not set(ASKED) & set(NOT_ASKED)
    exam = {*labelled(labels.EXAM_ASKED), *labelled(labels.EXAM_NOT_ASKED)}
    assert not exam & {*ASKED, *NOT_ASKED}


@pytest.mark.parametrize(("expected", "text"), TO_THE_BOT)
def test_what_is_said_to_the_bot_itself(expected: Question | None, text: str) -> None:
    assert asking.to_bot(text, LGD) == expected


def test_whatever_a_channel_hears_the_bot_hears_too() -> None:
    heard = [text for text in ASKED if asking.in_channel(text, LGD)]
    missed = [text for text in heard if asking.to_bot(text, LGD) not in {OWN, Question(Asked.ORGANISATION)}]
    assert missed == []


def test_joining_and_leaving_are_never_answered_in_a_channel() -> None:
    wishes = [text for wish, text in TO_THE_BOT if wish and wish.asked in WISHES]
    assert [text for text in wishes if asking.in_channel(text, LGD)] == []


CORES = ("am I a member", "am I part", "am I still a member", "not sure if I'm a member", "have I signed up")
ELSEWHERE = (
    "of the working group", "of the public", "of staff", "of this channel", "of #random",
    "of <#C123|makers>",
    "of the steering group", "of LGD Makers", "of the LGD Slack", "of the network team", "of parliament",
    "of Unison", "of the gym", "of anything", "of the right group", "of the community of practice",
    "on GitHub",
    "for the workshop", "for LocalGovCamp", "to the call", "of your team", "of this project",
    "of the problem",
)  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_other_memberships_are_none_of_our_business(elsewhere: str) -> None:
    texts = [f"{core} {elsewhere}{mark}" for core in CORES for mark in ("?", "")]
    assert [text for text in texts if asking.in_channel(text, LGD)] == []


TOPICS = (
    "Paid my £1 for membership on Monday.", "I filled in the membership form.", "Joined LGD on Friday,",
    "About my membership,", "I've paid the pound and heard nothing.",
)  # fmt: skip
ABOUT_IT = ("did it go through?", "has it come thru yet", "did it work?", "not sure it worked")
ABOUT_ME = (
    "am I in?", "have I been added?", "am I official yet?", "did my form reach you?", "am I one of you now?",
    "did I get in",
)  # fmt: skip
OTHER_TOPICS = (
    "Booked my ticket for the camp.", "I filled in the expenses form.", "I signed up for the hackday.",
    "I emailed you about the bins.", "Pushed the fix.", "Asha did her membership form.", "My gym membership!",
)  # fmt: skip


def test_a_short_question_is_heard_where_the_rest_is_about_membership() -> None:
    texts = [f"{topic} {question}" for topic in TOPICS for question in (*ABOUT_IT, *ABOUT_ME)]
    assert rate(texts) >= 0.95, [text for text in texts if not asking.in_channel(text, LGD)]


@pytest.mark.parametrize("question", ABOUT_IT)
def test_a_short_question_alone_or_about_something_else_is_left_alone(question: str) -> None:
    texts = [question, *(f"{topic} {question}" for topic in OTHER_TOPICS)]
    assert [text for text in texts if asking.in_channel(text, LGD)] == []


BROKEN = (
    "Could you ascertain whether {}?", "can anyone tell me whether {}", "Grateful if you would confirm that {}.",
    "I cannot find out if {}",
)  # fmt: skip
INSERTED = (
    "I am, under either name, a member", "my name was among those entered on the members list",
    "a membership is recorded under my name", "my membership has nevertheless been activated",
    "I was among them and am therefore a member",
)  # fmt: skip
ANOTHER_QUESTION = (
    "I should be a member", "I need to be a member", "I can be a member with two jobs", "my council is a member",
    "everyone I work with is a member", "my membership is tax deductible", "my membership fee goes up in May",
    "I can talk to a board member", "I am eligible to be a member",
)  # fmt: skip


@pytest.mark.parametrize("asking_for", BROKEN)
def test_words_between_the_parts_of_a_question_do_not_hide_it(asking_for: str) -> None:
    texts = [asking_for.replace("{}", inserted) for inserted in INSERTED]
    assert [text for text in texts if asking.in_channel(text, LGD) != OWN] == []


@pytest.mark.parametrize("asking_for", BROKEN)
def test_a_word_of_wishes_rules_or_others_makes_it_another_question(asking_for: str) -> None:
    texts = [asking_for.replace("{}", another) for another in ANOTHER_QUESTION]
    assert [text for text in texts if asking.in_channel(text, LGD)] == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm a member. I suggested a talk, has it been accepted?",
        "I'm a member of LGD and I've sent my expenses, have they gone through?",
        "Is Borsetshire in the co-op? Are we?",
        "I'm a member of the co-op and I think the rules are wrong. Who's right, me or the board?",
        "I'm a member and would welcome help with the camp",
        "Can you find my membership slides?",
        "Not sure my membership pitch worked",
        "Does my membership count towards CPD?",
    ],
)
def test_a_question_about_something_else_beside_a_claim_is_left_alone(text: str) -> None:
    assert asking.in_channel(text, LGD) is None


def test_a_topic_without_a_question_is_left_alone() -> None:
    assert [topic for topic in TOPICS if asking.in_channel(topic, LGD)] == []


TOLD = (
    "she asked {}", "someone asked me {}", "people keep asking {}", "they want to know {}", "FAQ: {}",
    "my boss asked: {}", "the bot answers {}", "type {} to the bot", "ask the bot {}",
    '"{}" is a good question',
    "she said “{}”", "`{}`", "```\n{}\n```", "&gt; {}", "he was like {}", "P3: {}", "print('{}')",
    "when I type {} it works", "heading: {}", "try asking {}", "he wrote: {}",
)  # fmt: skip
QUOTED = (
    "am I a member?",
    "how do I know if I'm a member?",
    "did my membership go through?",
    "have I joined?",
)


@pytest.mark.parametrize("told", TOLD)
def test_what_others_asked_is_not_asked_now(told: str) -> None:
    texts = [told.replace("{}", question) for question in QUOTED]
    assert [text for text in texts if asking.in_channel(text, LGD)] == []


GREETINGS = (
    "Hi all, {}", "hello {}", "Morning! {}", "quick q: {}", "Sorry if this is daft, {}",
    "Hi everyone :wave: {}", "ok so {}", "New here! {}", "evening all {}", "<!here> {}",
    "hi <@U123ABC456> {}", "{} thanks", "{} :pray:",
    "{} 🙏", "{} please", "{} lol", "{} Cheers, Jo", "{}\nThanks\nDilys", "{} Anyone know?", "*{}*", "_{}_",
)  # fmt: skip


@pytest.mark.parametrize("around", GREETINGS)
def test_greetings_thanks_and_emoji_change_nothing(around: str) -> None:
    assert rate(SAMPLE, lambda text: around.replace("{}", text + "?")) >= 0.97


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("capitals", str.upper),
        ("curly quotes", lambda text: text.replace("'", "’")),
        ("no apostrophes", lambda text: text.replace("'", "")),
        ("many marks", lambda text: text + "???!!"),
        (
            "wide letters",
            lambda text: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}) + "?",
        ),
        ("stretched", lambda text: text.replace("member", "memberrrr") + "?"),
    ],
)
def test_ways_of_typing_change_nothing(name: str, change: Callable[[str], str]) -> None:
    assert rate(SAMPLE, lambda text: change(text + "?")) >= 0.97, name


def mistyped(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at:]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@pytest.mark.parametrize(
    "word", ["member", "membership", "network", "joined", "signed", "LocalGov", "whether"]
)
def test_one_typing_error_in_a_key_word_is_forgiven(word: str) -> None:
    wordings = [text for text in SAMPLE if f" {word}" in f" {text}"]
    slipped = [text.replace(word, slip) + "?" for text in wordings for slip in mistyped(word)]
    assert rate(slipped) >= 0.97, [text for text in slipped if not asking.in_channel(text, LGD)]


OTHER = Names("Barsetshire Makers' Guild", ("BMG", "the Guild"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am I part of the Guild?", OWN),
        ("am i in bmg", OWN),
        ("Have I joined Barsetshire Makers Guild?", OWN),
        ("have I joined the barsetshire makers’ guild yet", OWN),
        ("am I part of LGD?", None),
        ("Am I in the Guild of Bellringers?", None),
    ],
)
def test_every_network_has_its_own_names(text: str, expected: Question | None) -> None:
    assert asking.in_channel(text, OTHER) == expected


def test_a_network_without_a_name_of_its_own_is_still_the_network() -> None:
    unnamed = Names("our network")
    assert asking.in_channel("am I part of the network?", unnamed) == OWN
    assert asking.in_channel("am I in the network team?", unnamed) is None


@pytest.mark.parametrize("name", ["", "((", "*", "C++ & friends", "  ", "[a-z]+"])
def test_a_name_is_never_read_as_an_expression(name: str) -> None:
    assert asking.in_channel("am I a member?", Names(name, (name,))) == OWN
    assert asking.in_channel("lovely weather we are having", Names(name, (name,))) is None


PIECES = st.sampled_from(
    [
        "am I", "a member", "of", "LGD", "?", "'", '"', "`", "```", "<@U123>", "<#C1|x>", "&gt;", "&amp;",
        "\n", "my membership", "not sure if", "I'm", "£1", "\u200b", "\ud800", "...", "~", "*", "_", "(",
        "[ ]", "’", ":wave:",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
@settings(max_examples=400, deadline=None)
def test_no_text_is_too_odd(text: str) -> None:
    assert asking.in_channel(text, LGD) in {None, OWN}
    found = asking.to_bot(text, LGD)
    assert found is None or found.asked in Asked


@given(st.sampled_from(SAMPLE), st.text(alphabet="abcdefghij klmnopqrstuvwxyz.,", max_size=2000))
@settings(max_examples=100, deadline=None)
def test_nothing_is_heard_in_a_long_message(question: str, around: str) -> None:
    text = f"{around:.<900} {question}?"
    assert asking.in_channel(text, LGD) is None


POST = "We talked about governance, money and biscuits, and whether anyone outside would notice. "


def test_a_long_message_asks_at_its_beginning_or_its_end() -> None:
    assert asking.in_channel(POST * 5 + "So, am I a member?", LGD) == OWN
    assert asking.in_channel("Am I a member? " + POST * 5, LGD) == OWN
    assert asking.in_channel(POST * 3 + "Am I a member? " + POST * 3, LGD) is None
