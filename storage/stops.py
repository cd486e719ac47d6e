"""When the steering group stopped everything, and when it let it go again."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Stop(Base):
    """While one is open, nothing leaves. `open` is True, then None; it is unique, so one at most is open."""

    __tablename__ = "stops"

    id: Mapped[int] = mapped_column(primary_key=True)
    stopped_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    stopped_at: Mapped[datetime]
    resumed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    resumed_at: Mapped[datetime | None]
    open: Mapped[bool | None] = mapped_column(unique=True)


def open_stop(session: Session) -> Stop | None:
    return session.scalars(select(Stop).where(Stop.open.is_(True))).first()
