"""What a worker does: every second, once a day, and once a month."""

from collections.abc import Callable, Mapping
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.jobs import house_jobs, sending, series, taking_down
from bot.jobs.house_jobs import HouseJob
from coop import fees, forgetting
from coop.announcing import pictures, reminding, summary
from coop.announcing.limits import blackouts
from coop.announcing.moment import Moment
from coop.announcing.sending import counting_down
from coop.deps import Deps
from handlers import members_list


def every_second(deps: Deps) -> Mapping[str, Callable[[datetime], object]]:
    return {
        **sending.steps(deps),
        **taking_down.steps(deps),
        "series": lambda now: series.make_runs(deps, now),
        "counting down": lambda now: count_down(deps, now),
        "blackouts": lambda now: ask_after_blackout(deps, now),
        "reminding": lambda now: remind(deps, now),
    }


def count_down(deps: Deps, now: datetime) -> None:
    with deps.read() as session:
        if not counting_down.due(session, now=now, settings=deps.settings):
            return
    with deps.write() as session:
        counting_down.tell(session, now=now, settings=deps.settings)


def ask_after_blackout(deps: Deps, now: datetime) -> None:
    moment = Moment(now, deps.settings)
    with deps.read() as session:
        if not blackouts.over(session, moment):
            return
    with deps.write() as session:
        blackouts.ask(session, moment)


def remind(deps: Deps, now: datetime) -> None:
    with deps.read() as session:
        if not reminding.due(session, now=now, settings=deps.settings):
            return
    with deps.write() as session:
        reminding.remind(session, now=now, settings=deps.settings)


def _digest(session: Session, deps: Deps, now: datetime) -> None:
    reminding.send_digest(session, now=now, settings=deps.settings)


def _fees(session: Session, deps: Deps, now: datetime) -> bool:
    return fees.raise_fees(session, settings=deps.settings, now=now) > 0


def _forget(session: Session, deps: Deps, now: datetime) -> bool:
    return forgetting.forget(session, settings=deps.settings, now=now) > 0


def _forget_pictures(session: Session, _deps: Deps, now: datetime) -> None:
    pictures.forget_unused(session, now)


def _month(session: Session, deps: Deps, now: datetime) -> None:
    summary.post(session, now=now, settings=deps.settings)


DAILY = (
    HouseJob("tidy", time(3), house_jobs.tidy),
    HouseJob("unused pictures", time(3), _forget_pictures),
    HouseJob("forget", time(3), _forget),
    HouseJob("fees", time(7), _fees),
    HouseJob("joined and left", time(8), members_list.tell_of_yesterday),
    HouseJob("undelivered", time(9), house_jobs.tell_of_undelivered),
    HouseJob("approvals digest", time(9), _digest),
    HouseJob("month of announcements", time(9), _month, monthly=True),
)
