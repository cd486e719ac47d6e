"""What people are called, what they wrote and every secret, through a whole process at DEBUG: its log has none."""

import itertools
import logging
import re
from datetime import UTC, date, datetime

import pytest

from coop import founding
from coop.settings import Settings
from storage.database import Database
from tests.bot.programs import installed, ready, running
from tests.bot.waiting import until
from tests.practice import channel

PROGRAM = f"""
from bot import logs
from bot.commands.serving import settings_or_exit
from bot.process import Process, leave
from bot.wiring import build

environment = settings_or_exit()
logs.set_up(environment, level={logging.DEBUG})
leave(Process(build(environment)).run())
"""
TEAM, GENERAL, STEERING = "T0FENMARCH", channel("general"), channel("steering")
WRITER, APPROVER, NEWCOMER, VISITOR = "UWRITER", "UAPPROVER", "UNEWCOMER", "UVISITOR"


class People:
    """What they do in the workspace, each saying a canary wherever they can say something."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.numbers = itertools.count(1)

    def arrive(self):
        for who in (WRITER, APPROVER, NEWCOMER, VISITOR):
            number = next(self.numbers)
            person = {
                "id": who,
                "name": f"canary{number}",
                "real_name": f"Canary Dovecote {number}",
                "email": f"canary{number}@fenmarch.example",
                "team_id": "T0SALTHOLM" if who == VISITOR else TEAM,
            }
            self.workspace.asked("join-workspace", user=person)
        for room, who in itertools.product(("general", "steering"), (WRITER, APPROVER, NEWCOMER)):
            self.workspace.asked("invite", channel=channel(room), user=who)

    def does(self, who, what, **how):
        return self.workspace.asked(what, user=who, **how)

    def commands(self, who, name, text=""):
        return self.does(who, "command", channel=GENERAL, command=name, text=text)

    def says(self, who, text, where="bot"):
        return self.does(who, "say", channel=where, text=text)

    def submits(self, who, **entered):
        (*_, view) = self.workspace.seen("views", user=who)["views"]
        values = {block: {"entered": value} for block, value in entered.items()}
        return self.does(who, "submit", view_id=view["id"], values=values)

    def presses(self, who, action_id, message):
        return self.does(who, "press", action_id=action_id, channel=message["channel"], ts=message["ts"])

    def reads(self, who, where, containing, *, number=1):
        """Waits for the first, second, … message that contains these words."""

        def found():
            messages = self.workspace.seen("conversation", user=who, channel=where)["messages"]
            fitting = [one for one in messages if containing in one["text"]]
            return fitting[number - 1 : number]

        return until(found, f"{containing!r} number {number}")[0]


def everything_happens(people):
    workspace = people.workspace
    people.arrive()
    for text in (
        "am I a member, canary words?",
        "canary words",
        "is Canary Dovecote a member?",
        "leave canary",
    ):
        people.says(NEWCOMER, text)
    people.says(NEWCOMER, "am I a member? canary words", GENERAL)
    people.commands(NEWCOMER, "/member", "canary words")
    people.commands(NEWCOMER, "/countmein")
    details = {"age": ["yes"], "agreement": ["yes"]}
    people.submits(NEWCOMER, name="Canary Dovecote", email="canary-not-an-address", **details)
    people.submits(NEWCOMER, name="Canary Dovecote", email="canary@fenmarch.example", **details)
    people.commands(NEWCOMER, "/member", "details")
    people.submits(NEWCOMER, name="Canary Second", email="canary2@fenmarch.example")
    workspace.asked("faults", method="chat.postMessage", kind="html", times=1)
    workspace.asked("faults", method="chat.postMessage", kind="error", error="invalid_blocks", times=1)
    workspace.asked("faults", method="views.open", kind="error", error="invalid_arguments", times=1)
    for text in ("am I a member? canary one", "am I a member? canary two"):
        people.says(NEWCOMER, text)
    people.commands(NEWCOMER, "/member", "details")
    people.commands(WRITER, "/announce", "The canary announcement: x")
    people.submits(WRITER, where=["x"], text="y" * 300 + " canary words too many")
    people.submits(WRITER, where=["x"], text="The canary announcement.")
    proposal = people.reads(APPROVER, STEERING, "proposes an announcement")
    people.presses(APPROVER, "announcing.ask_for_changes", proposal)
    people.submits(APPROVER, comment="canary comment")
    people.commands(WRITER, "/member", "list")
    people.commands(WRITER, "/member", "paid canaryreference")
    people.commands(WRITER, "/announce", "Another canary announcement.")
    people.submits(WRITER, where=["x"])
    another = people.reads(APPROVER, STEERING, "an announcement,", number=2)
    workspace.asked("x/faults", kind="unavailable_html", when="before")
    people.presses(APPROVER, "announcing.approve", another)
    people.submits(APPROVER)
    until(lambda: workspace.seen("x/ledger"), "on its way to X")
    people.reads(NEWCOMER, "bot", "receipt")


@pytest.mark.parametrize("way", ["socket", "http"])
def test_the_log_of_a_whole_process_at_debug_has_no_name_no_words_and_no_secret(
    workspace, record_url, tmp_path, way
):
    given = installed(workspace, record_url, way=way, countdown_minutes=0, x_handle="FenmarchDigital")
    keys = {name: value for name, value in workspace.seen("x/keys").items() if isinstance(value, str)}
    del keys["X_HANDLE"]
    now, record = datetime.now(UTC), Database(record_url)
    founders = [founding.Founder(TEAM, who, f"Canary {who}") for who in (WRITER, APPROVER)]
    with record.write() as session:
        until_on = date(now.year + 1, 3, 31)
        founding.found(session, founders=founders, until=until_on, settings=Settings(), now=now)
    record.dispose()
    with running({**given, **keys, "X_API_URL": workspace.url}, tmp_path, "-c", PROGRAM) as bot:
        ready(bot)
        everything_happens(People(workspace))
        assert bot.stops() == 0
        said = bot.said()
    secrets = [given["SLACK_BOT_TOKEN"], given.get("SLACK_APP_TOKEN"), given.get("SLACK_SIGNING_SECRET")]
    found = [secret for secret in [*secrets, *keys.values()] if secret and secret in said]
    assert (re.findall("(?i).{40}canary.{40}", said), found) == ([], [])
    assert '"event": "message sent"' in said
    assert "example" not in said
