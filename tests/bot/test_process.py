"""The process as hosts run it: `python -m bot run`, its signals, its exit codes, its two addresses."""

import http.client
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from coop import founding
from coop.announcing import approving, proposing
from coop.announcing.content import Agreed, Target
from coop.settings import Settings
from sandbox.server import serve_in_thread
from storage import people
from storage.database import Database
from storage.deliveries import Delivery
from storage.outbox import OutboxRow
from storage.people import Person
from tests.bot.front_door import command, form, signed
from tests.bot.programs import STOPS_WITHIN, free_port, installed, ready, running
from tests.bot.waiting import until
from tests.practice import SECRET, Workspace, channel, user

WAYS = ["socket", "http"]


def told(bot):
    """The lines of its log."""
    return [json.loads(line) for line in bot.said().splitlines()]


def acts(workspace, who, what, **asked):
    return workspace.asked(what, user=user(who), **asked)


def joining_form(workspace, who):
    """Opens it; what is to be sent back."""
    acts(workspace, who, "command", channel=channel("general"), command="/countmein")
    (view,) = workspace.seen("views", user=user(who))["views"]
    entered = {"name": who.title(), "email": f"{who}@fenmarch.example", "age": ["yes"], "agreement": ["yes"]}
    return {
        "view_id": view["id"],
        "values": {block: {"entered": value} for block, value in entered.items()},
    }


def who_is_who(workspace):
    """Each time Slack was asked."""
    return workspace.seen("ledger", method="users.info")["calls"]


def names(url):
    record = Database(url)
    with record.read() as session:
        found = list(session.scalars(select(Person.name).order_by(Person.id)))
    record.dispose()
    return found


@pytest.mark.parametrize("way", WAYS)
def test_told_to_stop_it_takes_nothing_more_and_finishes_what_it_took(workspace, record_url, tmp_path, way):
    with running(installed(workspace, record_url, way=way), tmp_path) as bot, ThreadPoolExecutor(1) as aside:
        ready(bot)
        filled_in = joining_form(workspace, "dev")
        asked = len(who_is_who(workspace))
        workspace.asked("faults", method="users.info", kind="slow", seconds=1.2)
        sending = aside.submit(acts, workspace, "dev", "submit", **filled_in)
        until(lambda: len(who_is_who(workspace)) > asked, "taken in hand")
        bot.program.terminate()
        until(lambda: bot.missing() == {"process": "stopping"}, "said that it is stopping")
        late = acts(workspace, "ebele", "command", channel=channel("general"), command="/member")
        assert late["error"] is not None
        taken = sending.result()
        assert (taken["error"], taken["opened_view"]["blocks"][0]["text"]["text"][:13]) == (
            None,
            "Welcome, Dev.",
        )
        assert bot.ends(STOPS_WITHIN) == 0
    assert names(record_url) == ["Dev"]


def test_an_idle_bot_stops_at_once(workspace, record_url, tmp_path):
    with running(installed(workspace, record_url, way="socket"), tmp_path) as bot:
        ready(bot)
        bot.program.terminate()
        assert bot.ends(3) == 0
        assert [line for line in told(bot) if line["level"] != "info"] == []


@pytest.mark.parametrize("way", WAYS)
def test_while_slack_hangs_it_stops_within_ten_seconds(workspace, record_url, tmp_path, way):
    """With an answer on its way to a Slack that does not take it."""
    with running(installed(workspace, record_url, way=way), tmp_path) as bot, ThreadPoolExecutor(1) as aside:
        ready(bot)
        workspace.asked("faults", method="*", kind="hang", times=50, seconds=60)
        asking = aside.submit(acts, workspace, "dev", "say", channel="bot", text="am I a member?")
        until(lambda: workspace.seen("ledger", method="chat.postMessage")["calls"], "tried to answer")
        assert bot.stops() == 0
        workspace.asked("faults", clear=True)
        asking.result()


def test_slack_that_hangs_at_the_start_does_not_keep_it_from_stopping(workspace, record_url, tmp_path):
    given = installed(workspace, record_url, way="socket")
    workspace.asked("faults", method="*", kind="hang", times=50, seconds=60)
    with running(given, tmp_path) as bot:
        until(lambda: bot.missing().get("slack") == "not connected yet", "alive")
        assert bot.get("/ready")[0] == 503
        assert bot.stops() == 0
    workspace.asked("faults", clear=True)


