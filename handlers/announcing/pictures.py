"""The pictures of the window: found again, fetched from Slack once, looked at, and described."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import content
from coop.announcing.pictures import MOST, Undescribed, longest_alt, refuse_undescribed
from coop.deps import Deps
from coop.errors import FieldError
from coop.publishing import Image, Publisher
from handlers.accounts import person_of
from handlers.announcing import fetching, picture_check
from handlers.announcing.picture_check import Unfit
from handlers.blocks.announcing import pictures as blocks
from handlers.blocks.announcing.form import Window
from handlers.blocks.announcing.pictures import Chosen
from handlers.requests import Submission
from storage import drafts, pictures
from storage.offices import Role

KEPT_WORDS = "Nothing was proposed; your words are kept."
Values = Mapping[str, Any]


class NotTaken(FieldError):
    """Something about one of them; `chosen` are all, with those that came whole in our record."""

    def __init__(self, block_id: str, text: str, chosen: tuple[Chosen, ...]) -> None:
        super().__init__(block_id, text)
        self.chosen = chosen


def of_window(submission: Submission, said: content.Agreed, deps: Deps) -> tuple[Chosen, ...]:
    """Those of the window, all of them in our record. Raises FieldError for what cannot be sent."""
    values, window = submission.values, Window.read(submission.private_metadata)
    if not (values.get(blocks.FILES) or values.get(blocks.KEPT)):
        return ()
    with deps.read() as session:
        by = person_of(session, submission.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        given = chosen(session, values, window, by)
    given = taken(given, values, deps)
    field = blocks.FILES if blocks.FILES in values else blocks.KEPT
    refuse_misfits(said, given, deps, field=field)
    return given


def asking(
    submission: Submission, targets: Sequence[content.Target], given: Sequence[Chosen], deps: Deps
) -> dict[str, Any]:
    """The window that asks what they show."""
    longest = longest_alt(target.network for target in targets)
    with deps.read() as session:
        shapes = pictures.shapes(session, {one.sha256 for one in given})
    held = {file["id"] for file in submission.values.get(blocks.FILES) or []}
    packed = submission.private_metadata
    return blocks.describe_form(given, shapes, held=held, longest=longest, packed=packed)


def chosen(session: Session, values: Values, window: Window, by: int) -> tuple[Chosen, ...]:
    """What stays and what was added, in that order; what is known of each comes from the record."""
    known = _known(session, window, by)
    stay = [known.get(key) or _shown_before(session, key) for key in values.get(blocks.KEPT) or []]
    added = [_from_slack(file, known) for file in values.get(blocks.FILES) or []]
    return tuple({one.key: one for one in [*stay, *added] if one is not None}.values())


def taken(given: Sequence[Chosen], values: Values, deps: Deps) -> tuple[Chosen, ...]:
    """All of them in our own record. Raises NotTaken, which names the first that cannot be sent.

    No transaction is open while Slack is asked; what came whole is kept even if another did not.
    """
    field = blocks.FILES if blocks.FILES in values else blocks.KEPT
    if len(given) > MOST:
        raise FieldError(
            field, f"An announcement takes {MOST} pictures, and these are {len(given)}. {KEPT_WORDS}"
        )
    with deps.read() as session:
        there = pictures.shapes(session, {one.sha256 for one in given})
    fetched = fetching.fetched([one for one in given if not one.sha256], deps)
    ready: list[Chosen] = []
    wrong = ""
    for number, one in enumerate(given, start=1):
        try:
            ready.append(_there(one, there) if one.sha256 else _kept(one, fetched[one.file], deps))
        except Unfit as unfit:
            ready.append(one)
            wrong = wrong or f"Picture {number}, {one.name}, {unfit} {KEPT_WORDS}"
    if wrong:
        raise NotTaken(field, wrong, tuple(ready))
    return tuple({one.sha256: one for one in ready}.values())  # the same picture chosen twice is one


def described(given: Sequence[Chosen], values: Values) -> tuple[Chosen, ...]:
    """With what was written about each."""
    return tuple(
        replace(
            one,
            alt=(values.get(f"{blocks.ALT}{number}") or "").strip(),
            waived=blocks.WAIVED in (values.get(f"{blocks.WAIVE}{number}") or []),
        )
        for number, one in enumerate(given, start=1)
    )


def agreed(given: Sequence[Chosen]) -> tuple[content.Picture, ...]:
    return tuple(content.Picture(one.sha256, one.name, one.alt, waived=one.waived) for one in given)


def as_chosen(images: Sequence[content.Picture]) -> tuple[Chosen, ...]:
    """As they stand in the window of somebody who edits them."""
    return tuple(Chosen(one.name, one.sha256, alt=one.alt_text, waived=one.waived) for one in images)


def refuse_silent(given: Sequence[Chosen]) -> None:
    """Raises FieldError beside the first that is neither described nor expressly sent without."""
    try:
        refuse_undescribed(agreed(given))
    except Undescribed as silent:
        raise FieldError(f"{blocks.ALT}{silent.number}", silent.text) from silent


def refuse_misfits(said: content.Agreed, given: Sequence[Chosen], deps: Deps, *, field: str) -> None:
    """Raises FieldError for what a ticked network refuses of these pictures, and not of the words alone."""
    images = _images(given, deps)
    for target in said.targets:
        if (publisher := deps.publishers.get(target.network)) is None:
            continue
        for number, (one, image) in enumerate(zip(given, images, strict=True), start=1):
            if refusal := _refusal(publisher, said, (image,)):
                raise FieldError(field, f"Picture {number}, {one.name}: {refusal} {KEPT_WORDS}")
        if refusal := _refusal(publisher, said, images):
            raise FieldError(field, f"{refusal} {KEPT_WORDS}")


def _refusal(publisher: Publisher, said: content.Agreed, images: tuple[Image, ...]) -> str | None:
    """What it says against the pictures; against the words it has been heard already."""
    alone = publisher.check(content.leaving(said, publisher.network)).refusals
    whole = publisher.check(content.leaving(said, publisher.network, images)).refusals
    return next((why for why in whole if why not in alone), None)


def _known(session: Session, window: Window, by: int) -> dict[str, Chosen]:
    """By hash and by Slack's id: what this window's draft or announcement says of its pictures."""
    shown = pictures.images_of(session, window.announcement_id) if window.announcement_id else []
    found = {one.sha256: _of_announcement(one) for one in shown}
    draft = drafts.draft(session, window.token, by)
    for one in blocks.chosen_of(draft.entered) if draft else ():
        found |= {key: one for key in (one.sha256, one.file) if key}
    return found


def _shown_before(session: Session, sha256: str) -> Chosen | None:
    one = pictures.last_image(session, sha256)
    return _of_announcement(one) if one else None


def _of_announcement(one: pictures.AnnouncementImage) -> Chosen:
    return Chosen(one.name, one.sha256, alt=one.alt_text, waived=one.alt_waived_by is not None)


def of_message(files: Sequence[Mapping[str, Any]]) -> tuple[tuple[Chosen, ...], int]:
    """The pictures of a message that a window can begin with, and how many of its files it can't."""
    fit = [_from_slack(file, {}) for file in files if file.get("mimetype") in blocks.KINDS]
    return tuple(fit[:MOST]), len(files) - len(fit[:MOST])


