"""In a rehearsal everything that is said about announcements begins by saying so, to everybody and always."""

from datetime import timedelta

import pytest

from coop.announcing import seeing
from coop.announcing.moment import Moment
from handlers import announcements
from handlers.blocks.announcing.announcement import BANNER, REHEARSAL
from handlers.listening import Listen
from storage.deliveries import Hold
from tests.bot.acts import ACTS, listed
from tests.bot.world import SETTINGS

REHEARSED = SETTINGS.model_copy(update={"rehearsal": True})
OURS = Listen()
announcements.register(OURS)
# Answered by nothing that anybody reads: they keep what was typed.
SILENT = {"press entered", "close announcing.form", "close announcing.describe"}


@pytest.fixture
def front(fronts):
    with fronts.opened("http", settings=REHEARSED) as front:
        yield front


def begins(drawn):
    """What somebody is shown, from its first words on."""
    if "errors" in drawn:
        return next(iter(drawn["errors"].values()))
    if "view" in drawn:
        return begins(drawn["view"])
    return drawn["text"] if "text" in drawn else drawn["blocks"][0]["text"]["text"]


def heard(front, name, who):
    """Everything they are shown when they do it."""
    front.slack.calls.clear()
    answer = front.way.send(front.payload(name, who))
    assert answer.done, (name, who)
    return [begins(each) for each in [answer.body, *front.slack.shown()] if each]


@pytest.mark.parametrize("name", sorted(listed(OURS)))
def test_whoever_does_it_hears_so_when_it_is_done_and_when_it_is_refused(front, name):
    """The steering group does it twice: what was done the first time is refused the second."""
    ACTS[name].given(front.deps)
    said = [text for who in ("nobody", "writer", "steering", "steering") for text in heard(front, name, who)]
    assert [text for text in said if not text.removeprefix("*").startswith(REHEARSAL)] == []
    assert len(said) == (0 if name in SILENT else 4)


def test_whatever_is_sent_by_itself_says_it(front):
    number = front.world.ids["counting down"]
    with front.deps.read() as session:
        moment = Moment(front.deps.now(), front.deps.settings)
        delivery = seeing.seen(session, number, moment).deliveries[0].id
    soon = (front.deps.now() + timedelta(minutes=10)).isoformat()
    facts = {
        "announcement": number, "announcements": [number], "delivery": delivery, "attempt": 1, "url": "",
        "by": "USTEERING", "to": "USTEERING", "voided": [], "comment": "Shorter.", "reason": "", "fix": "",
        "hold": Hold.LATE, "due_at": soon, "again_at": soon, "counts_down": True, "asked": 1,
        "going": [delivery], "sha256": "", "was_gone": False, "missing": 0, "lifted": [], "now": True,
        "first_day": "2027-05-04", "last_day": "2027-05-06", "inside": 1,
        "month": "2027-03-01",
        "series": front.world.ids["series"], "waiting_series": [front.world.ids["series"]], "day": "2027-04-05", "days": ["2027-04-05"],
        "trouble": front.world.ids["trouble"], "title": "A title", "freed": 1, "kept": 1,
    }  # fmt: skip
    for kind, draw in OURS.renders.items():
        message = draw(facts, front.deps)
        assert (message.text.startswith(REHEARSAL), message.blocks[0]) == (True, BANNER), kind
