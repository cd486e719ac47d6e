"""What has to be true at the moment a network takes a post, worked out from the record by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import seeing
from coop.announcing.times import instant
from coop.publishing import Attempt
from coop.settings import Settings
from storage import blackouts, caps, overrides, series, stops
from storage.announcements import Announcement, AnnouncementState, Approval
from storage.deliveries import Delivery, Hold
from storage.offices import Role
from storage.series import RunState
from tests.announcing import Clock
from tests.evidence.model.network import PRICE, Network
from tests.evidence.model.record import Dying

HOUR = timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


@dataclass
class Watch:
    record: Dying
    clock: Clock
    settings: Settings
    networks: Mapping[str, Network] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    # What anybody tried to approve: announcements with their words, and whole series with their hashes.
    agreed_to: set[tuple[int, str]] = field(default_factory=set)
    # Days of a series on which something went out, on which network, and the announcement it was.
    days: dict[tuple[int, date, str], int] = field(default_factory=dict)
    agreed_to_series: set[tuple[int, str]] = field(default_factory=set)

    def may_leave(self, attempt: Attempt) -> None:
        """Approved by another current member, in these words; at its time, not withdrawn, not stopped, not in a
        blackout, over no cap; and of a series once for each day, none that was skipped.
        """
        with self.record.read() as session:
            to = session.get_one(Delivery, attempt.delivery_id)
            one = session.get_one(Announcement, to.announcement_id)
            found = {
                "unapproved": not self._is_approved(session, one),
                "while everything was stopped": stops.open_stop(session) is not None,
                "with other words than were approved": attempt.content.text != one.text,
                "in a blackout": self._is_in_blackout(session, one),
                "before its time": self._is_early(one),
                "after it was withdrawn": one.state == AnnouncementState.WITHDRAWN,
                **self._over_caps(session, one, to),
                **self._as_a_run(session, one, to),
            }
        self.wrong += [f"{attempt.content.text} went out {how}" for how, is_so in found.items() if is_so]

    def held_over_a_cap(self) -> int:
        with self.record.read() as session:
            held = select(func.count()).select_from(Delivery).where(Delivery.hold == Hold.OVER_CAP)
            return session.scalar(held) or 0

    def _is_approved(self, session: Session, one: Announcement) -> bool:
        given = select(Approval.approver_id).filter_by(
            announcement_id=one.id, content_hash=one.content_hash, voided_at=None
        )
        today = self.clock.now.date()
        others = [each for each in session.scalars(given) if each != one.owner_id]
        return any(Role.STEERING in offices.roles_of(session, each, today) for each in others)

    def _is_in_blackout(self, session: Session, one: Announcement) -> bool:
        lifted = self._lifted(session, one)
        inside = blackouts.covering(session, self.clock.now.date())
        return any(overrides.against_blackout(period.id) not in lifted for period in inside)

    def _is_early(self, one: Announcement) -> bool:
        wall = seeing.wall_of(one)
        return wall is not None and self.clock.now < instant(wall)

    def _over_caps(self, session: Session, one: Announcement, to: Delivery) -> dict[str, bool]:
        """By the moments of the real posts, of which those count that the record holds possible."""
        lifted, settings = self._lifted(session, one), self.settings
        midnight = datetime.combine(self.clock.now.astimezone(LONDON).date(), time(), LONDON)
        there = {
            "most_per_hour": self._out_since(session, self.clock.now - HOUR, to.network, to.id),
            "most_per_day": self._out_since(session, midnight, to.network, to.id),
            "most_cents_per_month": sum(
                PRICE * self._out_since(session, midnight.replace(day=1), network, to.id)
                for network in self.networks
            ),
        }
        fits = {
            "most_per_hour": settings.most_per_hour,
            "most_per_day": settings.most_per_day,
            "most_cents_per_month": settings.most_cents_per_month
            and settings.most_cents_per_month * 10 - PRICE + 1,
        }
        return {
            f"over {cap}": cap not in lifted and fit is not None and there[cap] >= fit
            for cap, fit in fits.items()
        }

    def _out_since(self, session: Session, since: datetime, network: str, but: int) -> int:
        posts = self.networks[network].posts
        recent = [each for each, made in posts.items() if each != but and made[0][0] >= since]
        known = select(func.count()).where(Delivery.id.in_(recent), Delivery.state.in_(caps.OUT))
        return session.scalar(known) or 0

    def _as_a_run(self, session: Session, one: Announcement, to: Delivery) -> dict[str, bool]:
        run = series.run_of(session, one.id)
        for_all = run is not None and any(run.series_id == each for each, _ in self.agreed_to_series)
        found = {"with nobody's approval": not for_all and (one.id, one.text) not in self.agreed_to}
        if run is not None:
            found["though its day was skipped"] = run.state != RunState.MADE
            day = (run.series_id, run.local_date, to.network)
            found["twice on one day of its series"] = self.days.setdefault(day, one.id) != one.id
        elif one.text.startswith("Series"):
            found["though its series has no such day"] = True
        return found

    def _lifted(self, session: Session, one: Announcement) -> frozenset[str]:
        return overrides.counting(session, one.id, one.content_hash, self.clock.now.date())
