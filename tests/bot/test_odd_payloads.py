"""Signed, but not as Slack says it: each field of each payload with something else in its place.

Whatever comes, the answer is 200 or 400, and what stands in the record afterwards can be read.
"""

import random
from concurrent.futures import Future

import pytest

from bot.entrance.shape import Malformed
from storage.base import Base
from tests.bot.acts import ACTS
from tests.bot.front_door import Noted, command, event, house, opened
from tests.bot.oddities import changed, paths

ODD = (
    None,
    True,
    7,
    -1.5,
    "",
    "x" * 5_000,
    [],
    [[]],
    {},
    {"a": {"b": []}},
    "<!channel>",
    "é",
    "\x1b[31m",
    "1",
)
UNSTORABLE = ("\0", "a\0b", "\ud800", "\udfff tail")
EVENTS = [name for name in ACTS if name.startswith(("event ", "message "))]
OTHERS = [name for name in ACTS if name not in EVENTS]
TRIES = 12


def status(door, payload):
    try:
        taken = door.take(payload)
    except Malformed:
        return 400
    return taken.result(15).status if isinstance(taken, Future) else taken.status


@pytest.mark.parametrize("name", EVENTS)
def test_no_odd_event_fails(fronts, name):
    """An event that fails is delivered again and again."""
    with fronts.opened("http") as front:
        for path in paths(front.payload(name, ACTS[name].by)):
            for odd in ODD:
                payload = front.payload(name, ACTS[name].by)  # under a key of its own
                assert status(front.house.door, changed(payload, path, odd)) in {200, 400}, (path, odd)


@pytest.mark.parametrize("name", OTHERS)
def test_no_odd_command_press_or_form_fails(fronts, name):
    chance = random.Random(name)
    with fronts.opened("http") as front:
        everywhere = list(paths(front.payload(name, ACTS[name].by)))
        for _ in range(TRIES):
            path, odd = chance.choice(everywhere), chance.choice(ODD)
            payload = front.payload(name, ACTS[name].by)
            assert status(front.house.door, changed(payload, path, odd)) in {200, 400}, (path, odd)


TEMPLATES = [
    command("note"),
    event("message", text="a note", channel="C1", channel_type="channel", user="U1", ts="1.1"),
    event("team_join", user={"id": "U9", "team_id": "T100"}),
]


@pytest.mark.parametrize("payload", TEMPLATES, ids=["command", "message", "team_join"])
def test_what_no_database_keeps_is_called_malformed(database, payload):
    made = house(database.url.render_as_string(hide_password=False), Noted().listen())
    Base.metadata.create_all(made.database.writer)
    opened(made)
    key = "event_id" if "event" in payload else "trigger_id"
    tries = [(path, odd) for path in paths(payload) for odd in UNSTORABLE]
    for number, (path, odd) in enumerate(tries):
        fresh = {**payload, key: f"{key} {number}"}
        expected = {400} if path == (key,) else {200, 400}
        assert status(made.door, changed(fresh, path, odd)) in expected, (path, odd)
    made.door.close(lambda _is_idle: None)
    made.database.dispose()
