"""A worker killed with -9 at each moment of sending: the next one neither loses nor doubles the message."""

import os
import signal
import subprocess
import sys

import pytest

from bot.outbox.posting import Outbox
from bot.slack.clients import client
from handlers.blocks.message import Message
from storage import outbox
from storage.outbox import OutboxRow, OutboxState
from tests.practice import user

WORKER = """
import sys
from datetime import datetime
from bot.outbox.posting import Outbox
from bot.slack.clients import client
from coop.deps import Deps
from coop.settings import Settings
from handlers.blocks.message import Message
from storage.database import Database

database, api, token, now = sys.argv[1:]
slack = client(token, api, seconds=10)
deps = Deps(Database(database), lambda: datetime.fromisoformat(now), Settings(), slack)
Outbox(deps, {"note": lambda facts, _: Message(facts["text"])}, slack).run()
"""


@pytest.mark.parametrize(
    ("moment", "arrived"), [("outbox.claimed", 0), ("outbox.ready", 0), ("outbox.answered", 1)]
)
def test_a_killed_worker_neither_loses_nor_doubles_a_message(practice_on_both, moment, arrived):
    practice = practice_on_both
    environment = practice.house.environment
    token = environment.slack_bot_token.get_secret_value()
    with practice.deps.write() as session:
        outbox.put(session, kind="note", to=user("asha"), facts={"text": "Hello."}, now=practice.clock.now)
    told = [environment.database_url, environment.slack_api_url, token, practice.clock.now.isoformat()]
    surroundings = {**os.environ, "COUNTMEIN_CRASH_AT": moment}
    worker = subprocess.run(
        [sys.executable, "-c", WORKER, *told], env=surroundings, check=False, capture_output=True
    )
    assert worker.returncode == -signal.SIGKILL
    assert len(practice.messages("asha")) == arrived
    practice.forward(minutes=3)
    slack = client(token, environment.slack_api_url, seconds=10)
    Outbox(practice.deps, {"note": lambda facts, _: Message(facts["text"])}, slack).run()
    assert practice.texts("asha") == ["Hello."]
    with practice.deps.read() as session:
        assert session.get(OutboxRow, 1).state == OutboxState.SENT
