"""`python -m tests.evidence.killing`: kills on one database, told as one line of JSON.

A process of its own: only a single-threaded parent may fork.
"""

import argparse
import json
import sys
from itertools import cycle, islice
from typing import Any

import structlog

from bot import demo
from tests.evidence import verdicts
from tests.evidence.kills import Session
from tests.evidence.points import POINTS, X
from tests.evidence.practice_world import practice_world
from tests.evidence.runs import PAIRS

CONTROLS = 3


def main() -> int:
    asked = _asked()
    demo.forget_surroundings()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with practice_world(asked.database) as world:
        session = Session(world, asked.seed, asked.workers)
        session.begin()
        try:
            told = _told(session, asked)
        finally:
            session.end()
    print(json.dumps(told))  # noqa: T201 -- read by whoever started this
    return 0


def _told(session: Session, asked: argparse.Namespace) -> dict[str, Any]:
    pairs = islice(cycle(PAIRS), asked.skip, asked.skip + asked.kills)
    found = [session.kill(point, place) for point, place in pairs]
    return {
        "verdicts": verdicts.written(found),
        "controls": {badly: _control(session, badly, asked.controls) for badly in ("retry", "drop")},
        "tried": asked.controls,
        "broken_links": session.broken_links(),
    }


def _control(session: Session, badly: str, times: int) -> int:
    """How often a sender that does it badly is caught: a retry doubles, a drop loses."""
    moment = {"retry": "wire.accepted", "drop": "send.attempting"}[badly]
    point = next(point for point in POINTS if point.name == moment)
    found = [session.kill(point, X, badly=badly) for _ in range(times)]
    return sum(verdict.doubled if badly == "retry" else verdict.lost for verdict in found)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.killing", description=__doc__)
    parser.add_argument("--database", required=True, metavar="URL", help="an empty one")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kills", type=int, default=len(POINTS))
    parser.add_argument("--skip", type=int, default=0, help="so many kills of the order they come in")
    parser.add_argument("--controls", type=int, default=CONTROLS, help="kills of each bad sender")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
