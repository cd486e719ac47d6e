"""The random walks, in a few sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    counts: Counter[str] = sum((Counter(one["counts"]) for one in told.values()), Counter())
    broken = sum(bool(one["failure"]) for one in told.values())
    yield from ("## Any order of acts, failures, deaths and clocks", "")
    yield (
        f"**{counts['runs']:,} runs, {counts['steps']:,} steps, {counts['requests']:,} requests, "
        f"{counts['posts']:,} posts, {counts['posts of series']:,} of them runs of series, "
        f"{counts['held over a cap']:,} held over a cap: {broken or 'nothing'} that does not hold.**"
    )
    yield ""
    yield (
        "hypothesis chooses among drafting, editing, approving, asking for changes, withdrawing, stopping one "
        "or everything, resuming, beginning and ending blackout periods and terms, letting out all the same, answering what is asked, sending what was "
        "held, working while the network fails in eight ways, being killed before or after any commit, "
        "delivering a request twice, setting the clock forward or back, and with series planning, approving once or each run, skipping, changing and ending. After each step: out at most once "
        "on each network; never unapproved, never approved by its writer alone; nothing while everything is "
        "stopped, in a blackout or over the cap for an hour, a day or a month, unless it was let out; never other words than those approved; a request delivered twice has one effect; none before its time or after it was withdrawn; of a series one on each local date, and none on a day that was skipped; and in the "
        "end everything is settled, and the record agrees with the networks."
    )
    caught = sum(one["caught"] for one in told.values())
    yield from (
        "",
        f"A sender that takes X for a network on which nothing doubles was caught {caught} times of {len(told)}.",
    )


def failures(told: Mapping[str, Any]) -> Iterator[str]:
    for name, one in told.items():
        if one["failure"]:
            yield f"{name}: {one['failure']}"
        if not one["caught"]:
            yield f"{name}: a careless sender was not caught"
