"""What is said of the parts of a thread together, and the window that asks for a link."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coop.announcing.seeing import DeliverySeen, Seen
from coop.announcing.sending.settling import Question
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import marked_view, quoted_last
from storage.deliveries import DeliveryState

LINK_FORM = "announcing.link_form"
LINK = "link"
LONGEST_LINK = 200
HALTED = (DeliveryState.HELD, DeliveryState.REFUSED)


def link_form(one: Seen, part: int, question: Question) -> dict[str, Any]:
    """Where the part is that somebody says is out."""
    element = {"type": "plain_text_input", "max_length": LONGEST_LINK}
    view = elements.modal(
        "Link of a post",
        [
            elements.section(
                f"Open part {part} of the thread on X and copy its link. Part {part + 1} then answers it. "
                f"Part {part} reads: {quoted_last(one, network='x', part=part)}"
            ),
            elements.field(LINK, f"Link of part {part}", element, hint="https://x.com/…/status/…"),
        ],
        callback_id=LINK_FORM,
        submit="Go on",
        close="Not now",
        private_metadata=json.dumps({"question": str(question)}),
    )
    return marked_view(view, one)


def numbers(parts: Sequence[int]) -> str:
    """Such as "part 1", "parts 1 and 2", "parts 1 to 5"."""
    if len(parts) == 1:
        return f"part {parts[0]}"
    return f"parts {parts[0]} {'to' if len(parts) > 2 else 'and'} {parts[-1]}"


def before(to: DeliverySeen, one: Seen) -> list[DeliverySeen]:
    """The parts of its thread before it."""
    return [each for each in one.deliveries if _place(each) == _place(to) and each.part < to.part]


def is_half_way(to: DeliverySeen, one: Seen) -> bool:
    """It did not go out, and what it would have answered did."""
    earlier = before(to, one)
    return to.state in HALTED and bool(earlier) and earlier[-1].state == DeliveryState.DELIVERED


def runs(deliveries: Iterable[DeliverySeen], one: Seen) -> Iterator[list[DeliverySeen]]:
    """Each delivery alone, but parts of one thread together that are out one after another, or wait."""
    run: list[DeliverySeen] = []
    for to in deliveries:
        if run and not _goes_with(run[-1], to, one):
            yield run
            run = []
        run.append(to)
    if run:
        yield run


def waits(to: DeliverySeen, one: Seen) -> bool:
    """Its thread has begun, and not come to it."""
    begun = any(each.state != DeliveryState.SCHEDULED or each.reason for each in before(to, one))
    return to.state == DeliveryState.SCHEDULED and not to.reason and begun


def _goes_with(last: DeliverySeen, to: DeliverySeen, one: Seen) -> bool:
    if to.parts == 1 or _place(last) != _place(to):
        return False
    return _kind(last, one) == _kind(to, one) is not None


def _kind(to: DeliverySeen, one: Seen) -> tuple[str, str] | None:
    """What it is like enough for to be told of with others; None where it stands for itself."""
    if to.state == DeliveryState.DELIVERED and to.settled_by is None:
        return "out", to.takedown.state if to.takedown else ""
    if waits(to, one):
        return "waits", ""
    stopped = to.state == DeliveryState.HELD and to.hold == "stopped"
    return ("stopped", "") if stopped else None


def _place(to: DeliverySeen) -> tuple[str, str]:
    return to.network, to.target
