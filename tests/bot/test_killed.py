"""The bot killed with -9 at random moments while people join, are approved, leave and arrive.

The test is Slack: it delivers signed requests and writes down which of them were acknowledged. What was is in
the record, once; what was not is delivered again, and then it is there once as well.
"""

import http.client
import itertools
import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from coop import founding
from coop.settings import JoinApproval, Settings
from storage import log, revisions
from storage.database import Database
from storage.log import LogEntry
from storage.members import Application, Membership
from storage.outbox import OutboxRow
from storage.people import SlackAccount
from tests.bot.front_door import form, signed
from tests.bot.programs import Running, installed, ready, running
from tests.bot.waiting import until
from tests.practice import SECRET, user

ROUNDS = 2  # on each database
PEOPLE_AT_ONCE = 4
TOO_BUSY = b"so nothing changed. Please try again"  # told to the person, who does: nothing was taken on
TEAM = "T0FENMARCH"
Json = dict[str, Any]


@dataclass
class Slack:
    """Delivers, and remembers what came of it. `people` are accounts that nobody has used yet."""

    people: list[str]
    chance: random.Random
    acknowledged: list[tuple[str, str, Json]] = field(default_factory=list)
    unknown: list[tuple[str, str, Json]] = field(default_factory=list)
    port: int = 0
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def deliver(self, kind: str, about: str, payload: Json) -> bool:
        try:
            done = self._posted(payload)
        except (OSError, http.client.HTTPException):
            done = False
        (self.acknowledged if done else self.unknown).append((kind, about, payload))
        return done

    def _posted(self, payload: Json) -> bool:
        is_event = payload["type"] == "event_callback"
        body, kind = (json.dumps(payload).encode(), "application/json") if is_event else form(payload)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(
                "POST", "/slack/events", body, {"Content-Type": kind, **signed(body, secret=SECRET)}
            )
            answer = connection.getresponse()
            return answer.status == 200 and TOO_BUSY not in answer.read()
        finally:
            connection.close()

    def live(self, over: threading.Event) -> None:
        """People, one act after another, until the bot is dead: to a dead one nobody comes twice."""
        is_alive = True
        while is_alive and not over.is_set():
            who = self.people.pop()
            act: Callable[[str], bool] = self.chance.choice(
                [self.arrives, self.joins, self.joins, self.joins_and_leaves]
            )
            is_alive = act(who)

    def arrives(self, who: str) -> bool:
        inner = {"type": "team_join", "user": {"id": who, "team_id": TEAM}}
        payload = {
            "type": "event_callback",
            "event_id": f"Ev{next(self.numbers)}",
            "team_id": TEAM,
            "event": inner,
        }
        return self.deliver("arrival", who, payload)

    def joins(self, who: str) -> bool:
        entered = {"name": "Somebody New", "email": "new@fenmarch.example"}
        values = {block: {"entered": {"value": value}} for block, value in entered.items()}
        for block in ("age", "agreement"):
            values[block] = {"entered": {"selected_options": [{"value": "yes"}]}}
        return self.deliver("joining", who, self._submission(who, "joining.form", values))

    def joins_and_leaves(self, who: str) -> bool:
        return self.joins(who) and self.deliver("leaving", who, self._submission(who, "leaving.form", {}))

    def approves(self, application: int, by: str) -> bool:
        number = next(self.numbers)
        action = {
            "type": "button",
            "action_id": "approving.approve",
            "block_id": "b",
            "value": str(application),
        }
        payload = {
            "type": "block_actions",
            "user": {"id": by, "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": f"{number}.1.x",
            "actions": [action],
            "container": {"type": "message"},
        }
        return self.deliver("approval", str(application), payload)

    def _submission(self, who: str, callback_id: str, values: Json) -> Json:
        view = {
            "id": f"V{next(self.numbers)}",
            "type": "modal",
            "callback_id": callback_id,
            "state": {"values": values},
        }
        return {
            "type": "view_submission",
            "user": {"id": who, "team_id": TEAM},
            "team": {"id": TEAM},
            "view": view,
        }

    def about(self, kind: str) -> set[str]:
        return {who for each, who, _ in self.acknowledged if each == kind}


def waiting(record: Database) -> list[int]:
    with record.read() as session:
        return list(session.scalars(select(Application.id).where(Application.state == "waiting")))


def one_life(slack: Slack, bot: Running, record: Database) -> None:
    """From ready to killed."""
    over = threading.Event()
    with ThreadPoolExecutor(PEOPLE_AT_ONCE + 1) as crowd:
        lives = [crowd.submit(slack.live, over) for _ in range(PEOPLE_AT_ONCE)]
        lives += [
            crowd.submit(slack.approves, application, slack.chance.choice(FOUNDERS))
            for application in waiting(record)[:8]
        ]
        enough = len(slack.acknowledged) + slack.chance.randint(5, 25)
        until(lambda: len(slack.acknowledged) >= enough, "acknowledged")
        bot.kill()
        over.set()
    for life in lives:
        life.result()


FOUNDERS = [user("asha"), user("bryn")]


@pytest.fixture
def record(database):
    """With the first two members in it, and of the schema that a process expects."""
    now = datetime.now(UTC)
    founders = [founding.Founder(TEAM, who, "A Founder") for who in FOUNDERS]
    with database.write() as session:
        session.execute(text("create table alembic_version (version_num varchar(32) not null)"))
        session.execute(text("insert into alembic_version values (:head)"), {"head": revisions.HEAD})
        founding.found(
            session, founders=founders, until=date(now.year + 1, 3, 31), settings=Settings(), now=now
        )
    return database


def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_twice(workspace, record, tmp_path):
    url = record.url.render_as_string(hide_password=False)
    given = installed(workspace, url, way="http", join_approval=JoinApproval.STEERING)
    people = [one["id"] for one in workspace.asked("people", count=600)["people"]]
    slack = Slack(people, random.Random(9), port=int(given["PORT"]))
    for _ in range(ROUNDS):
        with running(given, tmp_path) as bot:
            one_life(slack, ready(bot), record)
    with running(given, tmp_path) as bot:
        ready(bot)
        for one in [*slack.unknown, *slack.chance.sample(slack.acknowledged, 10)]:
            assert slack.deliver(*one)
        for application in waiting(record):
            assert slack.approves(application, FOUNDERS[0])
        assert bot.stops() == 0
    compare(slack, record, workspace)


def compare(slack: Slack, record: Database, workspace: Any) -> None:
    with record.read() as session:
        users = {row.person_id: row.user_id for row in session.scalars(select(SlackAccount))}
        memberships = list(session.scalars(select(Membership)))
        applications = list(session.scalars(select(Application)))
        queued = list(session.scalars(select(OutboxRow)))
        acts = Counter(session.execute(select(LogEntry.act, LogEntry.about)).all())
        assert list(log.broken_links(session)) == []
    joined = Counter(users[one.person_id] for one in applications)
    assert joined == Counter(slack.about("joining"))
    members = Counter(users[one.person_id] for one in memberships if users[one.person_id] not in FOUNDERS)
    assert set(members.values()) <= {1}
    assert {users[one.person_id] for one in memberships if one.ceased_on} | {
        users[one.person_id] for one in applications if one.state == "withdrawn"
    } == slack.about("leaving")
    assert {one.state for one in applications} <= {"entered", "withdrawn"}
    assert max(acts.values()) == 1
    told = Counter(
        (row.kind, row.to) for row in queued if row.kind in ("welcome", "receipt_joined", "receipt_left")
    )
    assert {who for kind, who in told if kind == "welcome"} == slack.about("arrival")
    assert {who for kind, who in told if kind == "receipt_left"} == slack.about("leaving")
    assert {who for kind, who in told if kind == "receipt_joined"} == set(members)
    assert set(told.values()) <= {1}
    posts = [call for call in workspace.seen("ledger", method="chat.postMessage")["calls"] if call["ok"]]
    keys = Counter(str(call["arguments"].get("metadata")) for call in posts)
    assert posts
    assert set(keys.values()) == {1}
