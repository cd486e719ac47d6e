"""What a series is: words, places, a rule, and whether one approval is for all of it."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing import content, seeing, times
from coop.announcing.content import Agreed, Target
from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import MOST_RUNS, Rule, Run, Skipped
from coop.errors import UserError
from storage import announcements
from storage.announcements import Announcement
from storage.series import Series

VERSION = 1
LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Plan:
    """`agreed` is every run's content but for its time. `fixed`: approved once, for all runs."""

    agreed: Agreed
    rule: Rule
    fixed: bool


class NoRunsAhead(UserError):
    def __init__(self) -> None:
        super().__init__("No run of it is ahead of us, so nothing changed. Type another time or a later end.")


class TooManyRuns(UserError):
    def __init__(self) -> None:
        super().__init__(f"A series has at most {MOST_RUNS} runs, within 5 years. Nothing changed.")


def check(plan: Plan, now: datetime) -> None:
    """Raises NoRunsAhead and TooManyRuns."""
    every = recurrence.runs(plan.rule)
    if not every or times.instant(every[-1].wall) <= now:
        raise NoRunsAhead
    if len(every) > MOST_RUNS or times.instant(every[-1].wall) > now + LONGEST:
        raise TooManyRuns


def plan_hash(plan: Plan) -> str:
    """sha256 of what one approval of the whole series is about."""
    spelled = {
        "version": VERSION,
        "content": content.content_hash(replace(plan.agreed, wall=None)),
        "rule": plan.rule.text,
        "zone": plan.rule.zone,
        "fold": plan.rule.fold,
        "skipped": plan.rule.skipped,
        "fixed": plan.fixed,
    }
    return hashlib.sha256(json.dumps(spelled, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def plan_of(session: Session, row: Series) -> Plan:
    targets = tuple(Target(network, target) for network, target in row.targets["targets"])
    agreed = replace(seeing.agreed(session, template(session, row)), targets=targets, wall=None)
    return Plan(agreed, rule_of(row), row.fixed)


def rule_of(row: Series) -> Rule:
    return Rule(row.rule, row.zone, row.fold, Skipped(row.skipped))


def template(session: Session, row: Series) -> Announcement:
    found = announcements.announcement(session, row.template_id)
    if found is None:
        raise LookupError("a series without its words")
    return found


def ahead(row: Series, now: datetime) -> list[Run]:
    """Its runs whose time has not come, made or not."""
    return [run for run in recurrence.runs(rule_of(row)) if times.instant(run.wall) > now]
