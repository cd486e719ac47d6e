"""`countmein founders` and `countmein role`, run as somebody types them, against the practice workspace."""

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.command_line import app
from storage.database import Database
from storage.outbox import OutboxRow
from tests.practice import user

UNTIL = "2099-03-31"


@pytest.fixture
def typed(practice, tmp_path):
    environment = practice.house.environment
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/commands.db",
        "SLACK_BOT_TOKEN": environment.slack_bot_token.get_secret_value(),
        "SLACK_SIGNING_SECRET": environment.slack_signing_secret.get_secret_value(),
        "SLACK_API_URL": environment.slack_api_url,
        "STEERING_CHANNEL": "steering",
        "NETWORK_NAME": "Fenmarch Digital Network",
        "OFFICIAL_PAGE": "https://fenmarch.example/membership",
    }

    def type_in(*words):
        return CliRunner().invoke(app, words, env=variables)

    return type_in


def test_founders_become_members_and_the_steering_group(typed, tmp_path):
    said = typed("founders", user("asha"), f"<@{user('bryn')}|bryn>", "--until", UNTIL)
    assert said.exit_code == 0
    assert said.stdout == (
        "Asha Pennington is a member of the steering group until 31 March 2099.\n"
        "Bryn Callow is a member of the steering group until 31 March 2099.\n"
        "They are told by direct message as soon as the bot runs.\n"
    )
    listed = typed("role", "list").stdout.splitlines()
    assert listed == [
        f"{user('asha')}  steering  until 31 March 2099  Asha Pennington",
        f"{user('bryn')}  steering  until 31 March 2099  Bryn Callow",
    ]
    database = Database(f"sqlite:///{tmp_path}/commands.db")
    with database.read() as session:
        assert session.scalars(select(OutboxRow.kind)).all() == ["founder_entered", "founder_entered"]
    database.dispose()


def test_an_office_is_given_and_ended(typed):
    typed("founders", user("asha"), user("bryn"), "--until", UNTIL)
    given = typed("role", "grant", user("bryn"), "treasurer", "--until", UNTIL)
    assert given.stdout == "Bryn Callow is the treasurer until 31 March 2099.\n"
    assert len(typed("role", "list").stdout.splitlines()) == 3
    ended = typed("role", "end", user("bryn"), "treasurer")
    assert ended.stdout == "Bryn Callow is not the treasurer any more.\n"
    assert len(typed("role", "list").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("founders", "U000000ASHA", "--until", UNTIL), "A steering group needs at least two people."),
        (("founders", "U000000ASHA", "U000000INES", "--until", UNTIL), "U000000INES was refused"),
        (("founders", "U000000ASHA", "U0NOBODY", "--until", UNTIL), "U0NOBODY was refused"),
        (("role", "grant", "U0NOBODY", "steering", "--until", UNTIL), "Nobody with the Slack member ID"),
        (
            ("role", "end", "U0NOBODY", "steering"),
            "U0NOBODY is in the record.",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(typed, words, refusal):
    said = typed(*words)
    assert said.exit_code == 1
    assert refusal in said.stderr
    assert typed("role", "list").stdout == (
        "Nobody holds an office yet. `countmein founders` enters the first members.\n"
    )
