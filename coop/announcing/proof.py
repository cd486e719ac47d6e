"""What can be shown of each delivery: what left, who proposed and approved it, when, and where it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop.announcing import content, seeing
from storage import proof, takedowns
from storage.announcements import Announcement, Approval
from storage.attempts import Attempt
from storage.caps import OUT
from storage.pictures import AnnouncementImage
from storage.proof import Kept
from storage.takedowns import Takedown

EARLIEST, LATEST = date(1970, 1, 2), date(9999, 12, 30)  # where every zone's midnight is a date in UTC


@dataclass(frozen=True)
class Approved:
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Picture:
    sha256: str
    alt_text: str


@dataclass(frozen=True)
class Delivered:
    """One delivery. `take_down` is whether somebody wants it taken down: wanted, done, or left to a person.
    `text` is what left or, until something has, what would; `content_hash` is of everything
    that was agreed to then, `tried_sha256` of the text and pictures of the try. Instants are UTC. A price is
    what it cost, or may have: what certainly did not go out cost nothing.
    """

    announcement: int
    delivery: int
    network: str
    target: str
    part: int
    parts: int
    state: str
    held_because: str | None
    rehearsal: bool
    text: str
    images: tuple[Picture, ...]
    content_hash: str
    revision: int
    proposed_by: str
    proposed_at: datetime
    approved: tuple[Approved, ...]
    wall_date: date | None
    wall_time: time | None
    zone: str
    due_at: datetime | None
    attempts: int
    tried_at: datetime | None
    tried_sha256: str | None
    price_tenths_of_us_cent: int | None
    delivered_at: datetime | None
    delivered_on_the_word_of: str | None
    remote_id: str | None
    url: str | None
    reason: str | None
    take_down: str | None = None
    taken_down_at: datetime | None = None
    taken_down_by: str | None = None
    taken_down_because: str | None = None
    price_to_take_down_tenths_of_us_cent: int | None = None


def deliveries(session: Session, *, first: date | None, last: date | None, zone: str) -> list[Delivered]:
    """Those that left, or were to leave, from `first` to `last`, both included, on the network's calendar."""
    start, end = _instants(max(first or EARLIEST, EARLIEST), min(last or LATEST, LATEST), zone)
    kept = proof.kept_between(session, start, end)
    names = proof.names(session)
    counted = proof.approvers_at_attempts(session)
    given = proof.approvals_of(session, {one.announcement.id for one in kept})
    shown = proof.images_of(session, {one.announcement.id for one in kept})
    wanted = takedowns.by_delivery(session, [one.delivery.id for one in kept])
    return [
        _with_takedown(
            _delivered(
                one,
                _texts(session, one),
                names,
                _approvals(one, counted, given),
                shown.get(one.announcement.id, ()),
            ),
            wanted.get(one.delivery.id),
            names,
        )
        for one in kept
    ]


def as_plain(one: Delivered) -> dict[str, Any]:
    """For JSON: instants as 2027-03-30T08:00:00Z, the wall time and its zone beside them."""
    return {each.name: _plain(getattr(one, each.name)) for each in fields(one)}


def as_row(one: Delivered) -> dict[str, str | int | None]:
    """For a spreadsheet: approvals and pictures in two cells each."""
    plain = as_plain(one)
    approved, images = plain.pop("approved"), plain.pop("images")
    plain["image_sha256"] = "; ".join(each["sha256"] for each in images)
    plain["image_alt_text"] = "\n".join(each["alt_text"] for each in images)
    plain["approved_by"] = "; ".join(each["by"] for each in approved)
    plain["approved_at"] = "; ".join(each["at"] or "" for each in approved)
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in plain.items()
    }


def header() -> list[str]:
    """The columns of `as_row`, also when there is no row."""
    alone = [each.name for each in fields(Delivered) if each.name not in {"approved", "images"}]
    return [*alone, "image_sha256", "image_alt_text", "approved_by", "approved_at"]


def _plain(value: object) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case tuple():
            return [{name: _plain(part) for name, part in vars(each).items()} for each in value]
    return value


def _delivered(
    one: Kept,
    texts: Sequence[str],
    names: Mapping[int, str],
    approved: Iterable[tuple[int, datetime | None]],
    images: Iterable[AnnouncementImage],
) -> Delivered:
    to, row, tried = one.delivery, one.announcement, one.attempt
    return Delivered(
        announcement=row.id,
        delivery=to.id,
        network=to.network,
        target=to.target,
        part=to.part,
        parts=max(to.part, len(texts)),
        state=to.state,
        held_because=to.hold,
        rehearsal=row.rehearsal,
        text=tried.text if tried else texts[min(to.part, len(texts)) - 1],
        images=tuple(Picture(image.sha256, image.alt_text) for image in (images if to.part == 1 else ())),
        content_hash=_hash_of(row, tried),
        revision=row.revision,
        proposed_by=names[row.owner_id],
        proposed_at=row.proposed_at,
        approved=tuple(Approved(names[person], at) for person, at in approved),
        wall_date=row.wall_date,
        wall_time=row.wall_time,
        zone=row.zone,
        due_at=to.due_at,
        attempts=to.attempt_no,
        tried_at=tried.started_at if tried else None,
        tried_sha256=tried.sha256 if tried else None,
        price_tenths_of_us_cent=(tried.price if to.state in OUT else 0) if tried else None,
        delivered_at=to.delivered_at,
        delivered_on_the_word_of=names[to.settled_by] if to.settled_by else None,
        remote_id=to.remote_id,
        url=to.url,
        reason=to.reason,
    )


def _with_takedown(one: Delivered, wish: Takedown | None, names: Mapping[int, str]) -> Delivered:
    if wish is None:
        return one
    return replace(
        one,
        take_down=wish.state,
        taken_down_at=wish.ended_at,
        taken_down_by=names[wish.asked_by],
        taken_down_because=wish.reason,
        price_to_take_down_tenths_of_us_cent=wish.cost,
    )


def _texts(session: Session, one: Kept) -> tuple[str, ...]:
    """The parts it has or had; of what left as one post, what left."""
    if one.attempt is not None and not one.announcement.thread:
        return (one.attempt.text,)
    return content.parts(seeing.agreed(session, one.announcement), one.delivery.network)


def _approvals(
    one: Kept,
    counted: Mapping[tuple[int, int], Sequence[int]],
    given: Mapping[tuple[int, str], Sequence[Approval]],
) -> list[tuple[int, datetime | None]]:
    """Those that counted when it was tried. Before a try, and for tries from before that was written down,
    those given to this content and not taken back by then.
    """
    row, tried = one.announcement, one.attempt
    of_content = given.get((row.id, _hash_of(row, tried)), ())
    when = {approval.approver_id: approval.approved_at for approval in of_content}
    if tried and (frozen := counted.get((tried.delivery_id, tried.number))):
        return [(person, when.get(person)) for person in frozen]
    by_then = tried.started_at if tried else None
    return [
        (approval.approver_id, approval.approved_at)
        for approval in of_content
        if approval.voided_at is None or (by_then and approval.approved_at <= by_then < approval.voided_at)
    ]


def _hash_of(row: Announcement, tried: Attempt | None) -> str:
    return (tried.content_hash if tried else None) or row.content_hash


def _instants(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    home = ZoneInfo(zone)
    return (
        datetime.combine(first, time(), home).astimezone(UTC),
        datetime.combine(last + timedelta(days=1), time(), home).astimezone(UTC),
    )
