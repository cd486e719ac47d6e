"""The pictures of an announcement: described or expressly not, shown in its thread, and sent as agreed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing import telling
from coop.announcing.content import Picture
from coop.announcing.moment import Moment
from coop.errors import UserError
from coop.publishing import Image
from storage import people, pictures
from storage.announcements import Announcement
from storage.pictures import AnnouncementImage, Shape

MOST = 4
# Someone who closed the window yesterday may still go on today, and an outbox row still wait to be drawn.
KEPT_UNUSED = timedelta(days=3)
# In characters: docs.x.com (media metadata), Mastodon's instance configuration, Bluesky's own apps, and
# docs.slack.dev (files.getUploadURLExternal).
LONGEST_ALT = {"x": 1_000, "mastodon": 1_500, "bluesky": 2_000, "slack": 1_000}


@dataclass(frozen=True)
class PictureSeen:
    """`number` counts from 1; `waived_by` is as `people.mentionable` has them."""

    number: int
    sha256: str
    name: str
    content_type: str
    width: int
    height: int
    alt_text: str
    waived_by: str | None
    tells_place: bool = False


class PictureGone(Exception):
    """The record no longer has what was agreed to; the text says which one."""


class Undescribed(UserError):
    """`number` is the picture's place, from 1."""

    def __init__(self, number: int, name: str) -> None:
        self.number = number
        super().__init__(
            f"Picture {number}, {name}, has no description, so people who can't see it would not know what "
            "it shows. Write one, or tick the box below it. Nothing was proposed."
        )


def longest_alt(networks: Iterable[str]) -> int:
    """The most characters of a description that all of them take."""
    return min((LONGEST_ALT[network] for network in networks if network in LONGEST_ALT), default=2_000)


def refuse_undescribed(images: Sequence[Picture]) -> None:
    """Raises Undescribed for the first that has no description and is not expressly sent without."""
    if len(images) > MOST:
        raise UserError(
            f"An announcement takes {MOST} pictures, and these are {len(images)}. Nothing changed."
        )
    for number, one in enumerate(images, start=1):
        if not one.alt_text.strip() and not one.waived:
            raise Undescribed(number, one.name)


def write(session: Session, row: Announcement, images: Sequence[Picture]) -> None:
    """These are the announcement's pictures from now on; who waives a description is its owner."""
    pictures.put_images(
        session,
        row.id,
        [
            AnnouncementImage(
                announcement_id=row.id,
                position=position,
                sha256=one.sha256,
                name=one.name,
                alt_text=one.alt_text,
                alt_waived_by=None if one.alt_text else row.owner_id,
            )
            for position, one in enumerate(images)
        ],
    )


def record_waived(session: Session, row: Announcement, images: Sequence[Picture], moment: Moment) -> None:
    for number, one in enumerate(images, start=1):
        if not one.alt_text:
            telling.record(
                session, row, "description waived", moment, by=row.owner_id, picture=number, sha256=one.sha256
            )


def of(session: Session, announcement_id: int) -> tuple[Picture, ...]:
    return tuple(
        Picture(one.sha256, one.name, one.alt_text, waived=one.alt_waived_by is not None)
        for one in pictures.images_of(session, announcement_id)
    )


def seen(session: Session, announcement_id: int) -> tuple[PictureSeen, ...]:
    images = pictures.images_of(session, announcement_id)
    shapes = pictures.shapes(session, {one.sha256 for one in images}) if images else {}
    return tuple(
        _seen(session, number, one, shapes.get(one.sha256, Shape(one.sha256, "", 0, 0)))
        for number, one in enumerate(images, start=1)
    )


def show(session: Session, row: Announcement, moment: Moment) -> None:
    """Each picture in the announcement's thread, as a file that people can look at and take away."""
    for one in pictures.images_of(session, row.id):
        facts = {"picture": one.position + 1, "sha256": one.sha256}
        telling.put_in_thread(session, row, telling.PICTURE, moment, **facts)


def attached(session: Session, announcement_id: int) -> tuple[Image, ...]:
    """As they leave. Raises PictureGone when bytes are missing or are not those that were agreed to."""
    return tuple(_attached(session, one) for one in pictures.images_of(session, announcement_id))


def without_bytes(session: Session, announcement_id: int) -> tuple[Image, ...]:
    """As `attached`, to look for what left: only sending needs the bytes."""
    return described(seen(session, announcement_id))


def described(images: Iterable[PictureSeen]) -> tuple[Image, ...]:
    """What a price depends on: all but the bytes."""
    return tuple(Image(one.sha256, one.content_type, one.alt_text, b"") for one in images)


def forget_unused(session: Session, now: datetime) -> int:
    """Drop the bytes that no announcement and no draft shows; how many pictures that were."""
    return pictures.drop_unused_blobs(session, now - KEPT_UNUSED)


def _attached(session: Session, one: AnnouncementImage) -> Image:
    blob = pictures.blob(session, one.sha256)
    if blob is None or hashlib.sha256(blob.content).hexdigest() != one.sha256:
        raise PictureGone(f"Picture {one.position + 1}, {one.name}, is not in the record as it was approved.")
    return Image(one.sha256, blob.content_type, one.alt_text, blob.content)


def _seen(session: Session, number: int, one: AnnouncementImage, shape: Shape) -> PictureSeen:
    waived_by = people.mentionable(session, one.alt_waived_by) if one.alt_waived_by else None
    return PictureSeen(
        number,
        one.sha256,
        one.name,
        shape.content_type,
        shape.width,
        shape.height,
        one.alt_text,
        waived_by,
        shape.tells_place,
    )
