"""An announcement as people see it: what it says, where it goes, what has become of it, what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop.announcing import content, pictures, taken_down
from coop.announcing.content import Agreed, Target
from coop.announcing.limits.foreseen import NOTHING, Foreseen
from coop.announcing.moment import Moment
from coop.announcing.pictures import PictureSeen
from coop.announcing.taken_down import TakedownSeen
from coop.announcing.times import Wall, instant
from coop.errors import UserError
from storage import announcements, deliveries, people, series, variants
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Delivery, DeliveryState, Hold

SETTLED = (DeliveryState.DELIVERED, DeliveryState.CANCELLED)
COMING = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)


@dataclass(frozen=True)
class DeliverySeen:
    id: int
    network: str
    target: str
    state: DeliveryState
    hold: Hold | None
    due_at: datetime | None
    attempt_no: int
    asked: bool
    resend: bool
    delivered_at: datetime | None
    url: str | None
    reason: str | None
    fix: str | None
    settled_by: str | None
    takedown: TakedownSeen | None = None
    part: int = 1
    parts: int = 1
    may_be_out: bool = False


@dataclass(frozen=True)
class Seen:
    """`owner`, `approved_by`, `sent_back_by` are as `people.mentionable` has them. `due_at` is None for "as
    soon as approved" until it is approved. `approvals_needed` is how many have to agree.
    """

    id: int
    revision: int
    state: AnnouncementState
    text: str
    title: str
    owner: str
    due_at: datetime | None
    wall: Wall | None
    zone: str
    content_hash: str
    rehearsal: bool
    approved_by: tuple[str, ...]
    sent_back_by: str | None
    comment: str | None
    deliveries: tuple[DeliverySeen, ...]
    images: tuple[PictureSeen, ...] = ()
    foreseen: Foreseen = NOTHING
    approvals_needed: int = 1
    variants: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    thread: bool = False
    of_series: bool = False

    @property
    def targets(self) -> tuple[Target, ...]:
        """Where it goes, or went; where it would have gone once all of it is withdrawn."""
        going = [to for to in self.deliveries if to.state != DeliveryState.CANCELLED]
        return tuple(dict.fromkeys(Target(to.network, to.target) for to in going or self.deliveries))

    @property
    def is_coming(self) -> bool:
        """Something of it goes out by itself at its time, once it is approved."""
        return any(to.state in COMING for to in self.deliveries)

    @property
    def approved(self) -> bool:
        return self.approvals_missing == 0

    @property
    def approvals_missing(self) -> int:
        return max(0, self.approvals_needed - len(self.approved_by))

    def shortened(self, limit: int) -> "Seen":
        """The same with less of what people and networks said about it."""
        brief = tuple(
            replace(to, reason=_cut(to.reason, limit), fix=_cut(to.fix, limit)) for to in self.deliveries
        )
        return replace(self, comment=_cut(self.comment, limit), deliveries=brief)


class NoSuchAnnouncement(UserError):
    def __init__(self) -> None:
        super().__init__(
            "I can't find that announcement any more, so nothing changed. Type `/announce list` to see all."
        )


def named(session: Session, announcement_id: int) -> Announcement:
    """Raises NoSuchAnnouncement, as for the words of a series, which are no announcement by themselves."""
    row = announcements.announcement(session, announcement_id)
    if row is None or row.state == AnnouncementState.TEMPLATE:
        raise NoSuchAnnouncement
    return row


def approvers_counting(session: Session, row: Announcement, today: date) -> tuple[int, ...]:
    """Whose approval of the content as it stands counts today: somebody else, on the steering group today."""
    return tuple(announcements.approvers_counting(session, row.id, today))


def approvals_missing(session: Session, row: Announcement, moment: Moment) -> int:
    """How many more people have to agree to the content as it stands; 0 lets it go."""
    counting = approvers_counting(session, row, moment.today)
    return max(0, moment.settings.approvals_needed - len(counting))


def agreed(session: Session, row: Announcement) -> Agreed:
    going = [
        Target(to.network, to.target)
        for to in deliveries.deliveries_of(session, row.id)
        if to.state != DeliveryState.CANCELLED
    ]
    return Agreed(
        row.text,
        tuple(dict.fromkeys(going)),
        wall_of(row),
        pictures.of(session, row.id),
        variants.variants_of(session, row.id),
        row.note,
        row.thread,
    )


def wall_of(row: Announcement) -> Wall | None:
    if row.wall_date is None or row.wall_time is None:
        return None
    return Wall(row.wall_date, row.wall_time, row.zone, row.fold)


def seen(session: Session, announcement_id: int, moment: Moment) -> Seen:
    """Raises NoSuchAnnouncement."""
    row = named(session, announcement_id)
    wall = wall_of(row)
    going = deliveries.deliveries_of(session, row.id)
    wanted = taken_down.by_delivery(session, row.id)
    comment = (
        announcements.last_comment(session, row.id) if row.state == AnnouncementState.SENT_BACK else None
    )
    coming = [to for to in going if to.state in COMING]
    open_ones = [to for to in going if to.state not in SETTLED]
    one = agreed(session, row)
    due = min((to.due_at for to in coming or open_ones or going if to.due_at), default=None)
    return Seen(
        id=row.id,
        revision=row.revision,
        state=AnnouncementState(row.state),
        text=row.text,
        variants=one.variants,
        note=row.note,
        thread=row.thread,
        title=content.title(row.text),
        owner=people.mentionable(session, row.owner_id),
        due_at=due or (instant(wall) if wall else None),
        wall=wall,
        zone=row.zone,
        content_hash=row.content_hash,
        rehearsal=row.rehearsal,
        approved_by=tuple(
            people.mentionable(session, person_id)
            for person_id in approvers_counting(session, row, moment.today)
        ),
        sent_back_by=people.mentionable(session, comment.author_id) if comment else None,
        comment=comment.text if comment else None,
        deliveries=tuple(_delivery(session, to, one, wanted.get(to.id)) for to in going),
        images=pictures.seen(session, row.id),
        approvals_needed=moment.settings.approvals_needed,
        of_series=series.is_run(session, row.id),
    )


def called(session: Session, person_id: int) -> str:
    """A name for sentences that are shown as they stand, where no mention is drawn."""
    return people.person(session, person_id).name or "its writer"


def _cut(said: str | None, limit: int) -> str | None:
    return said if said is None or len(said) <= limit else f"{said[: limit - 1].rstrip()}…"


def _delivery(session: Session, row: Delivery, said: Agreed, wanted: TakedownSeen | None) -> DeliverySeen:
    return DeliverySeen(
        id=row.id,
        network=row.network,
        target=row.target,
        state=DeliveryState(row.state),
        hold=Hold(row.hold) if row.hold else None,
        due_at=row.due_at,
        attempt_no=row.attempt_no,
        asked=row.asked_at is not None,
        resend=row.resend_by is not None,
        delivered_at=row.delivered_at,
        url=row.url,
        reason=row.reason,
        fix=row.fix,
        settled_by=people.mentionable(session, row.settled_by) if row.settled_by else None,
        takedown=wanted,
        part=row.part,
        may_be_out=row.may_be_out,
        parts=max(row.part, len(content.parts(said, row.network))),
    )
