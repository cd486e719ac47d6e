"""The life of a worker, lived in a process of its own until it is killed. Its clock is the order's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bot.jobs import series
from bot.outbox.posting import Outbox
from coop.announcing import telling
from coop.deps import Deps
from handlers.blocks.announcing import buttons
from handlers.blocks.announcing import form as window
from storage import deliveries, log, takedowns
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.outbox import OutboxRow, OutboxState
from storage.takedowns import TakedownState
from tests import lanes
from tests.announcing import Clock
from tests.evidence import pressing
from tests.evidence.points import SLACK
from tests.evidence.practice_world import World

Facts = Mapping[str, Any]


@dataclass
class Life:
    """Each act takes the facts of its run: text, network and, once it is proposed, the announcement's id."""

    world: World
    clock: Clock
    deps: Deps = field(init=False)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        settings = world.environment.network
        self.deps = Deps(
            database=world.database,
            now=self.clock,
            settings=settings,
            slack=world.slack,
            publishers=world.publishers,
        )
        self.outbox = Outbox(self.deps, world.renders, world.slack)

    # What people do, now and perhaps for the second time.

    def propose(self, run: Facts) -> None:
        pressing.propose(self.deps, run["text"], run["network"])

    def propose_for_noon(self, run: Facts) -> None:
        pressing.propose(self.deps, run["text"], run["network"], noon_after=self.clock.now)

    def plan_series(self, run: Facts) -> None:
        self._plan(run, fixed=False)

    def plan_series_for_all(self, run: Facts) -> None:
        self._plan(run, fixed=True)

    def approve_series(self, run: Facts) -> None:
        pressing.approve_series(self.deps, run["text"])

    def edit(self, run: Facts) -> None:
        pressing.edit(self.deps, run["id"], run["edited"], run["network"])

    def approve(self, run: Facts) -> None:
        pressing.approve(self.deps, run["id"])

    def approve_edited(self, run: Facts) -> None:
        pressing.approve(self.deps, run["id"], which="second")

    approve_again = approve_edited

    def approve_late(self, run: Facts) -> None:
        pressing.approve(self.deps, run["id"], which="late", entered={window.WHEN: window.ASAP})

    def send_back(self, run: Facts) -> None:
        pressing.send_back(self.deps, run["id"])

    def withdraw(self, run: Facts) -> None:
        pressing.withdraw(self.deps, run["id"])

    def stop(self, run: Facts) -> None:
        pressing.stop(self.deps, run["id"])

    def stop_all(self, run: Facts) -> None:
        pressing.stop_all(self.deps, run["id"])

    def resume_all(self, run: Facts) -> None:
        pressing.resume_all(self.deps, run["id"])

    def send_now(self, run: Facts) -> None:
        pressing.send_now(self.deps, run["id"])

    def send_again(self, run: Facts) -> None:
        """Where somebody was asked; what may be repeated is sent again without."""
        if not self._is_settled_or_moving(run):
            pressing.answer(self.deps, run["id"], buttons.SEND_AGAIN)

    def posted(self, run: Facts) -> None:
        pressing.answer(self.deps, run["id"], buttons.POSTED)

    def take_down(self, run: Facts) -> None:
        pressing.take_down(self.deps, run["id"])

    # What a worker does.

    def work_on_series(self, _run: Facts) -> None:
        series.make_runs(self.deps, self.clock.now)

    def work(self, _run: Facts) -> None:
        lanes.tick(self.deps, self.clock.now)
        lanes.reconcile(self.deps, self.clock.now)

    first_part = work

    def work_twice(self, run: Facts) -> None:
        self.work(run)
        self.work(run)

    def work_down(self, _run: Facts) -> None:
        lanes.take_down(self.deps, self.clock.now)

    def tell(self, _run: Facts) -> None:
        """Send what waits for Slack; time passes until the next may go, on Slack's clock too."""
        self.world.at(SLACK, self.clock.now)
        self.outbox.run()
        while (soon := self._next_for_slack()) is not None:
            self.clock.now = max(soon, self.clock.now + timedelta(seconds=1))
            self.world.at(SLACK, self.clock.now)
            self.outbox.run()

    def tell_of_proposal(self, run: Facts) -> None:
        self._forget(but=telling.PROPOSAL)
        self.tell(run)

    def forget_all_but_the_delivery(self, _run: Facts) -> None:
        self._forget(but=telling.DELIVERED)

    # What the parent asks to know.

    def found(self, run: Facts) -> dict[str, Any]:
        """The announcement that was proposed in this run, and the newest message of any."""
        mine = select(Announcement.id).filter_by(text=run["text"])
        with self.deps.read() as session:
            leaving = mine.where(Announcement.state != AnnouncementState.TEMPLATE)
            announcement = session.scalars(leaving).one_or_none()
            return {"id": announcement, "messages": session.scalar(select(func.max(OutboxRow.id))) or 0}

    def next_moment(self, run: Facts) -> float | None:
        """When something is due for this announcement, None when it is settled or in front of a person."""
        to = self._delivery(run)
        moment = {
            DeliveryState.SCHEDULED: to.not_before,
            DeliveryState.CLAIMED: to.lease_until,
            DeliveryState.ATTEMPTING: to.lease_until,
            DeliveryState.UNCERTAIN: to.look_at,
        }.get(DeliveryState(to.state))
        if moment and to.part > 1:  # what is late in a thread leaves a minute after the part before
            moment = max(moment, self.clock.now + timedelta(minutes=1))
        return moment.timestamp() if moment else None

    def left_behind(self, run: Facts) -> dict[str, Any]:
        """What the record says in the end. Nobody reads what else this run would say."""
        to = self._delivery(run)
        with self.deps.read() as session:
            all_of_it = {each.id: each.remote_id for each in deliveries.deliveries_of(session, run["id"])}
            down = {row.state for row in takedowns.takedowns_of(session, run["id"])}
            kind = telling.TAKEN_DOWN if down else telling.DELIVERED
            mine = select(OutboxRow).where(OutboxRow.id > run["messages"], OutboxRow.kind == kind)
            told = sum(row.facts.get("delivery") in all_of_it for row in session.scalars(mine))
        self._forget()
        return {
            "state": to.state,
            "asked": to.asked_at is not None or to.hold == Hold.BY_HAND or TakedownState.LEFT in down,
            "takedown": " and ".join(sorted(down)),
            "remote_ids": list(all_of_it.values()),
            "told": told,
        }

    def do_badly(self, run: Facts) -> None:
        """What a bad sender does with whatever was being attempted: try it again, or drop it."""
        state = {"retry": DeliveryState.SCHEDULED, "drop": DeliveryState.CANCELLED}[run["badly"]]
        with self.deps.database.write() as session:
            session.execute(
                update(Delivery)
                .where(Delivery.state == DeliveryState.ATTEMPTING)
                .values(state=state, not_before=self.clock.now, lease_until=None)
            )

    def broken_links(self, _run: Facts) -> int:
        """How many entries of the log do not verify."""
        with self.deps.read() as session:
            return len(list(log.broken_links(session)))

    def _delivery(self, run: Facts) -> Delivery:
        with self.deps.read() as session:
            return pressing.current(session, run["id"])

    def _plan(self, run: Facts, *, fixed: bool) -> None:
        due = self.clock.now + timedelta(minutes=10)
        pressing.plan_series(self.deps, run["text"], run["network"], at=due, fixed=fixed)

    def _is_settled_or_moving(self, run: Facts) -> bool:
        to = self._delivery(run)
        return to.state != DeliveryState.UNCERTAIN or (to.asked_at is None and to.resend_by is None)

    def _next_for_slack(self) -> datetime | None:
        """When the next message that waits or is in doubt may go, within three minutes."""
        soon = self.clock.now + timedelta(minutes=3)
        states = (OutboxState.WAITING, OutboxState.SENDING)
        with self.deps.read() as session:
            waiting = select(func.min(OutboxRow.not_before))
            return session.scalar(waiting.where(OutboxRow.state.in_(states), OutboxRow.not_before <= soon))

    def _forget(self, *, but: str = "") -> None:
        """Left alone, it would have to be sent before what counts."""
        unread = update(OutboxRow).where(OutboxRow.kind != but, OutboxRow.state != OutboxState.SENT)
        with self.deps.database.write() as session:
            session.execute(unread.values(state=OutboxState.SENT))
