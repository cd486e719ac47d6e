"""What the steering group does with series: planned, agreed to once or run by run, skipped, changed, ended."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.jobs import sending
from bot.jobs import series as making
from coop.announcing.content import Agreed, Target
from coop.announcing.series import approving, changing, ending, proposing, skipping
from coop.announcing.series import plan as series_plan
from coop.announcing.series.plan import Plan
from coop.announcing.series.recurrence import Rule
from coop.announcing.times import wall_at
from storage.deliveries import Delivery, DeliveryState
from storage.series import Series, SeriesRun
from tests.announcing import LONDON
from tests.evidence.model.record import Killed

if TYPE_CHECKING:
    from tests.evidence.model.acting import Acting

WORDS = "Series"  # all their words begin with it


class Planning:
    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        self.shown: dict[int, str] = {}

    def plan(self, who: str, where: tuple[str, ...], minutes: int, times: int, *, fixed: bool) -> None:
        """Once a day, so many times."""
        plan = self._plan(where, minutes, times, fixed=fixed)
        self.acting.act(proposing.propose, who, plan=plan)

    def open_the_approval(self) -> None:
        if row := self._newest():
            self.shown[row.id] = row.content_hash

    def approve(self, who: str, *, fresh: bool) -> None:
        if row := self._newest():
            shown = row.content_hash if fresh else self.shown.get(row.id, "0" * 64)
            self.acting.watch.agreed_to_series.add((row.id, shown))
            self.acting.act(approving.approve, who, series_id=row.id, shown=shown)

    def skip(self, who: str, which: int) -> None:
        self._about_a_day(skipping.skip, who, which)

    def take_back(self, who: str, which: int) -> None:
        self._about_a_day(skipping.take_back, who, which)

    def make_early(self, who: str, which: int) -> None:
        self._about_a_day(changing.make_early, who, which)
        self.note_runs()

    def change(self, who: str, where: tuple[str, ...], minutes: int, times: int, *, fixed: bool) -> None:
        if row := self._newest():
            plan = self._plan(where, minutes, times, fixed=fixed)
            self.acting.act(changing.change, who, series_id=row.id, plan=plan)

    def end(self, who: str) -> None:
        if row := self._newest():
            self.acting.act(ending.end, who, series_id=row.id)

    def note_runs(self) -> None:
        """What was made of series is seen, approved, edited and stopped like any other."""
        acting = self.acting
        with acting.record.read() as session:
            made = session.scalars(
                select(SeriesRun.announcement_id)
                .where(SeriesRun.announcement_id.is_not(None))
                .order_by(SeriesRun.announcement_id)
            ).all()
        acting.ids += [each for each in made if each is not None and each not in acting.ids]

    def let_come(self, times: int) -> None:
        """So many moments at which something is due, and what is sent then."""
        acting = self.acting
        with suppress(Killed):
            making.make_runs(acting.deps, acting.clock.now)
            for _ in range(times):
                self._wait_for_the_next()
                for network in acting.networks:
                    sending.send(acting.deps, network, acting.clock.now)
        self.note_runs()

    def _wait_for_the_next(self) -> None:
        acting = self.acting
        soon = select(func.min(Delivery.not_before)).where(Delivery.state == DeliveryState.SCHEDULED)
        with acting.record.read() as session:
            due = session.scalar(soon.where(Delivery.not_before > acting.clock.now))
        if due is not None:
            acting.clock.now = due + timedelta(seconds=1)

    def _plan(self, where: tuple[str, ...], minutes: int, times: int, *, fixed: bool) -> Plan:
        acting = self.acting
        first = wall_at(acting.clock.now + timedelta(minutes=minutes), LONDON)
        rule = f"DTSTART:{first.day:%Y%m%d}T{first.clock:%H%M%S}\nRRULE:FREQ=DAILY;COUNT={times}"
        words = f"{WORDS} of request {len(acting.requests)}"
        agreed = Agreed(words, tuple(Target(each) for each in where))
        return Plan(agreed, Rule(rule, LONDON, first.fold), fixed)

    def _about_a_day(self, rule_of_the_network: Any, who: str, which: int) -> None:
        if row := self._newest():
            ahead = series_plan.ahead(row, self.acting.clock.now)
            if ahead:
                day = ahead[which % len(ahead)].day
                self.acting.act(rule_of_the_network, who, series_id=row.id, day=day)

    def _newest(self) -> Series | None:
        with self.acting.record.read() as session:
            return session.scalars(select(Series).order_by(Series.id.desc()).limit(1)).first()
