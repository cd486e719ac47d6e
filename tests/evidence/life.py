"""The life of a worker, lived in a process of its own: until it is killed, or after somebody else was.

Its clock is the run's own: a life jumps from one moment at which something is due to the next.
"""

import json
import os
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import func, select, update

from bot.networks import publishers_for
from bot.outbox.posting import Outbox
from bot.settings.environment import Environment
from bot.slack.clients import JOB_SECONDS, client
from coop.announcing import telling
from coop.crashpoints import VARIABLE
from coop.deps import Deps
from handlers.listening import Render
from storage import log
from storage.announcements import Announcement
from storage.base import Base
from storage.database import Database
from storage.deliveries import Delivery, DeliveryState
from storage.offices import Role
from storage.outbox import OutboxRow, OutboxState
from tests import lanes
from tests.announcing import Clock
from tests.coop.people import an_officer
from tests.evidence import pressing
from tests.evidence.points import Point, Stage

MOST_MOMENTS = 60
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class World:
    """The record and the practice workspace that outlive every worker."""

    environment: Environment
    workspace: str
    database: Database
    renders: Mapping[str, Render]

    def slack(self) -> WebClient:
        token = self.environment.slack_bot_token.get_secret_value()
        return client(token, self.environment.slack_api_url, seconds=JOB_SECONDS)

    def asked(self, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if body else None
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.workspace}/control/{path}", data, kind)  # noqa: S310 -- loopback
        with _direct.open(request, timeout=20) as answer:
            return json.load(answer)


@dataclass(frozen=True)
class Run:
    """One announcement, and the moment at which its first worker dies."""

    text: str
    begins: datetime
    point: Point

    @property
    def due(self) -> datetime:
        return self.begins + timedelta(minutes=10)

    @property
    def in_doubt(self) -> datetime:
        """After the last look: what was not found by then, a person is asked about."""
        return self.due + timedelta(hours=1)


@dataclass
class Life:
    world: World
    clock: Clock
    deps: Deps = field(init=False)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        environment = self.world.environment
        slack = self.world.slack()
        self.deps = Deps(
            database=self.world.database,
            now=self.clock,
            settings=environment.network,
            slack=slack,
            publishers=publishers_for(environment, environment.network),
        )
        self.outbox = Outbox(self.deps, self.world.renders, slack)

    def at(self, moment: datetime) -> None:
        self.clock.now = moment
        self.world.asked("x/clock", stand_still=moment.timestamp())

    def announcement(self, text: str) -> int:
        with self.deps.read() as session:
            return session.scalars(select(Announcement.id).filter_by(text=text)).one()

    def work(self) -> None:
        lanes.tick(self.deps, self.clock.now)
        lanes.reconcile(self.deps, self.clock.now)

    def tell(self) -> None:
        """Send what waits for Slack; time passes until the next may go, on Slack's clock too."""
        self.world.asked("clock", set=self.clock.now.timestamp())
        self.outbox.run()
        while (soon := self._next_for_slack()) is not None:
            self.clock.now = max(soon, self.clock.now + timedelta(seconds=1))
            self.world.asked("clock", set=self.clock.now.timestamp())
            self.outbox.run()

    def forget_messages(self, *, but: str = "") -> None:
        """Nobody reads what this run would say; left alone, it would have to be sent before what counts."""
        unread = update(OutboxRow).where(OutboxRow.kind != but, OutboxRow.state != OutboxState.SENT)
        with self.deps.database.write() as session:
            session.execute(unread.values(state=OutboxState.SENT))

    def next_moment(self, announcement_id: int) -> datetime | None:
        """When something is due for this announcement, None when it is settled or in front of a person."""
        with self.deps.read() as session:
            to = session.scalars(select(Delivery).filter_by(announcement_id=announcement_id)).one()
        return {
            DeliveryState.SCHEDULED: to.not_before,
            DeliveryState.CLAIMED: to.lease_until,
            DeliveryState.ATTEMPTING: to.lease_until,
            DeliveryState.UNCERTAIN: to.look_at,
        }.get(DeliveryState(to.state))

    def _next_for_slack(self) -> datetime | None:
        """When the next message that waits or is in doubt may go, within three minutes."""
        soon = self.clock.now + timedelta(minutes=3)
        states = (OutboxState.WAITING, OutboxState.SENDING)
        with self.deps.read() as session:
            waiting = select(func.min(OutboxRow.not_before))
            return session.scalar(waiting.where(OutboxRow.state.in_(states), OutboxRow.not_before <= soon))


