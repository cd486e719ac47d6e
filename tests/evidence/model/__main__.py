"""`python -m tests.evidence.model`: random walks through everything that can be done, told as a line of JSON."""

import argparse
import gc
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import structlog

from tests.evidence.databases import quick_folder
from tests.evidence.model import machine
from tests.evidence.model.record import Template

MOST_RUNS_TO_CATCH = 100


def main() -> int:
    asked = _asked()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory(prefix="countmein-model-", dir=quick_folder()) as folder:
        template = Template(Path(folder))
        gc.freeze()  # what is here already is not searched again for what nobody needs
        told = _told(template, asked)
    print(json.dumps(told))  # noqa: T201 -- read by whoever started this
    return 0


def _told(template: Template, asked: argparse.Namespace) -> dict[str, Any]:
    facts = {"runs": asked.runs, "steps": asked.steps, "chosen": asked.seed}
    failure, caught = "", False
    try:
        machine.run(template, **facts)
    except AssertionError as wrong:
        failure = "\n".join([str(wrong), *getattr(wrong, "__notes__", [])])
    counts = dict(machine.Announcing.counts)
    try:
        machine.run(template, **{**facts, "runs": MOST_RUNS_TO_CATCH}, careless=True)
    except AssertionError:
        caught = True
    return {"counts": counts, "failure": failure, "caught": caught}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.model", description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
