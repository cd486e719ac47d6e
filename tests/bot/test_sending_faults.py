"""More ways in which X can fail than the table of tests/evidence has, each ending in the state safe for it.

Against the practice X over loopback, through tweepy; nothing here was tried against X itself.
"""

from dataclasses import dataclass, field

import pytest

from publishers.x.publisher import Keys, X
from tests import lanes
from tests.announcing import MEETUP, Clock, Group

LOOKS = (5, 10, 25, 50, 90, 120)


@dataclass
class Watched:
    """The practice X with an X publisher on it that waits half a second."""

    workspace: object
    group: Group = field(init=False)

    def x(self):
        keys = self.workspace.seen("x/keys")
        names = ("X_API_KEY", "X_API_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET")
        return X(
            Keys(*(keys[name] for name in names)),
            keys["X_HANDLE"],
            api_url=self.workspace.url,
            seconds=0.5,
        )

    def posts(self):
        return [post["text"] for post in self.workspace.seen("x/timeline")]

    def tries(self):
        return len([call for call in self.workspace.seen("x/ledger") if call["method"] == "POST"])


@pytest.fixture
def watched(workspace, sqlite, now):
    workspace.asked("x/reset", all=True)
    workspace.asked("x/clock", stand_still=now.timestamp())
    made = Watched(workspace)
    made.group = Group(sqlite, Clock(now), x=made.x())
    return made


@pytest.fixture
def going(watched):
    proposed = watched.group.propose()
    watched.group.approve(proposed.id)
    let_pass(watched, minutes=10)
    return proposed.id


def let_pass(watched, **length):
    watched.group.clock.forward(**length)
    now = watched.group.clock.now
    watched.workspace.asked("x/clock", stand_still=now.timestamp())


def tick(watched):
    lanes.tick(watched.group.deps, watched.group.clock.now)


def settle(watched):
    """Every look there is, then whatever that leads to."""
    for seconds in LOOKS:
        let_pass(watched, seconds=seconds)
        lanes.reconcile(watched.group.deps, watched.group.clock.now)
        tick(watched)


# fault, when, the state at once, the state in the end, how many posts there really are
FAULTS = [
    ("hang", "before", "uncertain", "uncertain", 0),
    ("drop", "after", "uncertain", "delivered", 1),
    ("unavailable_html", "before", "uncertain", "uncertain", 0),
    ("unauthorized", "before", "held network_trouble", "held network_trouble", 0),
    ("locked", "before", "held network_trouble", "held network_trouble", 0),
    ("forbidden", "before", "refused", "refused", 0),
]


@pytest.mark.parametrize(("kind", "when", "at_once", "in_the_end", "posts"), FAULTS)
def test_each_fault_ends_in_its_state_with_one_request(
    watched, going, kind, when, at_once, in_the_end, posts
):
    watched.workspace.asked("x/faults", kind=kind, when=when)
    tick(watched)
    assert (watched.group.states(going), watched.tries()) == ([at_once], 1)
    settle(watched)
    assert watched.group.states(going) == [in_the_end]
    assert len(watched.posts()) == posts


def test_words_that_are_out_already_are_refused_and_the_older_post_is_named(watched, going):
    let_pass(watched, hours=-2)
    watched.workspace.asked("x/timeline", username="FenmarchDigital", text=MEETUP)
    let_pass(watched, hours=2)
    tick(watched)
    settle(watched)
    (to,) = watched.group.see(going).deliveries
    (older,) = watched.workspace.seen("x/timeline")
    assert (to.state, older["id"] in to.reason) == ("refused", True)


def test_a_timeline_that_is_late_is_waited_for(watched, going):
    watched.workspace.asked("x/lag", seconds=180)
    watched.workspace.asked("x/faults", kind="drop")
    tick(watched)
    settle(watched)
    assert (watched.group.states(going), watched.posts()) == (["delivered"], [MEETUP])


@pytest.mark.parametrize("kind", ["missing", "wrong"])
def test_a_wrong_timeline_leads_to_a_question_never_to_a_second_post(watched, going, kind):
    watched.workspace.asked("x/faults", kind="drop")
    watched.workspace.asked("x/faults", kind=kind, on="GET /2/users/{id}/tweets", times=100)
    tick(watched)
    settle(watched)
    (to,) = watched.group.see(going).deliveries
    assert (to.state, watched.posts()) == ("uncertain", [MEETUP])