def begin_record(world: World, now: datetime) -> None:
    """An empty record with a steering group of two."""
    Base.metadata.create_all(world.database.writer)
    with world.database.write() as session:
        for who in (pressing.WRITER, pressing.APPROVER):
            an_officer(session, who.user_id, Role.STEERING, now=now)


def warm_up(world: World, run: Run) -> None:
    """One whole life in this process, so that its forks find everything imported and compiled."""
    world.asked("x/faults", kind="drop", when="after")
    life = Life(world, Clock(run.begins))
    life.at(run.begins)
    pressing.propose(life.deps, run.text)
    pressing.approve(life.deps, life.announcement(run.text))
    for moment in (run.due, run.due + timedelta(seconds=5), run.due + timedelta(seconds=20)):
        life.at(moment)
        life.work()
    life.tell()
    # A connection shared with a fork would mix up both their conversations.
    world.database.dispose()
    assert threading.active_count() == 1, "a parent that forks has one thread"


def live(world: World, run: Run) -> None:
    """Everything up to the run's moment, at which this process is killed; returning means it never came."""
    life = Life(world, Clock(run.begins))
    life.at(run.begins)
    if run.point.stage is not Stage.TELL:
        os.environ[VARIABLE] = run.point.name
    pressing.propose(life.deps, run.text)
    announcement_id = life.announcement(run.text)
    if run.point.stage is Stage.TELL:
        life.forget_messages(but=telling.PROPOSAL)
        life.tell()
        life.at(run.begins)
    pressing.approve(life.deps, announcement_id)
    life.at(run.due)
    life.work()
    if run.point.stage is Stage.LOOK:
        life.at(run.due + timedelta(seconds=5))
        life.work()
    if run.point.stage is Stage.SETTLE:
        life.at(run.in_doubt)
        life.work()
        pressing.send_again(life.deps, announcement_id)
    if run.point.stage is Stage.TELL:
        life.forget_messages(but=telling.DELIVERED)
        os.environ[VARIABLE] = run.point.name
        life.tell()


def recover(world: World, run: Run, before: str = "") -> dict[str, Any]:
    """The next worker's life, until nothing is due any more; what it leaves behind.

    `before` is what a bad sender does first: "retry" or "drop" whatever was being attempted.
    """
    life = Life(world, Clock(run.begins))
    if run.point.stage is Stage.PROPOSE:
        pressing.propose(life.deps, run.text)
    announcement_id = life.announcement(run.text)
    if run.point.stage in {Stage.PROPOSE, Stage.APPROVE}:
        pressing.approve(life.deps, announcement_id)
    if run.point.stage is Stage.SETTLE:
        life.at(run.in_doubt)
        pressing.send_again(life.deps, announcement_id)
    if before:
        _do_badly(life, before)
    life.at(max(run.due, life.clock.now))
    for _ in range(MOST_MOMENTS):
        life.work()
        moment = life.next_moment(announcement_id)
        if moment is None:
            break
        life.at(max(moment, life.clock.now) + timedelta(seconds=1))
    if run.point.stage is Stage.TELL:
        life.tell()
    else:
        life.forget_messages()
    return left_behind(life, announcement_id)


def left_behind(life: Life, announcement_id: int) -> dict[str, Any]:
    with life.deps.read() as session:
        to = session.scalars(select(Delivery).filter_by(announcement_id=announcement_id)).one()
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == telling.DELIVERED)).all()
        return {
            "state": to.state,
            "asked": to.asked_at is not None,
            "remote_id": to.remote_id,
            "attempts": to.attempt_no,
            "told": sum(row.facts.get("delivery") == to.id for row in rows),
            "ended": life.clock.now.isoformat(),
        }


def broken_links(world: World) -> int:
    """How many entries of the log do not verify."""
    with world.database.read() as session:
        return len(list(log.broken_links(session)))


def _do_badly(life: Life, before: str) -> None:
    state = {"retry": DeliveryState.SCHEDULED, "drop": DeliveryState.CANCELLED}[before]
    with life.deps.database.write() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.state == DeliveryState.ATTEMPTING)
            .values(state=state, not_before=life.clock.now, lease_until=None)
        )
