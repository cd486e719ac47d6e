"""The product behind its front door, for tests that send it whatever they like."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.schema import prepare
from storage.database import Database
from tests.bot import world
from tests.bot.posting import Post
from tests.bot.slack_stand_in import Slack
from tests.bot.two_ways_in import Fronts, OverSocket, slack_socket
from tests.practice import Practice
from tests.serving import Swappable, serving


@pytest.fixture(scope="session")
def slack_stand_in() -> Iterator[Slack]:
    slack = Slack(people=world.KNOWN_TO_SLACK)
    with serving(slack.application()) as url:
        slack.url = url
        yield slack


@pytest.fixture(scope="session")
def slack_end_of_the_socket() -> Iterator[OverSocket]:
    with slack_socket() as end:
        yield end


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[world.World, Path]:
    file = tmp_path_factory.mktemp("world") / "record.db"
    return world.made(file), file


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "record.db"
    record = Database(f"sqlite:///{file}")
    prepare(record)
    record.dispose()
    return file


@pytest.fixture
def record_url(migrated_file: Path, tmp_path: Path) -> str:
    """An empty record for a process of its own, which need not make it first."""
    shutil.copy(migrated_file, tmp_path / "record.db")
    return f"sqlite:///{tmp_path}/record.db"


@pytest.fixture
def plain_log() -> Iterator[None]:
    """As in production: structlog's own picture of an exception takes longer than Slack waits."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
def fronts(
    world_file: tuple[world.World, Path],
    sqlite: Database,
    slack_stand_in: Slack,
    bot_server: Swappable,
    slack_end_of_the_socket: OverSocket,
    plain_log: None,
) -> Fronts:
    """`with fronts.opened("http") as front:` runs a bot on a copy of the world."""
    made, file = world_file
    slack_stand_in.calls.clear()
    return Fronts(made, file, sqlite, slack_stand_in, bot_server, slack_end_of_the_socket)


@pytest.fixture
def post(practice: Practice) -> Post:
    """The bot's outbox, and a Slack without faults until a test orders one."""
    practice.workspace.asked("faults", clear=True)
    return Post(practice)


@pytest.fixture
def post_on_both(practice_on_both: Practice) -> Post:
    practice_on_both.workspace.asked("faults", clear=True)
    return Post(practice_on_both)
