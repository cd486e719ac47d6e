"""What can go wrong on the wire, in each place, and the state it has to end in."""

from dataclasses import dataclass

from tests.evidence import mid_thread
from tests.evidence.points import ANYWHERE, BY_HAND, EVERYWHERE, MASTODON, REPEATABLE, SLACK, THREAD

TURNED_AWAY = "held network_trouble"
REFUSES_ANSWERS = ("refuses answers", "")


@dataclass(frozen=True)
class Cell:
    """`at_once` and `in_the_end` are states of the delivery, in mid-thread of the second part; `posts` is how
    many there really are. `half_way`: the group was told that the first part is out and the second is not.
    """

    fault: str
    network: str
    at_once: str
    in_the_end: str
    posts: int
    half_way: bool = False


@dataclass(frozen=True)
class Fault:
    """`order` is what the practice network is told: the kind, and whether before or after it took the post."""

    name: str
    order: tuple[str, str] | None
    at_once: str
    in_the_end: str = "delivered"
    posts: int = 1


FAULTS = (
    Fault("the connection is refused", None, "scheduled"),
    Fault("connecting hangs", None, "scheduled"),
    Fault("it hangs after the request", ("hang", "after"), "uncertain"),
    Fault("reset before the request is taken", ("reset", "before"), "uncertain", "uncertain", 0),
    Fault("reset after it is taken", ("reset", "after"), "uncertain"),
    Fault("the answer is cut short", ("cut", "after"), "uncertain"),
    Fault("the answer drips", ("drip", "after"), "uncertain"),
    Fault("307 to somewhere else", ("redirect", "before"), "uncertain", "uncertain", 0),
    Fault("200 with a page of HTML", ("html", "after"), "uncertain"),
    Fault("503 after posting", ("unavailable", "after"), "uncertain"),
    Fault("429 with a reset", ("rate_limited", "before"), "scheduled"),
    Fault("refused as a duplicate of itself", ("duplicate", "after"), "uncertain"),
    Fault("402: no credits left", ("no_credits", "before"), TURNED_AWAY, TURNED_AWAY, 0),
    Fault("403 half-way through a thread, then “Go on”", REFUSES_ANSWERS, "refused"),
    Fault(
        "403 half-way through a thread, then “Take down what is out”",
        REFUSES_ANSWERS,
        "refused",
        "cancelled",
        0,
    ),
)
BY_NAME = {fault.name: fault for fault in FAULTS}
HALF_WAY = frozenset(fault.name for fault in FAULTS if fault.order == REFUSES_ANSWERS)
# On Slack nothing is a duplicate, and Mastodon answers with the post it has; only X takes money, and threads.
NOT_THERE = {
    ("refused as a duplicate of itself", SLACK),
    *(("402: no credits left", to) for to in EVERYWHERE[1:]),
    *((name, to) for name in HALF_WAY for to in EVERYWHERE),
}


def _mid_thread(fault: Fault) -> Cell:
    """Its first part is out whatever happens; all of it is, once the second is."""
    all_out, is_told = fault.in_the_end == "delivered", fault.name in HALF_WAY or fault.at_once == TURNED_AWAY
    posts = mid_thread.PARTS if all_out else int(fault.in_the_end != "cancelled")
    return Cell(fault.name, THREAD, fault.at_once, fault.in_the_end, posts, is_told)


def expected(fault: Fault, network: str) -> Cell:
    if network == BY_HAND:
        return Cell(fault.name, network, "held by_hand", "held by_hand", 0)
    if (fault.name, network) == ("refused as a duplicate of itself", MASTODON):
        return Cell(fault.name, network, "delivered", "delivered", 1)
    if fault.in_the_end == "uncertain" and network in REPEATABLE:
        return Cell(fault.name, network, fault.at_once, "delivered", 1)
    if network == THREAD:
        return _mid_thread(fault)
    return Cell(fault.name, network, fault.at_once, fault.in_the_end, fault.posts)


CELLS = [expected(fault, to) for fault in FAULTS for to in ANYWHERE if (fault.name, to) not in NOT_THERE]
