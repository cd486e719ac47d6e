"""Kill a worker at a named moment, let the next one take over, and compare the record with X's own ledger.

The parent stays single-threaded and warm: everything is imported once, every life is a fork of it.
"""

import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.evidence import life
from tests.evidence.life import Run, World
from tests.evidence.points import POINTS, Point, Stage

BEGINS = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
LATEST_TIMELINE = 180
PATIENCE = 20.0
Watch = Callable[[], bool]


class HarnessBroken(Exception):
    """The harness did not do what it says: nothing it measured counts."""


@dataclass(frozen=True)
class Verdict:
    """One kill. `posts` is what X really has; the rest is what the record says in the end."""

    point: str
    posts: int
    state: str
    asked: bool
    is_right_post: bool
    told: int
    seen_in_slack: int | None

    @property
    def doubled(self) -> bool:
        return self.posts > 1 or (self.seen_in_slack or 0) > 1

    @property
    def settled(self) -> bool:
        """Without a person, and truly."""
        return self.posts == 1 and self.state == "delivered" and self.is_right_post and self.told == 1

    @property
    def lost(self) -> bool:
        """Neither truly settled nor in front of a person, or a message about it that never came."""
        return not (self.doubled or self.settled or self.asked) or self.seen_in_slack == 0


@dataclass
class Session:
    """Kills on one database, one after another on a clock that only goes forward."""

    world: World
    seed: int
    now: datetime = BEGINS
    count: int = 0
    verdicts: list[Verdict] = field(default_factory=list)

    def begin(self) -> None:
        life.begin_record(self.world, self.now)
        life.warm_up(self.world, self._new_run(POINTS[0]))
        self.now += timedelta(hours=1)

    def kill(self, point: Point, *, before: str = "") -> Verdict:
        run = self._new_run(point)
        chance = random.Random(f"{self.seed} {self.count}")
        # X's own refusal of equal words is a second net that nobody promises: without it everything shows.
        self.world.asked("x/reset", all=True)
        self.world.asked("x/switches", duplicate_window=0)
        self.world.asked("x/lag", seconds=chance.uniform(0, LATEST_TIMELINE))
        self._order_faults(point)
        status, _ = in_child(lambda: life.live(self.world, run), kill_when=self._watch(run))
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            raise HarnessBroken(f"{point.name} was never reached")
        self.world.asked("x/faults", clear=True)
        status, left = in_child(lambda: life.recover(self.world, run, before))
        if status != 0:
            raise HarnessBroken(f"the worker after {point.name} failed")
        self.now = datetime.fromisoformat(left["ended"]) + timedelta(hours=1)
        return self._judge(run, left)

    def _new_run(self, point: Point) -> Run:
        self.count += 1
        return Run(f"Announcement {self.count} of seed {self.seed}, {point.name}", self.now, point)

    def _order_faults(self, point: Point) -> None:
        match point.name:
            case "wire.asked":
                self.world.asked("x/faults", kind="hang", when="before")
            case "wire.accepted":
                self.world.asked("x/faults", kind="hang", when="after")
            case "settle.committed":
                self.world.asked("x/faults", kind="drop", when="before")
            case _ if point.stage is Stage.LOOK:
                self.world.asked("x/faults", kind="drop", when="after")

    def _watch(self, run: Run) -> Watch | None:
        match run.point.name:
            case "wire.asked":
                return lambda: any(call["method"] == "POST" for call in self.world.asked("x/ledger"))
            case "wire.accepted":
                return lambda: bool(self._posts(run))
        return None

    def _judge(self, run: Run, left: dict[str, Any]) -> Verdict:
        posts = self._posts(run)
        verdict = Verdict(
            point=run.point.name,
            posts=len(posts),
            state=left["state"],
            asked=left["asked"],
            is_right_post=[post["id"] for post in posts] == [left["remote_id"]],
            told=left["told"],
            seen_in_slack=self._told_in_slack(posts) if run.point.stage is Stage.TELL else None,
        )
        self.verdicts.append(verdict)
        return verdict

    def _posts(self, run: Run) -> list[dict[str, Any]]:
        return [post for post in self.world.asked("x/timeline") if post["text"] == run.text]

    def _told_in_slack(self, posts: list[dict[str, Any]]) -> int:
        """Replies in the steering channel that give the post's link."""
        where = "conversation?user=U000000ASHA&channel=C00STEERING"
        messages = self.world.asked(where)["messages"]
        replies = [each for each in messages if each.get("thread_ts") not in (None, each["ts"])]
        return sum(posts[0]["id"] in each["text"] for each in replies) if posts else 0


def kill_everywhere(session: Session, times: int) -> Iterator[Verdict]:
    for point in POINTS:
        for _ in range(times):
            yield session.kill(point)


def in_child(work: Callable[[], Any], *, kill_when: Watch | None = None) -> tuple[int, Any]:
    """Run `work` in a fork; its wait status, and what it returned if it lived to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(work, writing)
    os.close(writing)
    if kill_when is not None:
        _kill_when(child, kill_when)
    with os.fdopen(reading) as result:
        said = result.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(said) if said else None


def _be_the_child(work: Callable[[], Any], writing: int) -> None:
    code = 1
    try:
        said = json.dumps(work())
        with os.fdopen(writing, "w") as result:
            result.write(said)
        code = 0
    except Exception:  # noqa: BLE001 -- a child must never fall back into its parent's code
        traceback.print_exc()
    finally:
        os._exit(code)


def _kill_when(child: int, reached: Watch) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > deadline:
            break
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
