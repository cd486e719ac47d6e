"""`countmein erase` as it is typed, on both databases."""

from contextlib import chdir
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.command_line import app
from coop import joining, leaving, offices
from coop.details import Form
from coop.joining import Account
from coop.settings import JoinApproval, Settings
from storage import drafts, log, members, people, revisions
from storage.members import Application, CeaseReason
from storage.offices import Role

THEN = datetime(2026, 3, 27, 9, 30, tzinfo=UTC)
OPEN = Settings(network_name="Barset Digital")
STEERED = OPEN.model_copy(update={"join_approval": JoinApproval.STEERING, "steering_channel": "GSTEER"})
FORM = Form("Asha Patel", "asha@barsetshire.example", is_old_enough=True, agrees=True)
STRANGER = "Nobody with the Slack member ID UASHA is in the record. Nothing changed.\n"


@pytest.fixture
def typed(database, tmp_path):
    """Type a command at the database; nothing of this machine's settings is seen."""
    with database.write() as session:
        session.execute(text("create table alembic_version (version_num varchar(32) primary key)"))
        session.execute(text("insert into alembic_version values (:head)"), {"head": revisions.HEAD})

    def run(*words, answer="", **settings):
        surroundings = {"DATABASE_URL": database.url.render_as_string(hide_password=False), **settings}
        return CliRunner(env=surroundings).invoke(app, [*words], input=answer)

    with chdir(tmp_path):
        yield run


def joins(database, settings=OPEN, at=THEN):
    with database.write() as session:
        joining.apply(session, account=Account("T1", "UASHA"), form=FORM, settings=settings, now=at)
        person_id = people.person_id_of(session, "T1", "UASHA")
        drafts.keep(
            session, window="w", owner_id=person_id, announcement_id=None, entered={"text": "Mine"}, now=at
        )
    return person_id


def leaves(database, at=THEN + timedelta(days=1)):
    with database.write() as session:
        leaving.leave(session, team_id="T1", user_id="UASHA", settings=OPEN, now=at)


def known(database, person_id):
    """Name, e-mail, number, account and drafts; and what the log says in words."""
    with database.read() as session:
        row = people.person(session, person_id)
        assert list(log.broken_links(session)) == []
        said = " ".join(detail.value for detail in session.query(log.LogDetail))
        return (
            (row.name, row.email, row.member_number, people.slack_user_of(session, person_id)),
            len(drafts.drafts_of(session, person_id)),
            ("Asha Patel" in said, "asha@barsetshire.example" in said),
        )


WHOLE = (("Asha Patel", "asha@barsetshire.example", 1, "UASHA"), 1, (True, True))


def test_of_a_former_member_what_the_register_needs_is_kept_and_the_rest_erased(typed, database):
    person_id = joins(database)
    leaves(database)
    erased = typed("erase", "<@UASHA|asha>", answer="y\n", LEGAL_FORM="society")
    assert erased.exit_code == 0
    assert erased.output == (
        "Asha Patel is not a member any more.\n"
        "This is erased for good:\n"
        "  - their e-mail\n"
        "  - which Slack account is theirs\n"
        "  - announcements they had begun to write\n"
        "This is kept:\n"
        "  - their name, number and offices, the days they were a member, and what they agreed to, because the "
        "register has to stay true for every day, as the Co-operative and Community Benefit Societies Act 2014, "
        "section 30, asks\n"
        "  - the announcements they wrote or approved, because those are the network's\n"
        "  - a wish for no more messages, if they had it\n"
        "If they come back, they get a new number.\n"
        "Erase it? [y/N]: y\n"
        "Erased. What messages said is forgotten here 30 days after they were sent; in Slack they stay until "
        "they are deleted there. Backups made before today still hold it all: delete those you need not keep.\n"
    )
    assert known(database, person_id) == (("Asha Patel", None, 1, None), 0, (True, False))
    with database.read() as session:
        last = session.query(log.LogEntry).order_by(log.LogEntry.seq.desc()).first()
        assert (last.act, last.by, last.about) == ("details erased", "command line", f"person:{person_id}")
    assert typed("erase", "UASHA", "--yes").output == STRANGER


def test_of_somebody_who_never_became_a_member_nothing_stays(typed, database):
    person_id = joins(database, STEERED)
    leaves(database)
    erased = typed("erase", "UASHA", "--yes")
    assert erased.exit_code == 0
    assert "Asha Patel never became a member.\n" in erased.output
    assert known(database, person_id) == ((None, None, None, None), 0, (False, False))
    with database.read() as session:
        assert session.query(Application).count() == 0


def test_an_expulsion_stays_known(typed, database):
    person_id = joins(database)
    leaves(database)
    with database.write() as session:
        members.last_membership(session, person_id).cease_reason = CeaseReason.EXPELLED
    erased = typed("erase", "UASHA", "--yes")
    assert "  - their Slack account, because to come back takes a decision of the members\n" in erased.output
    assert known(database, person_id)[0] == ("Asha Patel", None, 1, "UASHA")


def test_nothing_is_erased_without_a_yes(typed, database):
    person_id = joins(database)
    leaves(database)
    refused = typed("erase", "UASHA", answer="n\n")
    assert (refused.exit_code, refused.output.splitlines()[-1]) == (1, "Nothing was erased.")
    assert typed("erase", "UASHA").exit_code == 1
    assert known(database, person_id) == WHOLE


def is_a_member(database):
    return joins(database)


def is_an_officer(database):
    person_id = joins(database)
    with database.write() as session:
        term = offices.Term(Role.TREASURER, THEN.date(), date(2099, 3, 31))
        offices.grant(session, person_id=person_id, term=term, by="command line", now=THEN)
    return person_id


def has_just_left(database):
    person_id = joins(database)
    leaves(database, at=datetime.now(UTC))
    return person_id


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (is_a_member, "Asha Patel is a member, and the register needs to say who that is."),
        (is_an_officer, "Asha Patel holds an office, and members have to know who does."),
        (has_just_left, "Asha Patel left less than an hour ago and can still undo it."),
    ],
)
def test_whoever_is_needed_in_the_register_is_refused_kindly(typed, database, given, refusal):
    person_id = given(database)
    refused = typed("erase", "UASHA", "--yes")
    assert refused.exit_code == 1
    assert refused.output.startswith(refusal)
    assert refused.output.endswith("Nothing changed.\n")
    assert known(database, person_id) == WHOLE


def test_an_application_that_waits_is_refused_and_so_is_a_stranger(typed, database):
    assert typed("erase", "UASHA", "--yes").output == STRANGER
    joins(database, STEERED)
    refused = typed("erase", "UASHA", "--yes")
    assert refused.output.startswith("Asha Patel has applied and waits to become a member.")
