"""Secret addresses of the calendar, one per person; what is kept of the secret is its hash."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class CalendarAddress(Base):
    """`sha256` is of the secret, in hexadecimal. Making a new address overwrites the old one."""

    __tablename__ = "calendar_addresses"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    sha256: Mapped[str]
    made_at: Mapped[datetime]


def address_of(session: Session, person_id: int) -> CalendarAddress | None:
    return session.get(CalendarAddress, person_id)


def addresses(session: Session) -> Sequence[tuple[int, str]]:
    """Person and hash of every address there is."""
    return [
        (person_id, sha256)
        for person_id, sha256 in session.execute(select(CalendarAddress.person_id, CalendarAddress.sha256))
    ]
