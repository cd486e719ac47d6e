"""Whatever asks for data or money names two officers and the official page, wherever the product says it."""

import re

import pytest

from bot.wiring import listens
from storage.outbox import OutboxRow
from tests.bot.acts import ACTS, listed
from tests.bot.world import SETTINGS
from tests.handlers.blocks.walking import asks

PEOPLE = ("guest", "nobody", "applicant", "owing", "member", "just left", "treasurer", "steering")
NAMED = ("<@UTREASURER> (the treasurer)", "<@USECRETARY> (the secretary)", SETTINGS.official_page)
# What of the product asks somebody for something, as `tests.bot.acts` calls it.
ASKING = {
    "/member", "/member join", "/member details", "/countmein", "/join",
    "press joining.open", "press details.change", "press fees.how_to_pay",
    "submit joining.form",
    "message answer", "message answer_in_channel", "event app_home_opened",
}  # fmt: skip
KINDS = {"fee_to_pay", "founder_entered"}


@pytest.fixture
def front(fronts):
    with fronts.opened("http") as front:
        yield front


def shown(front, name, who):
    front.slack.calls.clear()
    answer = front.way.send(front.payload(name, who))
    assert answer.done, (name, who)
    drawn = [one for one in (answer.body, *front.slack.shown()) if one]
    posted = [given for method, given in front.slack.calls if method == "chat.postMessage"]
    return [one.get("view", one) for one in [*drawn, *posted]]


def silent(drawn):
    return not all(name in str(drawn) for name in NAMED)


def test_whatever_anybody_is_answered(front):
    asking, found = set(), []
    for name in sorted(set(listed(listens())) & set(ACTS)):
        for who in PEOPLE:
            drawn = [one for one in shown(front, name, who) if asks(one)]
            asking.update({name} if drawn else ())
            found += [(name, who, one) for one in drawn if silent(one)]
    assert (found, asking) == ([], ASKING)


def test_whatever_is_written_to_anybody_names_the_officers_of_its_day(front):
    """Founders were written to before the network had a treasurer."""
    for name, who in (("press approving.approve", "steering"), ("press fees.undo", "treasurer")):
        shown(front, name, who)
    with front.deps.read() as session:
        rows = [(row.kind, row.facts) for row in session.query(OutboxRow) if row.kind in KINDS]
    assert {kind for kind, _ in rows} == KINDS
    for kind, facts in rows:
        text = front.house.listen.renders[kind](facts, front.deps).text
        officers = re.findall(r"<@(\w+)>", text)
        assert (len(set(officers)), SETTINGS.official_page in text) == (2, True), text
