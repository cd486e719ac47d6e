"""`countmein announcements export`, as it is typed: one row for each delivery, safe in a spreadsheet, private."""

import csv
import io
import json
import stat
from contextlib import chdir
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from bot.command_line import app
from coop import offices
from coop.announcing.content import Target
from storage.database import Database
from storage.log import LogEntry
from storage.offices import Role
from tests import lanes
from tests.announcing import Clock, Group, utc, wall

FORMULA = "=HYPERLINK(\"https://evil.example\") & 'more', in\ntwo lines"
BOTH = (Target("x"), Target("slack", "C0NEWS"))


@pytest.fixture
def typed(tmp_path):
    """Type a command at a database of its own; nothing of this machine's settings is seen."""

    def run(*words):
        return CliRunner(env={"DATABASE_URL": f"sqlite:///{tmp_path}/record.db"}).invoke(app, [*words])

    with chdir(tmp_path):
        yield run


@pytest.fixture
def group(typed, tmp_path):
    """One out on two networks, approved by Bryn, whose term then ends; one waiting for its time."""
    typed("migrate")
    database = Database(f"sqlite:///{tmp_path}/record.db")
    made = Group(database, Clock(utc(27, 9, 30)))
    out = made.propose(FORMULA, targets=BOTH).id
    made.approve(out)
    lanes.tick(made.deps, made.clock.forward(minutes=10))
    made.propose("At nine.", wall=wall(), by=made.carys)
    with database.write() as session:
        facts = {"by": "command line", "today": made.clock.now.date(), "now": made.clock.now}
        offices.end(session, person_id=made.bryn, role=Role.STEERING, **facts)
    yield made
    database.dispose()


def test_json_says_all_that_can_be_shown_of_each_delivery(typed, group):
    found = json.loads(typed("announcements", "export", "--format", "json").stdout)
    out, slack, waiting = found.pop("deliveries")
    seen = group.see(1)
    assert found == {"network": "our network", "zone": "Europe/London"}
    assert out == {
        "announcement": 1, "delivery": 1, "network": "x", "target": "", "part": 1, "parts": 1,
        "state": "delivered",
        "held_because": None, "rehearsal": False, "text": FORMULA, "images": [],
        "content_hash": seen.content_hash, "revision": 1, "proposed_by": "U0Asha",
        "proposed_at": "2027-03-27T09:30:00Z", "approved": [{"by": "U0Bryn", "at": "2027-03-27T09:30:00Z"}],
        "wall_date": None, "wall_time": None, "zone": "Europe/London", "due_at": "2027-03-27T09:40:00Z",
        "attempts": 1, "tried_at": "2027-03-27T09:40:00Z", "tried_sha256": sha256(FORMULA.encode()).hexdigest(),
        "price_tenths_of_us_cent": 200, "delivered_at": "2027-03-27T09:40:00Z",
        "delivered_on_the_word_of": None, "remote_id": "x-1", "url": "https://x.example/1", "reason": None,
        "take_down": None, "taken_down_at": None, "taken_down_because": None, "taken_down_by": None,
        "price_to_take_down_tenths_of_us_cent": None,
    }  # fmt: skip
    assert (slack["network"], slack["target"], slack["remote_id"]) == ("slack", "C0NEWS", "slack-1")
    facts = ("state", "proposed_by", "approved", "wall_date", "wall_time", "due_at", "tried_at")
    assert [waiting[fact] for fact in facts] == [
        "scheduled", "U0Carys", [], "2027-03-30", "09:00:00", "2027-03-30T08:00:00Z", None,
    ]  # fmt: skip


def test_csv_runs_nothing_in_a_spreadsheet_and_has_the_same_columns_when_empty(typed, group):
    rows = list(csv.DictReader(io.StringIO(typed("announcements", "export").stdout.removeprefix("\ufeff"))))
    assert [row["text"] for row in rows] == [f"'{FORMULA}", f"'{FORMULA}", "At nine."]
    assert (rows[0]["approved_by"], rows[0]["approved_at"]) == ("U0Bryn", "2027-03-27T09:30:00Z")
    none = typed("announcements", "export", "--to", "2027-03-26").stdout.removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(none))) == list(rows[0])
    assert len(none.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--from", "2027-03-28"), 1),
        (("--to", "2027-03-27"), 2),
        (("--from", "2027-03-27", "--to", "2027-03-30"), 3),
        (("--from", "0001-01-01", "--to", "9999-12-31"), 3),
    ],
)
def test_days_are_both_included(typed, group, words, count):
    exported = json.loads(typed("announcements", "export", "--format", "json", *words).stdout)
    assert len(exported["deliveries"]) == count


def test_a_file_is_its_owners_alone_and_never_overwritten(typed, group, tmp_path):
    written = typed("announcements", "export", "proof.csv")
    file = tmp_path / "proof.csv"
    assert (written.output, written.exit_code) == ("3 deliveries written to proof.csv.\n", 0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    again = typed("announcements", "export", "proof.csv", "--format", "json")
    refusal = "proof.csv is there already and was not touched. Name a new file.\n"
    assert (again.output, again.exit_code, file.read_bytes()) == (refusal, 1, content)
    with group.database.read() as session:
        assert session.query(LogEntry).filter_by(act="announcements exported").count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--from", "yesterday"),
            "--from yesterday is not a day. Write it as 2027-06-04. Nothing was written.",
        ),
        (
            ("--to", "2027-02-30"),
            "--to 2027-02-30 is not a day. Write it as 2027-06-04. Nothing was written.",
        ),
        (
            ("--from", "2027-04-01", "--to", "2027-03-01"),
            "--from 2027-04-01 is after --to 2027-03-01, so no day is between them. Nothing was written.",
        ),
    ],
)
def test_days_that_are_none_are_refused_in_a_sentence(typed, words, sentence):
    refused = typed("announcements", "export", *words)
    assert (refused.exit_code, refused.output) == (2, f"{sentence}\n")
