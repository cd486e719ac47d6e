"""The doctor names each thing that is wrong with its fix, and changes neither settings nor record."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from sqlalchemy import text
from websockets.sync.client import connect

from bot.doctor import examination, machine, record, slack, telling, x
from bot.doctor.connections import NOT_HERE, PROBED
from bot.doctor.examination import Section
from bot.doctor.findings import Finding, Verdict, ok, wrong
from bot.settings.environment import Environment
from bot.slack import manifest
from bot.slack.clients import client
from coop import founding
from coop.announcing.moment import Moment
from coop.settings import Settings
from handlers.answers import Reply
from handlers.blocks.message import Message
from handlers.listening import Listen
from publishers.x.publisher import Account
from sandbox.social import bluesky, mastodon
from storage import heartbeats, revisions
from storage.database import Database
from tests.bot.practice_program import Practice, started

ROOT = Path(__file__).parents[2]
NOW = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
DIRECT = build_opener(ProxyHandler({}))
STEERING = "C00STEERING"
GENERAL = "C000GENERAL"
NO_RESERVED_NAME = (
    "None of /countmein, /member, /announce is a name Slack keeps for itself; another app with the same name "
    "would win."
)


def installed(practice, *, without: str = "", extra: tuple[str, ...] = (), channels=(STEERING,)):
    """The variables of a bot that was installed a moment ago."""
    wanted = manifest.build(table(), Settings())
    scopes = wanted["oauth_config"]["scopes"]
    scopes["bot"] = [name for name in scopes["bot"] if name != without] + list(extra)
    app = practice.asked("/control/install", {"manifest": wanted, "channels": list(channels)})
    keys = practice.asked("/control/x/keys")
    keys.pop("portal")
    return {
        "SLACK_BOT_TOKEN": app["bot_token"],
        "SLACK_APP_TOKEN": app["app_token"],
        "SLACK_API_URL": f"{practice.address}/api/",
        "STEERING_CHANNEL": "steering",
        "NETWORK_NAME": "Fenmarch Digital Network",
        "OFFICIAL_PAGE": "https://fenmarch.example/membership",
        "X_API_URL": practice.address,
        **keys,
    }


def table() -> Listen:
    listen = Listen()
    for name in ("/countmein", "/member", "/announce"):
        listen.command(name, lambda _request, _deps: Reply(Message("yes")), help="do it")
    listen.command("/join", lambda _request, _deps: Reply(Message("yes")), reserved=True)
    return listen


@pytest.fixture(scope="module")
def program() -> Iterator[Practice]:
    with started() as practice:
        yield practice


@pytest.fixture
def practice(program: Practice) -> Practice:
    program.asked("/control/reset")
    program.asked("/control/clock", {"date_skew": 0})
    return program


@pytest.fixture
def kept(database: Database) -> Database:
    """A record that is looked after: schema current, worker running, backup made, three who can approve."""
    with database.writer.begin() as connection:
        connection.execute(text("create table alembic_version (version_num text not null)"))
        connection.execute(text("insert into alembic_version values (:head)"), {"head": revisions.HEAD})
    with database.write() as session:
        heartbeats.beat(session, heartbeats.WORKER, NOW - timedelta(seconds=20))
        heartbeats.beat(session, heartbeats.BACKUP, NOW - timedelta(hours=3))
        founding.found(
            session,
            founders=[
                founding.Founder("T0FENMARCH", user, user.title()) for user in ("UASHA", "UBRYN", "UCARYS")
            ],
            until=date(2099, 12, 31),
            settings=Settings(),
            now=datetime(2026, 1, 5, 9, tzinfo=UTC),
        )
    return database


def url_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def examined(variables, *, now=None, listen=None, dotenv=Path("no.env")) -> dict[str, Section]:
    clock = now or (lambda: datetime.now(UTC))
    return {part.name: part for part in examination.sections(variables, listen or table(), clock, dotenv)}


def troubles(sections: dict[str, Section]) -> list[str]:
    return [
        one.sentence for part in sections.values() for one in part.findings if one.verdict is not Verdict.OK
    ]


def finding(section: Section, beginning: str) -> Finding:
    return next(one for one in section.findings if one.sentence.startswith(beginning))


def test_a_bot_in_good_health_has_nothing_wrong(practice, kept, tmp_path):
    variables = {**installed(practice), "DATABASE_URL": url_of(kept)}
    with kept.write() as session:
        for name in (heartbeats.WORKER, heartbeats.BACKUP):
            heartbeats.beat(session, name, datetime.now(UTC))
    found = examined(variables)
    # Whether this machine is a container differs from one to the next.
    del found["This machine"]
    assert troubles(found) == []
    assert [one.sentence for one in found["Slack"].findings] == [
        NO_RESERVED_NAME,
        "SLACK_APP_TOKEN works: Socket Mode can be opened.",
        "No copy of the bot is connected on this app token just now.",
        "SLACK_BOT_TOKEN works: the bot is @countmein in Fenmarch Digital Network.",
        "This machine's clock agrees with Slack's.",
        "All 12 permissions of the manifest are granted, and no other.",
        "The steering channel “steering” is private, and the bot is in it.",
    ]
    assert [one.sentence for one in found["The record"].findings][2:] == [
        "The last backup was made 0 seconds ago.",
        "3 people can approve announcements, never their own.",
    ]
    assert [one.sentence for one in found["X"].findings] == [
        "The X keys belong to @FenmarchDigital.",
        "The X keys may post.",
    ]


def test_nothing_is_posted_changed_or_made_by_examining(practice, tmp_path):
    variables = {**installed(practice), "DATABASE_URL": f"sqlite:///{tmp_path}/record.db"}
    before = practice.asked("/control/x/timeline")
    examined(variables)
    assert list(tmp_path.iterdir()) == []
    assert practice.asked("/control/x/timeline") == before


def test_before_anything_is_set_it_says_what_to_begin_with():
    found = examined({})
    assert finding(found["Settings"], "SLACK_BOT_TOKEN is missing").fix == (
        "Set SLACK_BOT_TOKEN in .env, or where your host keeps its settings."
    )
    assert finding(found["Slack"], "The bot token could not be tried").verdict is Verdict.UNKNOWN
    assert finding(found["X"], "There are no X keys").verdict is Verdict.UNKNOWN


def test_a_default_is_not_examined_in_place_of_what_cannot_be_read():
    found = examined({"DATABASE_URL": "mysql://db/countmein", "NETWORK_TIMEZONE": "Mars"})
    assert found["This machine"].findings == ()
    assert [one.sentence for one in found["The record"].findings] == [
        "The record was not looked at, because DATABASE_URL is wrong."
    ]


def test_a_mistyped_name_in_the_file_is_pointed_out(tmp_path):
    (tmp_path / ".env").write_text("NETWROK_NAME=Fenmarch\nPATH_TO_ELSEWHERE=1\n")
    found = examined({}, dotenv=tmp_path / ".env")
    assert finding(found["Settings"], "NETWROK_NAME").fix == "Call it NETWORK_NAME."
    assert not any("ELSEWHERE" in one.sentence for one in found["Settings"].findings)


def test_a_bot_token_that_slack_refuses_is_named(practice):
    found = examined({**installed(practice), "SLACK_BOT_TOKEN": "xoxb-stale"})
    assert finding(found["Slack"], "Slack does not accept SLACK_BOT_TOKEN") == wrong(
        "Slack does not accept SLACK_BOT_TOKEN (invalid_auth).", slack.BOT_AGAIN
    )


def test_an_app_token_that_slack_refuses_is_named(practice):
    found = examined({**installed(practice), "SLACK_APP_TOKEN": "xapp-stale"})
    assert finding(found["Slack"], "Slack does not accept SLACK_APP_TOKEN").fix == slack.APP_AGAIN


def test_slack_out_of_reach_is_not_called_wrong():
    found = examined({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"})
    assert finding(found["Slack"], "Slack cannot be reached").verdict is Verdict.UNKNOWN


def test_a_permission_that_was_not_granted_says_what_is_lost(practice):
    found = examined(installed(practice, without="files:write", extra=("reactions:write",)))
    assert finding(found["Slack"], "Slack has not granted files:write").verdict is Verdict.WRONG
    assert finding(found["Slack"], "Slack has granted more").sentence == (
        "Slack has granted more than the bot needs: reactions:write."
    )


def test_a_reserved_command_name_is_named(practice):
    listen = table()
    listen.command("/status", lambda _request, _deps: Reply(Message("yes")), help="x")
    found = examined(installed(practice), listen=listen)
    assert finding(found["Slack"], "Slack would refuse").sentence == (
        "Slack would refuse this manifest: /status is one of Slack's own commands"
    )


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("general", "STEERING_CHANNEL: “general” is a public channel."),
        ("nowhere", "The steering channel “nowhere” cannot be seen."),
        ("", "STEERING_CHANNEL is not set"),
    ],
)
def test_a_steering_channel_that_will_not_do_is_named(practice, channel, sentence):
    found = examined({**installed(practice), "STEERING_CHANNEL": channel})
    assert finding(found["Slack"], sentence).fix


def test_a_steering_channel_without_the_bot_is_named(practice):
    found = examined(installed(practice, channels=(GENERAL,)))
    assert finding(found["Slack"], "The steering channel “steering” cannot be seen").fix == (
        "Type /invite @countmein in that channel."
    )


@pytest.mark.parametrize(("skew", "direction"), [(-90, "ahead of"), (90, "behind")])
def test_a_clock_that_is_off_is_named(practice, skew, direction):
    practice.asked("/control/clock", {"date_skew": skew})
    found = finding(examined(installed(practice))["Slack"], "This machine's clock")
    assert found.verdict is Verdict.WRONG
    assert f"seconds {direction} Slack's" in found.sentence


def test_copies_on_the_same_token_are_counted_and_one_that_keeps_another_record_is_named(practice, kept):
    variables = installed(practice)

    def counted(record_url: str, now: datetime = NOW) -> Finding:
        sections = examined({**variables, "DATABASE_URL": record_url}, now=lambda: now)
        (found,) = [
            one for one in sections["Slack"].findings if "connected on this app token" in one.sentence
        ]
        return found

    with contextlib.ExitStack() as copies:
        copies.enter_context(connected(practice, variables["SLACK_APP_TOKEN"]))
        here, later = counted(url_of(kept)), counted(url_of(kept), NOW + DAY)
        no_record, unreadable = counted("sqlite:///nowhere.db"), counted("mysql://db/countmein")
        copies.enter_context(connected(practice, variables["SLACK_APP_TOKEN"]))
        two = counted(url_of(kept))
    copy = "One copy of the bot is connected on this app token"
    assert here == ok(f"{copy} just now, and a worker runs on this record. {PROBED}")
    assert later == wrong(
        f"{copy}, and no worker runs on this record: it may keep another. {PROBED}", NOT_HERE
    )
    assert no_record == later
    assert unreadable.verdict is Verdict.UNKNOWN
    assert two.verdict is Verdict.WRONG
    assert two.sentence.startswith("2 copies of the bot are connected on this app token")


@contextlib.contextmanager
def connected(practice, app_token):
    address = client(None, f"{practice.address}/api/", seconds=5).apps_connections_open(app_token=app_token)[
        "url"
    ]
    with connect(address, proxy=None, close_timeout=1) as connection:
        connection.recv(timeout=10)
        yield connection


@pytest.mark.parametrize(
    ("secret", "verdict"),
    [("0123456789abcdef" * 2, Verdict.OK), ("hunter2", Verdict.UNKNOWN), ("", Verdict.UNKNOWN)],
)
def test_a_signing_secret_is_judged_by_its_shape(secret, verdict):
    assert slack.signing_secret(secret).verdict is verdict


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"X_HANDLE": "OxmereNews"}, "The X keys belong to @FenmarchDigital, not to @OxmereNews"),
        ({"X_API_SECRET": "stale"}, "X did not say whose keys these are."),
        (
            {
                "X_ACCESS_TOKEN": "1700000000000000001-PracticeReadOnlyToken",
                "X_ACCESS_TOKEN_SECRET": "practice-read-only-secret",
            },
            "The X keys may only read.",
        ),
        (
            {
                "X_ACCESS_TOKEN": "1700000000000000002-PracticePortalToken",
                "X_ACCESS_TOKEN_SECRET": "practice-portal-secret",
            },
            "The X keys belong to @dev_marchetti, not to @FenmarchDigital",
        ),
    ],
)
def test_x_keys_that_will_not_do_are_named(practice, variables, sentence):
    found = examined({**installed(practice), **variables})
    assert finding(found["X"], sentence).verdict is Verdict.WRONG
    assert finding(found["X"], sentence).fix


def with_mastodon(practice, **more: str) -> dict[str, str]:
    practice.asked("/control/mastodon/reset", {})
    return {
        **installed(practice),
        "MASTODON_URL": f"{practice.address}/mastodon",
        "MASTODON_ACCESS_TOKEN": mastodon.TOKEN,
        **more,
    }


def test_a_mastodon_account_is_named_with_what_its_server_takes(practice):
    variables = with_mastodon(practice)
    assert [one.sentence for one in examined(variables)["Mastodon"].findings] == [
        f"The Mastodon token belongs to @fenmarch on {practice.address}/mastodon.",
        "The Mastodon server takes 500 characters and counts a link as 23.",
    ]
    assert practice.asked("/control/mastodon/timeline") == []
    practice.asked("/control/mastodon/switches", {"most": 300})
    assert finding(examined(variables)["Mastodon"], "The Mastodon server takes 300 characters")


def test_a_mastodon_token_that_will_not_do_is_named(practice):
    found = examined(with_mastodon(practice, MASTODON_ACCESS_TOKEN="stale"))
    refused = finding(found["Mastodon"], "Mastodon did not say whose token this is.")
    assert refused.verdict is Verdict.WRONG
    assert refused.fix


def test_a_bluesky_account_is_named_and_one_that_will_not_do_as_well(practice):
    practice.asked("/control/bluesky/reset", {})
    variables = {
        **installed(practice),
        "BLUESKY_HANDLE": bluesky.HANDLE,
        "BLUESKY_APP_PASSWORD": bluesky.APP_PASSWORD,
        "BLUESKY_URL": f"{practice.address}/bluesky",
    }
    assert [one.sentence for one in examined(variables)["Bluesky"].findings] == [
        "The Bluesky app password belongs to @fenmarch.example."
    ]
    assert practice.asked("/control/bluesky/timeline") == []
    (refused,) = examined({**variables, "BLUESKY_APP_PASSWORD": "aaaa-bbbb-cccc-dddd"})["Bluesky"].findings
    assert refused.verdict is Verdict.WRONG
    assert refused.sentence == (
        "Bluesky did not let us sign in as @fenmarch.example. "
        "Bluesky answered with 401: “Invalid identifier or password”."
    )


def test_without_x_keys_another_network_still_leaves(practice):
    without = dict.fromkeys(("X_API_KEY", "X_API_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET"), "")
    found = examined(with_mastodon(practice, **without))
    assert found["X"].findings[0].sentence == "There are no X keys, so nothing leaves for X."


def test_x_that_says_nothing_about_writing_is_not_called_wrong():
    assert x.permission(Account("1", "FenmarchDigital", None)).verdict is Verdict.UNKNOWN


def test_an_old_schema_is_named_with_its_command(database):
    found = list(record.examine(database, Moment(NOW, Environment.of().network)))
    assert [one.verdict for one in found] == [Verdict.UNKNOWN if database.is_sqlite else Verdict.WRONG]
    assert "not made yet" in found[0].sentence


def test_a_database_out_of_reach_is_named():
    found = examined({"DATABASE_URL": "postgresql://countmein:hunter2@127.0.0.1:9/countmein"})["The record"]
    (only,) = found.findings
    assert only.verdict is Verdict.WRONG
    assert only.sentence.startswith("The database cannot be reached: ")
    assert "hunter2" not in only.sentence


def test_a_stopped_worker_and_an_old_backup_are_named(kept):
    later = NOW + 30 * DAY
    sentences = [one.sentence for one in record.examine(kept, Moment(later, Environment.of().network))]
    assert sentences[1:3] == [
        "The worker stopped 30 days ago, so nothing is being sent.",
        "The last backup is 30 days old.",
    ]


def test_offices_that_ran_out_leave_nobody_to_approve(kept):
    found = list(record.examine(kept, Moment(datetime(2100, 1, 1, 9, tzinfo=UTC), Environment.of().network)))
    assert found[-1].sentence == (
        "Nobody is in the steering group, so no announcement can be approved: it takes a different person."
    )


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (record.worker(None, NOW), Verdict.UNKNOWN),
        (record.worker(NOW - timedelta(minutes=1), NOW), Verdict.OK),
        (record.worker(NOW - timedelta(minutes=3), NOW), Verdict.WRONG),
        (record.backup(None, NOW), Verdict.WRONG),
        (record.backup(NOW - 6 * DAY, NOW), Verdict.OK),
        (record.backup(NOW - 8 * DAY, NOW), Verdict.WRONG),
        (record.approvers(0, needed=1), Verdict.WRONG),
        (record.approvers(1, needed=1), Verdict.WRONG),
        (record.approvers(2, needed=1), Verdict.OK),
        (record.approvers(2, needed=2), Verdict.WRONG),
        (record.approvers(3, needed=2), Verdict.OK),
        (machine.clock("", NOW), Verdict.UNKNOWN),
        (machine.clock("Sat, 27 Mar 2027 09:30:20 GMT", NOW), Verdict.OK),
        (machine.clock("Sat, 27 Mar 2027 09:30:30 GMT", NOW), Verdict.OK),
        (machine.clock("Sat, 27 Mar 2027 09:30:31 GMT", NOW), Verdict.WRONG),
    ],
)
def test_each_check_draws_its_line(found, verdict):
    assert found.verdict is verdict
    assert bool(found.fix) is (verdict is not Verdict.OK) or not found.fix


def test_the_time_there_is_told_in_the_networks_zone():
    environment = Environment.of(network_timezone="Asia/Tokyo")
    assert machine.time_zone(environment, NOW).sentence == (
        "Time-zone data knows Asia/Tokyo (JST): it is 6:30pm there on 27 March 2027."
    )


def test_a_disk_that_does_not_last_is_named_with_the_command(tmp_path):
    environment = Environment.of(database_url=f"sqlite:///{tmp_path}/record.db")
    (found,) = machine.disk(environment, {"DYNO": "web.1"}, "")
    assert "heroku addons:create heroku-postgresql:essential-0" in found.sentence


def test_a_folder_that_is_not_there_is_named(tmp_path):
    volume = f"/dev/vdb {tmp_path} ext4 rw 0 0\n"
    lasting = Environment.of(database_url=f"sqlite:///{tmp_path}/record.db")
    assert [one.verdict for one in machine.disk(lasting, {}, volume)] == [Verdict.OK]
    missing = Environment.of(database_url=f"sqlite:///{tmp_path}/gone/record.db")
    (found,) = machine.disk(missing, {}, volume)
    assert found.fix == "Make the folder, or change DATABASE_URL."


def test_what_is_told_needs_no_colour():
    sections = [Section("Slack", (ok("It works."), wrong("It does not.", "Turn it on.")))]
    assert telling.section(sections[0]) == (
        "Slack\n  ok      It works.\n  WRONG   It does not.\n          Do this: Turn it on.\n"
    )
    assert telling.summary(sections) == "1 thing to put right; each says how."
    assert telling.summary([Section("Slack", (ok("It works."),))]) == "Nothing is wrong."


def test_the_command_ends_with_1_while_something_is_wrong(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "SLACK_BOT_TOKEN is missing" in told.stdout
    assert told.stderr == ""
    assert list(tmp_path.iterdir()) == []