def an_announcement_is_due(url):
    """Proposed and approved, to go out now."""
    record, now = Database(url), datetime.now(UTC)
    settings = Settings(steering_channel="C0STEERING", x_handle="FenmarchDigital", countdown_minutes=0)
    facts = {"settings": settings, "now": now}
    with record.write() as session:
        founders = [founding.Founder("T0FENMARCH", user(who), who.title()) for who in ("asha", "bryn")]
        founding.found(session, founders=founders, until=date(now.year + 1, 3, 31), **facts)
        asha, bryn = (people.person_id_of(session, "T0FENMARCH", user(who)) for who in ("asha", "bryn"))
        agreed = Agreed("It is due.", (Target("x"),), None)
        proposed = proposing.propose(session, agreed=agreed, by=asha, **facts)
        approving.approve(
            session, announcement_id=proposed.id, content_hash=proposed.content_hash, by=bryn, **facts
        )
    record.dispose()


def delivery_state(url):
    record = Database(url)
    with record.read() as session:
        state = session.scalars(select(Delivery.state)).one()
    record.dispose()
    return state


def test_while_x_hangs_it_stops_within_ten_seconds_and_the_attempt_stays_what_it_is(
    workspace, record_url, tmp_path
):
    """Nobody knows yet whether it is out: the next process has to find that out."""
    an_announcement_is_due(record_url)
    keys = {name: value for name, value in workspace.seen("x/keys").items() if isinstance(value, str)}
    given = {**installed(workspace, record_url, way="socket"), **keys, "X_API_URL": workspace.url}
    workspace.asked("x/faults", kind="hang", when="after", times=5)
    with running(given, tmp_path) as bot:
        until(lambda: delivery_state(record_url) == "attempting", "on its way")
        until(lambda: workspace.seen("x/timeline"), "taken by X")
        assert bot.stops() == 0
    assert delivery_state(record_url) == "attempting"
    workspace.asked("x/faults", clear=True)


def test_without_slack_it_says_so_keeps_trying_and_begins_once_slack_is_there(record_url, tmp_path):
    port = free_port()
    given = {
        "SLACK_BOT_TOKEN": "xoxb-later",
        "SLACK_APP_TOKEN": "xapp-later",
        "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        "DATABASE_URL": record_url,
    }
    with running(given, tmp_path) as bot:
        until(lambda: "cannot be reached" in bot.missing().get("slack", ""), "said why")
        assert bot.get("/ready")[0] == 503
        line = next(line for line in told(bot) if line["event"] == "not connected to Slack yet")
        assert line["level"] == "warning"
        assert line["reason"] == "Slack cannot be reached (URLError); is the network up?"
        handle = serve_in_thread(port)
        Workspace(handle.url).asked(
            "install", manifest=MANIFEST, bot_token="xoxb-later", app_token="xapp-later", channels=[]
        )
        ready(bot)
        assert bot.stops() == 0
        handle.stop()


MANIFEST = {
    "display_information": {"name": "Later"},
    "features": {"bot_user": {"display_name": "later"}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    "settings": {"socket_mode_enabled": True},
}


@pytest.mark.parametrize("way", WAYS)
def test_when_slack_takes_its_access_away_it_says_so_and_does_not_fall_over(
    workspace, record_url, tmp_path, way
):
    with running(installed(workspace, record_url, way=way), tmp_path) as bot:
        ready(bot)
        workspace.asked("revoke")
        until(lambda: "token_revoked" in bot.missing().get("slack", ""), "said that it has no access")
        assert bot.get("/ready")[0] == 503
        (line,) = [line for line in told(bot) if line["level"] == "error"]
        assert line["event"] == "Slack has taken our access away"
        assert line["reason"].startswith("Slack does not accept SLACK_BOT_TOKEN (token_revoked). Copy")
        assert bot.stops() == 0


NO_FILES = (
    "Slack has not granted files:write. Cards, lists and announcements with pictures are not sent; everything "
    "else works."
)
NO_GROUPS = (
    "Slack has not granted groups:read. The steering channel cannot be found, so nothing can be approved."
)


def test_each_permission_that_is_missing_is_said_once_and_stops_nothing(workspace, record_url, tmp_path):
    given = installed(
        workspace, record_url, way="socket", without=("files:write", "users:read", "groups:read")
    )
    with running(given, tmp_path) as bot:
        ready(bot)
        lost = [line["lost"] for line in told(bot) if "lost" in line]
        assert lost == [
            "Slack has not granted users:read. Nobody can be told apart from a guest, so nobody can join.",
            NO_GROUPS,
            NO_FILES,
        ]
        answer = acts(workspace, "dev", "command", channel=channel("general"), command="/member")
        assert answer["response"]["text"].startswith("You're in our Slack.")


def test_events_that_slack_dropped_are_acknowledged_and_said(workspace, record_url, tmp_path):
    with running(installed(workspace, record_url, way="http"), tmp_path) as bot:
        ready(bot)
        limited = {
            "token": "x",
            "type": "app_rate_limited",
            "team_id": "T1",
            "minute_rate_limited": 1,
            "api_app_id": "A1",
        }
        assert posted(bot, json.dumps(limited).encode(), "application/json") == 200
        assert "Slack is dropping events" in bot.said()
        assert posted(bot, *form(command(name="/member"))) == 200
        assert posted(bot, b"{", "application/json") == 400


def posted(bot, body, kind):
    connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=10)
    connection.request("POST", "/slack/events", body, {"Content-Type": kind, **signed(body, secret=SECRET)})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "FEE_PERIOD": "once"},
            ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "FEE_PENCE", "PAY_TO", "OFFICIAL_PAGE"),
        ),
        ({"STEERING_CHANNEL": "general"}, ("general” is a public channel",)),
        ({"SLACK_BOT_TOKEN": "xoxb-unknown"}, ("SLACK_BOT_TOKEN", "invalid_auth")),
        ({"SLACK_APP_TOKEN": "xapp-unknown"}, ("SLACK_APP_TOKEN", "invalid_auth", "connections:write")),
    ],
    ids=["missing", "public steering channel", "bot token", "app token"],
)
def test_what_only_a_person_can_put_right_is_named_and_ends_it_with_2(
    workspace, record_url, tmp_path, changed, expected
):
    with running({**installed(workspace, record_url, way="socket"), **changed}, tmp_path) as bot:
        assert bot.ends() == 2
        assert [part for part in expected if part not in bot.said()] == []
        assert "unknown" not in bot.said()


