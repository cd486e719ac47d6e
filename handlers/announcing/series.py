"""Series: plan one, see them all, approve one at once, skip a day, change a day or all to come, end it."""

import json
from typing import Any

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import drafting, proposing, seeing
from coop.announcing.moment import Moment
from coop.announcing.series import changing, recurrence, telling
from coop.announcing.series import plan as series_plan
from coop.announcing.series import proposing as series
from coop.announcing.series import seeing as series_seen
from coop.announcing.series.plan import Plan
from coop.announcing.series.proposing import Planned
from coop.announcing.series.recurrence import Rule, Skipped
from coop.announcing.series.seeing import SeriesSeen
from coop.announcing.typed import series as typed_series
from coop.deps import Deps
from coop.errors import UserError
from handlers.accounts import person_of
from handlers.announcing import drafting as kept
from handlers.announcing import form
from handlers.announcing import proposing as windows
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import series as drawn
from handlers.blocks.announcing import series_form, series_notes
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.blocks.message import Message
from handlers.listening import Listen, Render
from handlers.requests import Press, SlashCommand, Submission
from storage import drafts, people
from storage import series as record
from storage.offices import Role

Facts = dict[str, Any]


def show_all(command: SlashCommand, deps: Deps) -> Reply:
    return Reply(_page(command, deps))


def show_more(press: Press, deps: Deps) -> Reply:
    return Reply(_page(press, deps, after=int(press.value)))


def _page(request: SlashCommand | Press, deps: Deps, *, after: int = 0) -> Message:
    with deps.read() as session:
        _steering(session, request, deps)
        found = series_seen.going(session, Moment(deps.now(), deps.settings))
    return drawn.listing(found, Scene.of(deps), after=after)


def write_one(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        _steering(session, press, deps)
    fresh = {blocks.WHERE: list(deps.publishers)[:1]}
    return OpenView(blocks.form(windows.fresh(), fresh, Scene.of(deps), note=blocks.HOW_TO_REPEAT))


def open_one(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = _steering(session, press, deps)
        one = _seen(session, int(press.value), deps)
        reader = people.mentionable(session, by)
    return OpenView(drawn.detail(one, Scene.of(deps), reader=reader))


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
        one = _seen(session, result.id, deps)
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


def open_approval(press: Press, deps: Deps) -> OpenView:
    moment = Moment(deps.now(), deps.settings)
    with deps.read() as session:
        by = person_of(session, press.caller)
        row = series.to_approve(session, series_id=int(press.value), by=by, moment=moment)
        one = series_seen.seen(session, row, moment)
    return OpenView(drawn.approve_form(one, Scene.of(deps)))


def approve(submission: Submission, deps: Deps) -> Reply:
    shown = json.loads(submission.private_metadata)
    with deps.write(once=submission.key) as session:
        by = person_of(session, submission.caller)
        facts: dict[str, Any] = {"shown": shown["hash"], "by": by, "now": deps.now()}
        result = series.approve(session, series_id=shown["series"], settings=deps.settings, **facts)
        one = _seen(session, result.id, deps)
    return Reply(series_notes.approved(result, one))


def skip(press: Press, deps: Deps) -> Reply:
    number, day = drawn.button_value(press.value)
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        facts: dict[str, Any] = {"by": by, "now": deps.now(), "settings": deps.settings}
        run = changing.skip(session, series_id=number, day=day, **facts)
        one = _seen(session, number, deps)
    return Reply(series_notes.skipped(run, one))


def change_one(press: Press, deps: Deps) -> OpenView:
    """The window of that day's announcement, which is made for it where it was not there yet."""
    number, day = drawn.button_value(press.value)
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        facts: dict[str, Any] = {"by": by, "now": deps.now(), "settings": deps.settings}
        made = changing.make_early(session, series_id=number, day=day, **facts)
        agreed = seeing.agreed(session, proposing.editable(session, made, by or 0))
    window = Window(windows.fresh().token, made)
    return OpenView(blocks.form(window, form.as_entered(agreed), Scene.of(deps)))


def change_all(press: Press, deps: Deps) -> OpenView:
    """The window of the whole series; what somebody had begun to change is still there."""
    with deps.read() as session:
        by = _steering(session, press, deps)
        row = series.to_change(session, int(press.value))
        draft = drafts.draft_of_edit(session, by, row.template_id)
        plan_now = series_plan.plan_of(session, row)
    if draft is not None:
        return OpenView(kept.reopened(draft, Scene.of(deps)))
    entered = {**form.as_entered(plan_now.agreed), blocks.TYPED_TIME: recurrence.spelled(plan_now.rule)}
    window = Window(windows.fresh().token, row.template_id)
    return OpenView(blocks.form(window, entered, Scene.of(deps), note=blocks.CHANGES_ALL))


def end(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        facts: dict[str, Any] = {"by": by, "now": deps.now(), "settings": deps.settings}
        result = series.end(session, series_id=int(press.value), **facts)
        one = _seen(session, result.id, deps)
    return Reply(series_notes.ended(result, one))


def draw_proposal(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        one = _seen(session, facts["series"], deps)
    return drawn.proposal(one, Scene.of(deps))


def draw_to_approve(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        one = _seen(session, facts["series"], deps)
    return series_notes.to_approve(one, Scene.of(deps), reader=facts["to"])


def draw_note(kind: str) -> Render:
    def draw(facts: Facts, deps: Deps) -> Message:
        with deps.read() as session:
            one = _seen(session, facts["series"], deps)
        return series_notes.note(kind, one, facts)

    return draw


def _seen(session: Session, series_id: int, deps: Deps) -> SeriesSeen:
    """Raises NoSuchSeries."""
    if (row := record.series(session, series_id)) is None:
        raise series.NoSuchSeries
    return series_seen.seen(session, row, Moment(deps.now(), deps.settings))


def _steering(session: Session, request: SlashCommand | Press, deps: Deps) -> int:
    by = person_of(session, request.caller)
    return offices.require(session, by=by, role=Role.STEERING, today=deps.today())


def register(listen: Listen) -> None:
    listen.command(
        "/announce series",
        show_all,
        help="what is announced again and again: skip a day, change it, end it (steering group)",
        also=(
            "repeat",
            "repeating",
            "recurring",
            "weekly",
            "monthly",
        ),
        officers=True,
    )
    listen.press(drawn.NEW, write_one)
    listen.press(drawn.MORE, show_more)
    listen.press(drawn.OPEN, open_one)
    listen.press(drawn.APPROVE, open_approval)
    listen.press(drawn.CHANGE, change_all)
    listen.press(drawn.CHANGE_ONE, change_one)
    listen.press(drawn.SKIP, skip)
    listen.press(drawn.END, end)
    listen.submission(series_form.FORM, plan)
    listen.submission(drawn.APPROVE_FORM, approve)
    listen.outgoing(telling.PROPOSAL, draw_proposal)
    listen.outgoing(telling.TO_APPROVE, draw_to_approve)
    for kind in series_notes.NOTES:
        listen.outgoing(kind, draw_note(kind))
