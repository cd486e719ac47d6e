"""How many deliveries a second, and that no two workers ever had the same one."""

from collections.abc import Iterator, Mapping
from typing import Any

BAD = {
    "twice": "sent twice",
    "together": "in flight beside another one on its account",
    "missing": "not delivered",
}


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield from ("## Several workers on PostgreSQL", "")
    yield (
        "The networks answer at once here, so that the record alone is measured: each delivery is claimed, its "
        "intent committed, and its result with the log and the messages about it. One writer at a time is let "
        "in (docs/decisions/002), so that more workers are there for networks that are slow, not for speed."
    )
    heads = (
        "workers | deliveries | accounts | seconds | deliveries a second | sent twice | two on one account"
    )
    yield from ("", f"| {heads} |", "|---|---|---|---|---|---|---|")
    for one in told.values():
        rate = one["deliveries"] / one["seconds"]
        yield (
            f"| {one['workers']} | {one['deliveries']:,} | {one['accounts']} | {one['seconds']:.1f} | "
            f"{rate:.0f} | {one['twice']} | {one['together']} |"
        )


def failures(told: Mapping[str, Any]) -> Iterator[str]:
    for name, one in told.items():
        for bad, said in BAD.items():
            if one[bad]:
                yield f"{name}: {one[bad]} {said}"
        if one["tries"] != one["deliveries"]:
            yield f"{name}: {one['tries']} tries for {one['deliveries']} deliveries"
