"""Plan a series, or change all of one that is still to come: the window, and the step that confirms it."""

from typing import Any

from sqlalchemy.orm import Session

from coop.announcing import drafting
from coop.announcing.series import changing, recurrence
from coop.announcing.series import plan as series_plan
from coop.announcing.series import proposing as series
from coop.announcing.series.plan import Plan
from coop.announcing.series.proposing import Planned
from coop.announcing.series.recurrence import Rule, Skipped
from coop.announcing.typed import series as typed_series
from coop.deps import Deps
from coop.errors import UserError
from handlers.accounts import person_of
from handlers.announcing import drafting as kept
from handlers.announcing import form
from handlers.announcing import proposing as windows
from handlers.announcing.series import found, steering
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import series as drawn
from handlers.blocks.announcing import series_form, series_notes
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.listening import Listen
from handlers.requests import Press, Submission
from storage import drafts
from storage import series as record


def plan(submission: Submission, deps: Deps) -> Reply:
    """The confirmed step; everything else stands in the draft."""
    window = Window.read(submission.private_metadata)
    entered = kept.drafted(submission, deps)
    filled = form.filled({**entered, blocks.WHEN: blocks.ASAP}, deps)
    wanted = Plan(
        filled.agreed_at(None),
        _rule(submission, entered, deps),
        fixed=submission.values[series_form.HOW] == series_form.FIXED,
    )
    windows.require_steering_channel(deps)
    with deps.write(once=submission.key) as session:
        by = person_of(session, submission.caller)
        result = _write(session, window, wanted, by, deps)
        if by is not None:
            drafting.sent(session, window=window.token, by=by, now=deps.now())
        one = found(session, result.id, deps)
    return Reply(series_notes.planned(result, one, changes=window.announcement_id is not None))


def _write(session: Session, window: Window, wanted: Plan, by: int | None, deps: Deps) -> Planned:
    facts: dict[str, Any] = {"plan": wanted, "by": by, "now": deps.now(), "settings": deps.settings}
    if window.announcement_id is None:
        return series.propose(session, **facts)
    row = record.series_of_template(session, window.announcement_id)
    if row is None:
        raise series.NoSuchSeries
    return changing.change(session, series_id=row.id, **facts)


def _rule(submission: Submission, entered: dict[str, Any], deps: Deps) -> Rule:
    """What was chosen of what was offered, if it still means the same now."""
    offered = series_form.shown_rules(submission.private_metadata)
    chosen = offered[int(submission.values[series_form.RULE])]
    typed, zone = entered[blocks.TYPED_TIME], deps.settings.network_timezone
    still = typed_series.read(typed, now=deps.now(), zone=zone).rules
    for rule in still:
        if rule.text == chosen:
            fold = int(submission.values.get(series_form.FOLD) or 0)
            skipped = Skipped(submission.values.get(series_form.SKIPPED) or Skipped.LATER)
            return Rule(rule.text, rule.zone, fold, skipped)
    raise UserError(
        "Its first run has gone by meanwhile, so I did not plan it. What you wrote is kept: type `/announce`."
    )


def change_all(press: Press, deps: Deps) -> OpenView:
    """The window of the whole series; what somebody had begun to change is still there."""
    with deps.read() as session:
        by = steering(session, press, deps)
        row = series.to_change(session, int(press.value))
        draft = drafts.draft_of_edit(session, by, row.template_id)
        plan_now = series_plan.plan_of(session, row)
    if draft is not None:
        return OpenView(kept.reopened(draft, Scene.of(deps)))
    entered = {**form.as_entered(plan_now.agreed), blocks.TYPED_TIME: recurrence.spelled(plan_now.rule)}
    window = Window(windows.fresh().token, row.template_id)
    return OpenView(blocks.form(window, entered, Scene.of(deps), note=blocks.CHANGES_ALL))


def register(listen: Listen) -> None:
    listen.press(drawn.CHANGE, change_all)
    listen.submission(series_form.FORM, plan)