def _from_slack(file: Mapping[str, Any], known: Mapping[str, Chosen]) -> Chosen:
    return known.get(file["id"]) or Chosen(
        file.get("name") or "picture",
        file=file["id"],
        url=file.get("url_private") or "",
        mimetype=file.get("mimetype") or "",
        size=file.get("size") or 0,
        alt=file.get("alt_txt") or "",
    )


def _there(one: Chosen, there: Mapping[str, pictures.Shape]) -> Chosen:
    """Raises Unfit for what the record has lost."""
    if one.sha256 not in there:
        raise Unfit("is not in the record any more. Leave it out, or choose it again.")
    return one


def _kept(one: Chosen, fetched: bytes | Unfit, deps: Deps) -> Chosen:
    """In our record from here on. Raises Unfit."""
    if isinstance(fetched, Unfit):
        raise fetched
    shape = picture_check.shape_of(fetched)
    with deps.write() as session:
        pictures.keep_blob(session, shape, fetched, deps.now())
    return replace(one, sha256=shape.sha256)


def _images(given: Sequence[Chosen], deps: Deps) -> tuple[Image, ...]:
    with deps.read() as session:
        blobs = [pictures.blob(session, one.sha256) for one in given]
        return tuple(
            Image(one.sha256, blob.content_type, one.alt, blob.content)
            if blob
            else Image(one.sha256, "", "", b"")
            for one, blob in zip(given, blobs, strict=True)
        )
