"""What is foreseen of an announcement, for those who are about to agree to it."""

from collections.abc import Iterator

from coop import words
from coop.announcing import networks, times
from coop.announcing.limits import blackouts
from coop.announcing.limits.foreseen import Alike, Clash, Spend
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, in_our_words, in_quotes, named, within
from handlers.blocks.announcing.buttons import SEND_ALL_THE_SAME
from handlers.blocks.message import Block


def lines(one: Seen, scene: Scene) -> list[str]:
    """What keeps it back comes first, what it costs last."""
    return [*_periods(one), *_warnings(one, scene)]


def blocks(one: Seen, scene: Scene, *, reader: str = "", pressed: bool = True) -> list[Block]:
    """As `lines`; with a button to let it out of a period, where one can be `pressed` and its writer is not
    the reader.
    """
    drawn: list[Block] = []
    if said := "\n".join(_periods(one)):
        can = pressed and one.is_coming and reader != one.owner
        drawn.append(elements.section(said, accessory=_let_out(one) if can else None))
    if said := "\n".join(_warnings(one, scene)):
        drawn.append(elements.context(said))
    return drawn


def _periods(one: Seen) -> list[str]:
    if not one.foreseen.blackouts:
        return []
    said = in_our_words(blackouts.together(one.foreseen.blackouts))
    who = "Anybody on the steering group but its writer can let it out."
    all_shown = " `/announce blackout` shows them all." if len(one.foreseen.blackouts) > 1 else ""
    return [f"It is held at its time: it falls into {said}. {who}{all_shown}"]


def _warnings(one: Seen, scene: Scene) -> Iterator[str]:
    for alike in one.foreseen.alike:
        yield _repeats(alike, scene)
    for clash in one.foreseen.clashes:
        yield _is_close(clash, scene)
    spend = one.foreseen.spend
    # The first of a month with no cap costs what is said beside its length already.
    if spend and (spend.before or spend.cap is not None):
        yield _costs(spend, scene)


def _repeats(alike: Alike, scene: Scene) -> str:
    same = "The same words" if alike.equal else "Nearly the same words"
    place, gone = networks.place(alike.target, scene.settings), times.dated(alike.at, scene.zone)
    refuses = alike.equal and alike.target.network == networks.X
    may = " X may refuse the same words again." if refuses else ""
    return f"{same} went out {place} on {gone}: {in_quotes(within(alike.title))}.{may}"


def _is_close(clash: Clash, scene: Scene) -> str:
    place, at = networks.place(clash.target, scene.settings), times.dated(clash.at, scene.zone)
    return f"Within two hours of another {place}: {in_quotes(within(clash.title))}, {at}."


def _costs(spend: Spend, scene: Scene) -> str:
    this_month = words.today_in(scene.now, scene.zone).replace(day=1) == spend.month
    month = "this month" if this_month else words.on(spend.month).split(" ", 1)[1]
    total = networks.dollars(spend.total)
    if spend.cap is None:
        return f"With this one, {month} costs {total}."
    most = networks.dollars(spend.cap)
    over = (
        " That is over the cap: it will be held unless somebody sends it all the same."
        if spend.is_over
        else ""
    )
    return f"With this one, {month} costs {total}; at most {most} may be spent.{over}"


def _let_out(one: Seen) -> dict[str, object]:
    label = "Let it out"
    return elements.button(
        label, action_id=SEND_ALL_THE_SAME, names=f"{label}: {named(one)}", value=str(one.id)
    )
