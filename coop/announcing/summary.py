"""A month of announcements in a few figures, for the steering channel."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop.announcing import telling
from coop.announcing.moment import Moment
from coop.announcing.spans import Length, Span
from coop.settings import Settings
from storage import caps, people, proof, takedowns
from storage import summary as counts
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState
from storage.proof import Kept

Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Summary:
    """`networks` are (network, how many went out, what it cost in tenths of a US cent: posts, those in doubt
    too, and deletions). Who proposed and who approved are as `people.mentionable` has them. `unpriced` went
    out before prices were kept.
    """

    month: Span
    networks: tuple[tuple[str, int, int], ...]
    held: int
    refused: int
    in_doubt: int
    withdrawn: int
    proposed: Counted
    approved: Counted
    unpriced: int = 0
    taken_down: int = 0

    @property
    def out(self) -> int:
        return sum(count for _, count, _ in self.networks)

    @property
    def cost(self) -> int:
        return sum(price for *_, price in self.networks)

    @property
    def is_empty(self) -> bool:
        return not any(
            (
                self.networks,
                self.taken_down,
                self.held,
                self.refused,
                self.in_doubt,
                self.withdrawn,
                self.proposed,
            )
        )


def post(session: Session, *, now: datetime, settings: Settings) -> None:
    """Queue the summary of the month before, if there was anything in it."""
    moment = Moment(now, settings)
    month = Span.around(moment.today, Length.MONTH).before
    if settings.steering_channel and not summary(session, first=month.first, settings=settings).is_empty:
        telling.to_channel(session, telling.MONTH, moment, month=month.first.isoformat())


def summary(session: Session, *, first: date, settings: Settings) -> Summary:
    """The month that begins on `first`, by the network's calendar. A rehearsal left nothing, at no cost."""
    month = Span.around(first, Length.MONTH)
    start, end = month.instants(settings.network_timezone)
    kept = [one for one in proof.kept_between(session, start, end) if not one.announcement.rehearsal]
    return Summary(
        month=month,
        networks=_by_network(
            _in_state(kept, DeliveryState.DELIVERED), caps.spent(session, start, end, rehearsal=False)
        ),
        held=len(_in_state(kept, DeliveryState.HELD)),
        refused=len(_in_state(kept, DeliveryState.REFUSED)),
        in_doubt=len(_in_state(kept, DeliveryState.UNCERTAIN)),
        withdrawn=_withdrawn(kept),
        proposed=_named(session, counts.proposers(session, start, end)),
        approved=_named(session, counts.approvers(session, start, end)),
        unpriced=sum(_is_unpriced(one) for one in _in_state(kept, DeliveryState.DELIVERED)),
        taken_down=takedowns.taken_down(session, start, end),
    )


def _by_network(out: Iterable[Kept], spent: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    count = Counter(one.delivery.network for one in out)
    return tuple((network, count[network], spent.get(network, 0)) for network in sorted({*count, *spent}))


def _is_unpriced(one: Kept) -> bool:
    return one.attempt is not None and one.attempt.price is None


def _in_state(kept: Iterable[Kept], state: DeliveryState) -> list[Kept]:
    return [one for one in kept if one.delivery.state == state]


def _withdrawn(kept: Iterable[Kept]) -> int:
    rows = [one.announcement for one in kept if one.announcement.state == AnnouncementState.WITHDRAWN]
    return len({row.id for row in rows})


def _named(session: Session, counted: Sequence[tuple[int, int]]) -> Counted:
    return tuple((people.mentionable(session, person), count) for person, count in counted)
