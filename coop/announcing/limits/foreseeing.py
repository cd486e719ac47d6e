"""Before anybody agrees: what the month costs with it, what it comes close to, and what it repeats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from coop import words
from coop.announcing import content, networks, scheduling, seeing
from coop.announcing.content import Target
from coop.announcing.limits import bars, caps
from coop.announcing.limits.foreseen import NOTHING, Alike, Clash, Foreseen, Spend
from coop.announcing.moment import Moment
from coop.announcing.seeing import DeliverySeen, Seen
from coop.publishing import Image, Publisher
from storage import foreseeing
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState, Hold

CLOSE = timedelta(hours=2)
LATELY = timedelta(days=30)
# Comparing takes time with the square of the length: what tells two announcements apart stands in the first.
COMPARED = 500
NEARLY = 0.85
NAMED = 3  # of each kind: more would hide the announcement
_LINK = re.compile(r"https?://\S+")
_GAPS = re.compile(r"\s+")


def warned(session: Session, one: Seen, *, publishers: Mapping[str, Publisher], moment: Moment) -> Seen:
    """The same, with what is foreseen of it while something of it is still to go out by itself."""
    return replace(one, foreseen=foresee(session, one, publishers=publishers, moment=moment))


def foresee(session: Session, one: Seen, *, publishers: Mapping[str, Publisher], moment: Moment) -> Foreseen:
    waiting = [to for to in one.deliveries if _is_waiting(to)]
    if not waiting or one.state == AnnouncementState.WITHDRAWN:
        return NOTHING
    at = max(one.due_at or scheduling.after_countdown(moment), moment.now)
    accounts = [scheduling.account_of(Target(to.network, to.target)) for to in waiting]
    day = words.today_in(at, one.zone)
    return Foreseen(
        spend=_spend(session, one, waiting, day, publishers, moment),
        clashes=_clashes(session, one, accounts, at),
        alike=_alike(session, one, accounts, moment),
        blackouts=_blackouts(session, one, day, moment) if one.is_coming else (),
    )


def likeness(ours: str, theirs: str) -> float:
    """From 0 to 1, of the first words, case, gaps and links aside."""
    first, second = _plain(ours)[:COMPARED], _plain(theirs)[:COMPARED]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
        return 0.0
    return matcher.ratio()


def is_equal(ours: str, theirs: str) -> bool:
    """The same but for case, gaps and where links lead."""
    return _plain(ours) == _plain(theirs)


def price(one: Seen, network: str, publishers: Mapping[str, Publisher], *, part: int = 1) -> int:
    """What a network asks today for that part of it, in tenths of a US cent; 0 where it is not set up."""
    images = tuple(Image(each.sha256, each.content_type, each.alt_text, b"") for each in one.images)
    publisher = publishers.get(network)
    return publisher.price(content.leaving(one, network, images, part=part)) if publisher else 0


def _is_waiting(to: DeliverySeen) -> bool:
    states = (DeliveryState.SCHEDULED, DeliveryState.HELD, DeliveryState.REFUSED)
    return to.state in states and to.hold != Hold.BY_HAND


def _spend(
    session: Session,
    one: Seen,
    waiting: Sequence[DeliverySeen],
    day: date,
    publishers: Mapping[str, Publisher],
    moment: Moment,
) -> Spend | None:
    """None where it costs nothing."""
    asked = [price(one, to.network, publishers, part=to.part) for to in waiting]
    if not sum(asked):
        return None
    month, cents = day.replace(day=1), moment.settings.most_cents_per_month
    is_this = month == moment.today.replace(day=1)
    before = caps.spent_this_month(session, moment) if is_this else 0
    return Spend(month, sum(asked), before, None if cents is None else cents * 10)


def _blackouts(session: Session, one: Seen, day: date, moment: Moment) -> tuple[str, ...]:
    row = seeing.named(session, one.id)
    return tuple(bar.said for bar in bars.of_day(session, row, day, moment))


def _clashes(session: Session, one: Seen, accounts: Sequence[str], at: datetime) -> tuple[Clash, ...]:
    found = foreseeing.between(session, accounts, at - CLOSE, at + CLOSE, but=one.id)
    beside = [each for each in found if each.network != networks.BY_HAND]
    return tuple(
        Clash(content.title(each.text), Target(each.network, each.target), each.at) for each in beside[:NAMED]
    )


def _alike(session: Session, one: Seen, accounts: Sequence[str], moment: Moment) -> tuple[Alike, ...]:
    """Each announcement once, by the last time it left."""
    left = foreseeing.left_since(
        session, accounts, moment.now - LATELY, but=one.id, rehearsal=moment.settings.rehearsal
    )
    said = {
        (each.announcement_id, ours, each.text): each
        for each in reversed(left)
        for ours in content.parts(one, each.network)
    }
    found = {
        number: Alike(content.title(theirs), Target(each.network, each.target), each.at, equal)
        for (number, ours, theirs), each in said.items()
        if (equal := is_equal(ours, theirs)) or likeness(ours, theirs) >= NEARLY
    }
    return tuple(sorted(found.values(), key=lambda each: (not each.equal, -each.at.timestamp()))[:NAMED])


def _plain(text: str) -> str:
    return _GAPS.sub(" ", _LINK.sub("link", text)).strip().casefold()
