"""A thread that stops half-way: what goes wrong at its second part, what people are told, what they press."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from coop import publishing
from coop.announcing import taking_down, telling
from coop.announcing.sending import settling
from coop.announcing.sending.settling import Question
from storage.outbox import OutboxRow
from tests import lanes
from tests.announcing import Group
from tests.evidence.points import X
from tests.evidence.practice_world import World

OFFERS = ("Go on", "Take down what is out")


@dataclass
class SpoiltHalfWay:
    """Publishes through `well` until something is to answer another post; that is spoilt, and goes `badly`."""

    well: Any
    badly: Any
    spoil: Callable[[], None]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.well, name)

    def publish(self, attempt: publishing.Attempt) -> publishing.Outcome:
        if attempt.reply_to is None:
            return self.well.publish(attempt)  # type: ignore[no-any-return]
        self.spoil()
        return self.badly.publish(attempt)  # type: ignore[no-any-return]


def is_told(world: World, group: Group, announcement_id: int) -> bool:
    """Whether one note says which part is out and, where a person can, offers both ways on."""
    with group.database.read() as session:  # type: ignore[attr-defined]
        mine = select(OutboxRow).where(OutboxRow.kind == telling.HALF_WAY)
        rows = [row.facts for row in session.scalars(mine) if row.facts["announcement"] == announcement_id]
    notes = [world.renders[telling.HALF_WAY](facts, group.deps) for facts in rows]
    said = [note.text for note in notes if note]
    is_refused = group.states(announcement_id)[-2:] == ["refused", "scheduled"]
    offers = OFFERS if is_refused else ()
    return len(said) == 1 and all(words in said[0] for words in ("part 1 of 3 is out", *offers))


def press(world: World, group: Group, announcement_id: int, wish: str) -> None:
    """What the fault's name says: go on, or take down what is out."""
    world.controls.asked("x/switches", own_replies=True)
    with group.acting() as (session, facts):
        if OFFERS[0] in wish:
            second = group.see(announcement_id).deliveries[1]
            question = Question(second.id, second.attempt_no)
            settling.try_again(session, question=question, by=group.carys, **facts)
        else:
            reason = "X takes no threads"
            taking_down.ask(
                session, announcement_id=announcement_id, where=None, reason=reason, by=group.carys, **facts
            )
    if OFFERS[1] in wish:
        lanes.take_down(replace(group.deps, publishers={X: world.publishers[X]}), group.clock.now)
