"""The kills, in tables."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.evidence import timelines, verdicts
from tests.evidence.points import ANYWHERE, POINTS
from tests.evidence.verdicts import Verdict

WITHOUT_A_PERSON = 0.99
COUNTS = ("kills", "settled", "asked", "lost", "doubled", "too_early")
HEADS = " | ".join(count.replace("_", " ") for count in COUNTS)


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """`told` is what each of the jobs found, by its name."""
    found = {name: verdicts.read(one["verdicts"]) for name, one in told.items()}
    everything = [verdict for each in found.values() for verdict in each]
    yield from ("## Killed at any moment", "")
    yield (
        "A process is killed with `kill -9` at a named moment on an announcement's way out, and whoever pressed "
        "a button presses it again; the next process takes over, or the three that were working beside it; then "
        "the record is compared with what the practice network really has. Workers are forked from a warm, "
        "single-threaded parent; the time is passed in."
    )
    yield from ("", f"**{sentence(everything)}**", "")
    yield (
        "“Asked” means that the steering group is asked, with a button for either answer; “too early”, that "
        "something went out while it was stopped, held, sent back or withdrawn, or a part of a thread before the "
        "one it answers. Where the network takes the "
        "same post twice as one (Mastodon, Bluesky), or has it, or was certainly never given it, no person may "
        "be needed. X's own refusal of equal words is switched off, so that it hides no mistake of ours. By "
        "hand, nothing leaves by itself, and a person's button settles it. In mid-thread the first of three "
        "posts on X is out, the kill comes at the second, and the third waits; it holds when all three are out "
        "once, each answering the one before. X is told there to take answers to our own posts, which it may not."
    )
    yield from _table("workers on one record", found, lambda name: name.removeprefix("kills, "))
    yield from _table("network", _by(everything, ANYWHERE, lambda verdict: verdict.network), str)
    means = {f"`{point.name}`, {point.means}": point.name for point in POINTS}
    by_point = _by(everything, means.values(), lambda verdict: verdict.point)
    yield from _table("moment", {label: by_point[name] for label, name in means.items()}, str)
    by_timeline = _by(everything, timelines.MEANS, lambda verdict: verdict.timeline)
    yield from _table("the timeline", by_timeline, lambda kind: f"{kind}: {timelines.MEANS[kind]}")
    yield from _controls(told)


def sentence(found: list[Verdict]) -> str:
    counts = verdicts.counted(found)
    moments = len({verdict.point for verdict in found})
    return (
        f"{counts['kills']:,} kills at {moments} moments: {counts['lost']} lost, {counts['doubled']} doubled, "
        f"{counts['too_early']} too early, {counts['asked']:,} in front of a person; of the "
        f"{counts['knowable']:,} that the network's answers allow to be settled without one, "
        f"{counts['knowable_settled']:,} were."
    )


def failures(told: Mapping[str, Any]) -> Iterator[str]:
    for name, one in told.items():
        found = verdicts.read(one["verdicts"])
        counts = verdicts.counted(found)
        for bad in ("lost", "doubled", "too_early"):
            if counts[bad]:
                yield f"{name}: {counts[bad]} {bad}, such as {next(each for each in found if getattr(each, bad))}"
        if counts["knowable_settled"] < WITHOUT_A_PERSON * counts["knowable"]:
            yield f"{name}: only {counts['knowable_settled']} of {counts['knowable']} settled without a person"
        if one["broken_links"]:
            yield f"{name}: {one['broken_links']} broken links in the log"
        for badly, caught in one["controls"].items():
            if caught < one["tried"]:
                yield f"{name}: the sender that would {badly} was caught {caught} times of {one['tried']} only"


def _by(found: list[Verdict], keys: Any, key: Callable[[Verdict], str]) -> dict[str, list[Verdict]]:
    return {each: [verdict for verdict in found if key(verdict) == each] for each in keys}


def _table(head: str, groups: Mapping[str, list[Verdict]], label: Callable[[str], str]) -> Iterator[str]:
    yield from ("", f"| {head} | {HEADS} |", "|---|" + "---|" * len(COUNTS))
    for name, group in groups.items():
        counts = verdicts.counted(group)
        yield f"| {label(name)} | " + " | ".join(f"{counts[count]:,}" for count in COUNTS) + " |"


def _controls(told: Mapping[str, Any]) -> Iterator[str]:
    caught = {badly: sum(one["controls"][badly] for one in told.values()) for badly in ("retry", "drop")}
    yield from ("", "### Can the harness fail?", "")
    yield (
        "Two senders that do it badly have to be caught. One that tries again whatever was being attempted was "
        f"caught doubling {caught['retry']} times; one that drops it was caught losing {caught['drop']} times, "
        f"of {sum(one['tried'] for one in told.values())} each."
    )
    broken = sum(one["broken_links"] for one in told.values())
    yield from ("", f"The log's chains afterwards: {broken} broken links.")
