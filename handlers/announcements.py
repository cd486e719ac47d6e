"""Everything about announcements; in a rehearsal all that is said of them begins by saying so."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers.announcing import (
    approving,
    blackouts,
    calendar,
    calendar_address,
    describing,
    drafting,
    listing,
    meant,
    overriding,
    proposing,
    reusing,
    series,
    series_planning,
    series_runs,
    settling,
    stopping,
    summary,
    taking_down,
    threads,
    troubles,
)
from handlers.answers import Answer, OpenView, Reply, UpdateView
from handlers.blocks.announcing.announcement import REHEARSAL, marked, marked_view
from handlers.blocks.message import Message
from handlers.listening import Listen

PARTS: tuple[ModuleType, ...] = (
    proposing,
    meant,
    drafting,
    reusing,
    describing,
    approving,
    stopping,
    settling,
    threads,
    taking_down,
    listing,
    calendar,
    calendar_address,
    summary,
    overriding,
    blackouts,
    troubles,
    series,
    series_planning,
    series_runs,
)


def rehearsed(act: Callable[[Any, Deps], Any]) -> Callable[[Any, Deps], Any]:
    """The same handler or drawing, which in a rehearsal begins by saying so: in a refusal and a field too."""

    def said(asked: Any, deps: Deps) -> Any:
        if not deps.settings.rehearsal:
            return act(asked, deps)
        try:
            return _marked(act(asked, deps))
        except FieldError as refused:
            raise FieldError(refused.block_id, f"{REHEARSAL} {refused.text}") from refused
        except UserError as refused:
            raise UserError(f"{REHEARSAL} {refused.text}") from refused

    return said


def _marked(said: Answer | Message | None) -> Answer | Message | None:
    match said:
        case Message():
            return marked(said)
        case Reply(message=message):
            return replace(said, message=marked(message))
        case OpenView(view=view) | UpdateView(view=view):
            return replace(said, view=marked_view(view))
    return said


def register(listen: Listen) -> None:
    ours = replace(listen, through=rehearsed)  # the same tables: only what goes into them goes through it
    for part in PARTS:
        part.register(ours)
