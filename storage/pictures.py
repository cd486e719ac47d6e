"""Pictures: their bytes, kept once however often they are used, and which announcement shows which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, delete, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.drafts import Draft
from storage.inserting import insert_new


class Blob(Base):
    """What left Slack once and is never read from there again; `width` and `height` in pixels.

    `kept_at` is when somebody last chose it; `tells_place` whether the file itself says where it was taken.
    """

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content_type: Mapped[str]
    content: Mapped[bytes] = mapped_column("bytes")
    width: Mapped[int]
    height: Mapped[int]
    tells_place: Mapped[bool] = mapped_column(default=False)
    kept_at: Mapped[datetime]


class AnnouncementImage(Base):
    """One picture of an announcement, in its place (from 0). `name` is the file's; `alt_waived_by` chose to
    send it without a description.
    """

    __tablename__ = "announcement_images"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    name: Mapped[str]
    alt_text: Mapped[str]
    alt_waived_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


@dataclass(frozen=True)
class Shape:
    """All of a blob but its bytes."""

    sha256: str
    content_type: str
    width: int
    height: int
    tells_place: bool = False


def keep_blob(session: Session, shape: Shape, content: bytes, now: datetime) -> None:
    """Bytes that are there already are written once more: should they have suffered, they are whole again."""
    facts = {"content_type": shape.content_type, "width": shape.width, "height": shape.height}
    found = {"content": content, "kept_at": now, "tells_place": shape.tells_place}
    if not insert_new(session, Blob, sha256=shape.sha256, **facts, **found):
        session.execute(update(Blob).where(Blob.sha256 == shape.sha256).values(**found))


def blob(session: Session, sha256: str) -> Blob | None:
    return session.get(Blob, sha256)


def shapes(session: Session, wanted: Collection[str]) -> dict[str, Shape]:
    """By sha256, of those that are there."""
    columns = select(Blob.sha256, Blob.content_type, Blob.width, Blob.height, Blob.tells_place)
    found = session.execute(columns.where(Blob.sha256.in_(wanted)))
    return {row.sha256: Shape(*row) for row in found}


def images_of(session: Session, announcement_id: int) -> Sequence[AnnouncementImage]:
    """In the order they are shown."""
    return session.scalars(
        select(AnnouncementImage)
        .where(AnnouncementImage.announcement_id == announcement_id)
        .order_by(AnnouncementImage.position)
    ).all()


def last_image(session: Session, sha256: str) -> AnnouncementImage | None:
    """As the newest announcement with that picture has it."""
    return session.scalars(
        select(AnnouncementImage)
        .where(AnnouncementImage.sha256 == sha256)
        .order_by(AnnouncementImage.announcement_id.desc(), AnnouncementImage.position)
        .limit(1)
    ).first()


def put_images(session: Session, announcement_id: int, images: Sequence[AnnouncementImage]) -> None:
    """These and no others."""
    session.execute(delete(AnnouncementImage).where(AnnouncementImage.announcement_id == announcement_id))
    session.add_all(images)
    session.flush()


def drop_unused_blobs(session: Session, before: datetime) -> int:
    """Bytes last chosen before then that no announcement and no draft shows; how many were dropped."""
    drafts = session.scalars(select(Draft.entered).where(Draft.sent_at.is_(None)))
    drafted = {picture.get("sha256") for entered in drafts for picture in entered.get("pictures") or []}
    unused = session.scalars(
        select(Blob.sha256).where(
            Blob.kept_at < before, ~exists().where(AnnouncementImage.sha256 == Blob.sha256)
        )
    )
    gone = [sha256 for sha256 in unused if sha256 not in drafted]
    session.execute(delete(Blob).where(Blob.sha256.in_(gone)))
    return len(gone)
