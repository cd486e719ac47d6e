"""What has to be true at the moment a network takes a post, worked out from the record by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coop import offices
from coop.publishing import Attempt
from coop.settings import Settings
from storage import blackouts, caps, overrides, stops
from storage.announcements import Announcement, Approval
from storage.deliveries import Delivery
from storage.offices import Role
from tests.announcing import Clock
from tests.evidence.model.network import Network
from tests.evidence.model.record import Dying

HOUR = timedelta(hours=1)


@dataclass
class Watch:
    record: Dying
    clock: Clock
    settings: Settings
    networks: Mapping[str, Network] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def may_leave(self, attempt: Attempt) -> None:
        """Approved by another current member, in these words; not stopped, not in a blackout, not over a cap."""
        with self.record.read() as session:
            to = session.get_one(Delivery, attempt.delivery_id)
            one = session.get_one(Announcement, to.announcement_id)
            found = {
                "unapproved": not self._is_approved(session, one),
                "while everything was stopped": stops.open_stop(session) is not None,
                "with other words than were approved": attempt.content.text != one.text,
                "in a blackout": self._is_in_blackout(session, one),
                "over the cap for an hour": self._is_over_cap(session, one, to),
            }
        self.wrong += [f"{attempt.content.text} went out {how}" for how, is_so in found.items() if is_so]

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

    def _is_over_cap(self, session: Session, one: Announcement, to: Delivery) -> bool:
        """Counts what the record knows to be out, or holds possible, by the moments of the real posts."""
        if "most_per_hour" in self._lifted(session, one):
            return False
        since = self.clock.now - HOUR
        posts = self.networks[to.network].posts
        recent = [each for each, made in posts.items() if each != to.id and made[0][0] >= since]
        known = select(Delivery.id).where(Delivery.id.in_(recent), Delivery.state.in_(caps.OUT))
        return len(session.scalars(known).all()) >= (self.settings.most_per_hour or len(recent) + 1)

    def _lifted(self, session: Session, one: Announcement) -> frozenset[str]:
        return overrides.counting(session, one.id, one.content_hash, self.clock.now.date())