def test_not_invited_to_steering_it_waits_to_be_invited(workspace, record_url, tmp_path):
    given = installed(workspace, record_url, way="socket")
    workspace.asked("leave", channel=channel("steering"), user="bot")
    with running(given, tmp_path) as bot:
        until(lambda: "/invite" in bot.missing().get("slack", ""), "asked to be invited")
        workspace.asked("invite", channel=channel("steering"), user="bot")
        ready(bot)


# As `run` does it; once /ready would say yes, it tells what is loaded.
RUN_AND_TELL = """
import sys, time
from bot.commands.serving import settings_or_exit
from bot.process import Process, leave
from bot.schema import prepare
from bot.wiring import build

def tell():
    while process.readiness():
        time.sleep(0.01)
    print("loaded:", *(name for name in ("alembic", "PIL", "tweepy") if name in sys.modules), flush=True)

house = build(settings_or_exit())
prepare(house.database)
process = Process(house, on_ready=tell)
leave(process.run())
"""


def test_neither_alembic_nor_pillow_is_loaded_once_it_is_ready(workspace, record_url, tmp_path):
    """With the worker running and Socket Mode open."""
    with running(installed(workspace, record_url, way="socket"), tmp_path, "-c", RUN_AND_TELL) as bot:
        loaded = until(lambda: re.findall("^loaded:.*\n", bot.said(), re.MULTILINE), "ready")
        assert loaded == ["loaded:\n"]
        assert bot.stops() == 0


def test_installed_into_three_thousand_people_it_writes_to_nobody_until_somebody_new_comes(
    workspace, record_url, tmp_path
):
    given = installed(workspace, record_url, way="socket")
    workspace.asked("people", count=3000)
    with running(given, tmp_path) as bot:
        ready(bot)
        newcomers = {
            "UBOT2": {"is_bot": True},
            "UGUEST": {"is_restricted": True},
            "UVISITOR": {"team_id": "T0SALTHOLM"},
            "UMEMBER": {},
        }
        for id_, about in newcomers.items():
            person = {"id": id_, "name": id_.lower(), "real_name": id_.title(), **about}
            assert workspace.asked("join-workspace", user=person)["deliveries"][-1]["outcome"] == "ok"
        until(lambda: workspace.seen("ledger", method="chat.postMessage")["calls"], "the welcome")
        assert bot.stops() == 0
    posts = workspace.seen("ledger", method="chat.postMessage")["calls"]
    (opened,) = workspace.seen("ledger", method="conversations.open")["calls"]
    assert opened["arguments"]["users"] == "UMEMBER"
    assert [post["arguments"]["text"][:6] for post in posts] == ["Hello."]
    record = Database(record_url)
    with record.read() as session:
        assert [(row.kind, row.to) for row in session.scalars(select(OutboxRow))] == [("welcome", "UMEMBER")]
    record.dispose()
