"""X's rules of length, links and names: how each of Twitter's own conformance cases comes out here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coop.publishing import Content
from publishers.x import text as x_text
from publishers.x.publisher import Keys, X

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "twitter-text"
OLDER = "rules of before 2018: an emoji sequence counted piece by piece"
NEWER = (
    "what has a scheme counts as a link even where the tables of 2021 know no such domain: X's own table is "
    "newer, and a link missed would be a post too long and a price too low"
)
TWEETS = "made for a limit of 140"
PLUS = f"one link is found without its last “+”; for the others, {NEWER}"
_X = X(Keys("", "", "", ""), "FenmarchDigital")
Ours = Callable[[str], Any]


@dataclass(frozen=True)
class Group:
    """`differ` is how many cases come out otherwise, and `why`. `key` picks the expected word out of each."""

    file: str
    name: str
    what: str
    ours: Ours
    differ: int = 0
    why: str = ""
    key: str = ""

    def wanted(self, case: Mapping[str, Any]) -> Any:
        expected = case["expected"]
        if self.key:
            return [each[self.key] for each in expected]
        if isinstance(expected, dict):
            return expected["weightedLength"], expected["valid"]
        return expected


def _measured(text: str) -> tuple[int, bool]:
    checked = _X.check(Content(text))
    return checked.length, checked.sendable


def _named(names: list[str]) -> list[str]:
    return [name[1:] for name in names]


GROUPS = (
    Group("validate", "WeightedTweetsWithDiscountedEmojiCounterTest", "weighted length", _measured),
    Group("validate", "UnicodeDirectionalMarkerCounterTest", "weighted length, both directions", _measured),
    Group("validate", "WeightedTweetsCounterTest", "weighted length, as it was", _measured, 2, OLDER),
    Group("validate", "tweets", "may be sent", lambda text: _measured(text)[1], 2, TWEETS),
    Group("validate", "urls", "is one link", lambda text: x_text.links(text) == [text], 8, PLUS),
    Group("validate", "urls_without_protocol", "is one bare link", lambda text: x_text.links(text) == [text]),
    Group("extract", "urls", "links", x_text.links, 21, NEWER),
    Group("extract", "urls_with_indices", "links in order", x_text.links, key="url"),
    Group("extract", "urls_with_directional_markers", "links, both directions", x_text.links, key="url"),
    Group("extract", "tco_urls_with_params", "short links", x_text.links),
    Group("extract", "mentions", "mentions", lambda text: _named(x_text.mentions(text))),
    Group(
        "extract",
        "mentions_with_indices",
        "mentions in order",
        lambda text: _named(x_text.mentions(text)),
        key="screen_name",
    ),
    Group(
        "extract", "replies", "whom it replies to", lambda t: (x_text.leading_mention(t) or "@")[1:] or None
    ),
    Group("extract", "cashtags", "cashtags", lambda text: _named(x_text.cashtags(text))),
    Group(
        "extract",
        "cashtags_with_indices",
        "cashtags in order",
        lambda text: _named(x_text.cashtags(text)),
        key="cashtag",
    ),
    Group("tlds", "country", "domains of countries", x_text.links),
    Group("tlds", "generic", "other domains", x_text.links),
)
LEFT_OUT = (
    "Left out, because the bot does nothing with them: hashtags, lists, names of users, and the positions of "
    "each. In the group of 91, every difference is a link found in addition; none is missed."
)


def differing(group: Group) -> dict[str, tuple[Any, Any]]:
    """By description, ours beside Twitter's."""
    found = ((case, group.ours(case["text"])) for case in cases(group))
    return {
        f"{case['description']}: {case['text']}": (ours, group.wanted(case))
        for case, ours in found
        if ours != group.wanted(case)
    }


def cases(group: Group) -> list[dict[str, Any]]:
    text = (SAMPLES / f"{group.file}.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.load(text, Loader=_quick())["tests"][group.name]  # noqa: S506 -- safe
    return found


def _quick() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def lines() -> Iterator[str]:
    yield from ("## X's own cases of length", "")
    if not SAMPLES.is_dir():
        yield "Not run: ../shared/data/twitter-text is absent."
        return
    yield (
        "Twitter's conformance set (twitter/twitter-text at 30e2430d, read from ../shared/data), every group "
        "that applies."
    )
    yield from ("", "| group | what | cases | same | differ | why |", "|---|---|---|---|---|---|")
    for group in GROUPS:
        all_cases, differ = len(cases(group)), len(differing(group))
        yield (
            f"| `{group.name}` | {group.what} | {all_cases:,} | {all_cases - differ:,} | {differ} | {group.why} |"
        )
    yield from ("", LEFT_OUT)


def failures() -> Iterator[str]:
    for group in GROUPS if SAMPLES.is_dir() else ():
        if len(differing(group)) != group.differ:
            yield f"{group.name}: {len(differing(group))} cases differ, not {group.differ}"
