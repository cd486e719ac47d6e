"""Messages about an announcement, queued in the transaction of what they tell of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from coop.announcing.moment import Moment
from storage import log, outbox, people
from storage.announcements import Announcement

PROPOSAL = "announcement_proposal"
PICTURE = "announcement_picture"
APPROVED = "announcement_approved"
EDITED = "announcement_edited"
CHANGES_ASKED = "announcement_changes_asked"
WITHDRAWN = "announcement_withdrawn"
COUNTDOWN = "announcement_counts_down"
STOPPED = "announcement_stopped"
RELEASED = "announcement_released"
DELIVERED = "announcement_delivered"
DOUBLED = "announcement_doubled"
HELD = "announcement_held"
REFUSED = "announcement_refused"
HALF_WAY = "announcement_half_way"
STRUGGLING = "announcement_struggling"
UNCERTAIN = "announcement_uncertain"
OVERRIDDEN = "announcement_overridden"
SETTLED = "announcement_settled"
TAKE_DOWN_ASKED = "announcement_take_down_asked"
TAKE_DOWN_LEFT = "announcement_take_down_left"
TAKEN_DOWN = "announcement_taken_down"
TO_APPROVE = "announcement_to_approve"
STILL_TO_APPROVE = "announcement_still_to_approve"
VOIDED = "announcement_voided"
OWNER = "announcement_for_owner"
STOPPED_ALL = "announcements_stopped"
RESUMED_ALL = "announcements_resumed"
BLACKOUT_ENTERED = "blackout_entered"
BLACKOUT_SHORTENED = "blackout_shortened"
BLACKOUT_ENDED = "blackout_ended"
DIGEST = "announcements_digest"
HELD_BACK = "announcements_held_back"
NETWORK_TROUBLE = "network_trouble"
NETWORK_TRYING = "network_trouble_trying"
NETWORK_STILL = "network_trouble_still"
NETWORK_OVER = "network_trouble_over"
MONTH = "announcements_month"


def propose(session: Session, row: Announcement, moment: Moment) -> None:
    """The message in the steering channel that everything else is a reply to."""
    row.proposal_id = to_channel(session, PROPOSAL, moment, announcement=row.id)


def in_thread(session: Session, row: Announcement, kind: str, moment: Moment, **facts: Any) -> None:
    """A reply to the proposal in the steering channel; the proposal itself is drawn anew."""
    put_in_thread(session, row, kind, moment, **facts)
    redraw(session, row, moment)


def put_in_thread(session: Session, row: Announcement, kind: str, moment: Moment, **facts: Any) -> None:
    """A reply alone, where nothing in the proposal has changed."""
    below(session, row.proposal_id, kind, moment, announcement=row.id, **facts)


def redraw(session: Session, row: Announcement, moment: Moment) -> None:
    if row.proposal_id is not None:
        below(session, row.proposal_id, PROPOSAL, moment, replaces=True, announcement=row.id)


def to_channel(session: Session, kind: str, moment: Moment, **facts: Any) -> int:
    """Returns the outbox row, to which `below` can reply."""
    return outbox.put(session, kind=kind, to=moment.settings.steering_channel, facts=facts, now=moment.now)


def below(
    session: Session,
    message_id: int | None,
    kind: str,
    moment: Moment,
    *,
    replaces: bool = False,
    **facts: Any,
) -> None:
    """In the thread of a message in the steering channel, or in its place."""
    outbox.put(
        session,
        kind=kind,
        to=moment.settings.steering_channel,
        facts=facts,
        now=moment.now,
        after_id=message_id,
        replaces=replaces,
    )


def held_back(session: Session, person_id: int, announcement_ids: Sequence[int], moment: Moment) -> None:
    """One direct message about all of somebody's announcements that may not leave."""
    if user := people.slack_user_of(session, person_id):
        facts = {"announcements": list(announcement_ids), "to": user}
        outbox.put(session, kind=HELD_BACK, to=user, facts=facts, now=moment.now)


def to_person(
    session: Session, person_id: int, row: Announcement, kind: str, moment: Moment, **facts: Any
) -> None:
    """A direct message; who has no Slack account finds it in the channel's thread anyway."""
    if user := people.slack_user_of(session, person_id):
        facts = {"announcement": row.id, "to": user, **facts}
        outbox.put(session, kind=kind, to=user, facts=facts, now=moment.now)


def wants_each(session: Session, person_id: int) -> bool:
    """False for somebody who chose one daily digest instead."""
    return not people.person(session, person_id).approval_digest


def record(
    session: Session, row: Announcement, act: str, moment: Moment, *, by: int | None = None, **facts: log.Fact
) -> None:
    """One entry of the log; `by` is None for what the bot does by itself."""
    record_about(session, f"announcement:{row.id}", act, moment, by=by, **facts)


def record_about(
    session: Session, about: str, act: str, moment: Moment, *, by: int | None = None, **facts: log.Fact
) -> None:
    """The same about a series or a network: `about` is such as "series:3"."""
    who = "countmein" if by is None else f"person:{by}"
    log.record(session, act=act, by=who, about=about, now=moment.now, facts=facts)
