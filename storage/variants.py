"""Other words for single networks: what leaves there instead of an announcement's own text."""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Variant(Base):
    """The text of one announcement for one network."""

    __tablename__ = "announcement_variants"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    network: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


def variants_of(session: Session, announcement_id: int) -> dict[str, str]:
    """By network, in its order."""
    found = session.execute(
        select(Variant.network, Variant.text)
        .where(Variant.announcement_id == announcement_id)
        .order_by(Variant.network)
    )
    return dict(found.all())


def write(session: Session, announcement_id: int, texts: Mapping[str, str]) -> None:
    """These, and no others."""
    session.execute(delete(Variant).where(Variant.announcement_id == announcement_id))
    rows = [
        {"announcement_id": announcement_id, "network": network, "text": text}
        for network, text in texts.items()
    ]
    if rows:
        session.execute(insert(Variant), rows)
