"""What the steering group does, through the handlers and as Slack brings it, perhaps for the second time."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from coop.announcing import content, times
from coop.announcing.content import Agreed, Target
from coop.announcing.sending.settling import Question
from coop.announcing.series import approving as approving_series
from coop.announcing.series import proposing as series
from coop.announcing.series.plan import Plan
from coop.announcing.series.recurrence import Rule
from coop.deps import Deps
from coop.errors import AlreadyDone
from handlers.announcing import approving, proposing, settling, stopping, taking_down
from handlers.blocks.announcing import buttons, proposal, stops, writing
from handlers.blocks.announcing import form as window
from handlers.blocks.announcing import taking_down as taking_down_blocks
from handlers.requests import Caller, Press, Submission
from storage import deliveries, people
from storage import series as planned
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Delivery, DeliveryState
from tests.coop.people import TEAM
from tests.evidence.points import SLACK

WRITER, APPROVER = Caller(TEAM, "U000000ASHA"), Caller(TEAM, "U000000BRYN")
CHANNEL = "C00ANNOUNCE"
ASAP = {window.WHEN: window.ASAP}


def propose(deps: Deps, text: str, network: str, *, noon_after: datetime | None = None) -> None:
    entered = {**_words(text, network), **(ASAP if noon_after is None else _noon(deps, noon_after))}
    metadata = window.Window(f"window of {text}").packed()
    _submit(proposing.propose, deps, f"propose {text}", WRITER, window.FORM, entered, metadata)


def plan_series(deps: Deps, text: str, network: str, *, at: datetime, fixed: bool = False) -> None:
    """A series of one run. If `fixed`, one approval is for all of it."""
    zone = deps.settings.network_timezone
    wall = times.wall_at(at, zone)
    rule = f"DTSTART:{wall.day:%Y%m%d}T{wall.clock:%H%M%S}\nRRULE:FREQ=DAILY;COUNT=1"
    agreed = Agreed(text, (Target(network, CHANNEL if network == SLACK else ""),))
    plan = Plan(agreed, Rule(rule, zone, wall.fold), fixed)
    with suppress(AlreadyDone), deps.write(once=f"plan {text}") as session:
        by = people.person_id_of(session, WRITER.team_id, WRITER.user_id)
        series.propose(session, plan=plan, by=by, now=deps.now(), settings=deps.settings)


def approve_series(deps: Deps, text: str) -> None:
    with deps.read() as session:
        words = session.scalars(select(Announcement).filter_by(text=text, state=AnnouncementState.TEMPLATE))
        row = planned.series_of_template(session, words.one().id)
        assert row is not None
        series_id, shown = row.id, row.content_hash
    with suppress(AlreadyDone), deps.write(once=f"agree to {text}") as session:
        by = people.person_id_of(session, APPROVER.team_id, APPROVER.user_id)
        facts = {"by": by, "now": deps.now(), "settings": deps.settings}
        approving_series.approve(session, series_id=series_id, shown=shown, **facts)


def current(session: Session, announcement_id: int) -> Delivery:
    """Its delivery; of a thread the first part that is not out, else the last."""
    rows = deliveries.deliveries_of(session, announcement_id)
    return next((to for to in rows if to.state != DeliveryState.DELIVERED), rows[-1])


def edit(deps: Deps, announcement_id: int, text: str, network: str) -> None:
    metadata = window.Window(f"edit of {announcement_id}", announcement_id).packed()
    entered = {**_words(text, network), **ASAP}
    _submit(proposing.propose, deps, f"edit {announcement_id}", WRITER, window.FORM, entered, metadata)


def approve(deps: Deps, announcement_id: int, *, which: str = "first", entered: Any = None) -> None:
    with deps.read() as session:
        shown = session.get_one(Announcement, announcement_id).content_hash
    packed = json.dumps({"announcement": announcement_id, "hash": shown})
    key = f"{which} approval of {announcement_id}"
    _submit(approving.approve, deps, key, APPROVER, proposal.APPROVE_FORM, entered or {}, packed)


def send_back(deps: Deps, announcement_id: int) -> None:
    packed = json.dumps({"announcement": announcement_id})
    said = {proposal.COMMENT: "Please say where it is."}
    key = f"changes to {announcement_id}"
    _submit(approving.ask_for_changes, deps, key, APPROVER, proposal.CHANGES_FORM, said, packed)


def take_down(deps: Deps, announcement_id: int) -> None:
    packed = json.dumps({"announcement": announcement_id})
    said = {taking_down_blocks.REASON: "It was about last year."}
    key = f"take down {announcement_id}"
    _submit(taking_down.take_down, deps, key, APPROVER, taking_down_blocks.FORM, said, packed)


def stop_all(deps: Deps, announcement_id: int) -> None:
    _submit(stopping.stop_all, deps, f"stop at {announcement_id}", APPROVER, stops.STOP_FORM, {}, "")


def resume_all(deps: Deps, announcement_id: int) -> None:
    _submit(stopping.resume_all, deps, f"resume at {announcement_id}", APPROVER, stops.RESUME_FORM, {}, "")


def stop(deps: Deps, announcement_id: int) -> None:
    _press(stopping.stop_one, deps, APPROVER, buttons.STOP, str(announcement_id))


def withdraw(deps: Deps, announcement_id: int) -> None:
    _press(stopping.withdraw, deps, WRITER, buttons.WITHDRAW, str(announcement_id))


def send_now(deps: Deps, announcement_id: int) -> None:
    _press(settling.send_now, deps, WRITER, buttons.SEND_NOW, str(announcement_id))


def answer(deps: Deps, announcement_id: int, action_id: str) -> None:
    """Somebody has looked for it and says what they saw, or that they have posted it."""
    with deps.read() as session:
        asked = current(session, announcement_id)
        question = str(Question(asked.id, asked.attempt_no))
    _press(settling.answer, deps, APPROVER, action_id, question)


def _words(text: str, network: str) -> dict[str, Any]:
    return {
        window.TEXT: text,
        window.WHERE: [network],
        window.CHANNEL: CHANNEL if network == SLACK else None,
        writing.MORE: [writing.THREAD] if content.parts(Agreed(text, (), thread=True), network)[1:] else [],
    }


def _noon(deps: Deps, after: datetime) -> dict[str, str]:
    """Noon of the next day: no clock is changed then."""
    day = after.astimezone(ZoneInfo(deps.settings.network_timezone)).date() + timedelta(days=1)
    return {window.WHEN: window.AT, window.DATE: day.isoformat(), window.TIME: "12:00"}


def _press(handler: Callable[..., Any], deps: Deps, caller: Caller, action_id: str, value: str) -> None:
    press = Press(
        key=f"{action_id} {value}",
        caller=caller,
        action_id=action_id,
        value=value,
        trigger_id="",
        place="message",
    )
    _once(handler, press, deps)


def _submit(
    handler: Callable[..., Any],
    deps: Deps,
    key: str,
    caller: Caller,
    form: str,
    values: Mapping[str, Any],
    metadata: str,
) -> None:
    submission = Submission(
        key=key, caller=caller, callback_id=form, values=values, private_metadata=metadata, view_id="V1"
    )
    _once(handler, submission, deps)


def _once(handler: Callable[..., Any], request: Press | Submission, deps: Deps) -> None:
    try:
        handler(request, deps)
    except AlreadyDone:
        return
