"""A thread on X: how many posts it may have, and the link of a post that only a person has seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import scheduling, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending.settling import AnsweredAlready, Question
from coop.errors import UserError
from coop.settings import Settings
from storage import deliveries, threads
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role

FEWEST, MOST = 2, 25
_LINK = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w{1,15})/status/(\d{1,19})\b")


class NotThatPost(UserError):
    """What was given is not the link of the post that is asked for."""


@dataclass(frozen=True)
class Post:
    id: str
    handle: str

    @property
    def url(self) -> str:
        return f"https://x.com/{self.handle}/status/{self.id}"


def misfit(parts: Sequence[str]) -> str | None:
    """Why these can't be the posts of a thread."""
    if len(parts) < FEWEST:
        return "A thread has at least 2 posts: put a line with only --- between them, or untick it below."
    if len(parts) > MOST:
        return f"A thread has at most {MOST} posts, and this one has {len(parts)}: leave some out."
    empty = next((number for number, part in enumerate(parts, 1) if not part), None)
    return (
        f"Part {empty} of the thread is empty: write something, or take out a line with ---."
        if empty
        else None
    )


def asked(session: Session, *, question: Question, by: int | None, moment: Moment) -> tuple[seeing.Seen, int]:
    """The announcement, and the part whose link is asked for. Raises AnsweredAlready."""
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _waiting(session, question)
    return seeing.seen(session, row.announcement_id, moment), row.part - 1


def give_link(
    session: Session, *, question: Question, link: str, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Where the part before is, by the word of a person: the next one answers it.

    Approval, stop and caps are checked when it is about to leave. Raises NotThatPost.
    """
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _waiting(session, question)
    before = threads.before(session, row)
    if before is None:
        raise AnsweredAlready
    found = _post(link, settings.x_handle)
    others = deliveries.deliveries_of(session, row.announcement_id)
    if any(to.remote_id == found.id for to in others):
        raise NotThatPost("That is the link of another part of this thread. Nothing changed.")
    before.remote_id, before.url = found.id, found.url
    scheduling.release(session, [row], now)
    announcement = seeing.named(session, row.announcement_id)
    telling.redraw(session, announcement, moment)
    telling.record(
        session, announcement, "link given", moment, by=person, delivery=before.id, remote_id=found.id
    )
    session.flush()
    return seeing.seen(session, row.announcement_id, moment)


def _post(link: str, handle: str) -> Post:
    if not (found := _LINK.match(link.strip())):
        raise NotThatPost(
            "That is not the link of a post on X, such as https://x.com/name/status/123. Nothing changed."
        )
    if handle and found[1].casefold() != handle.casefold():
        raise NotThatPost(f"That is a post of @{found[1]}, and ours are of @{handle}. Nothing changed.")
    return Post(found[2], handle or found[1])


def _waiting(session: Session, question: Question) -> Delivery:
    row = deliveries.delivery(session, question.delivery_id)
    is_asked = row is not None and row.attempt_no == question.attempt_no
    if row is None or not is_asked or (row.state, row.hold) != (DeliveryState.HELD, Hold.LINK_MISSING):
        raise AnsweredAlready
    return row
