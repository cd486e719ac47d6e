"""Pictures of the practice Mastodon: taken, read in the background, then attached to a status."""

from __future__ import annotations

from typing import Any

from sandbox.social.store import Picture, Store, kind_of
from sandbox.social.wire import Asked, Refusal, answer
from sandbox.x.asked import Answer

MOST, MOST_BYTES, MOST_PIXELS, LONGEST_ALT = 4, 16 * 1024 * 1024, 7680 * 4320, 1_500


def upload(store: Store, asked: Asked, reading: int) -> Answer:
    """`reading` is how often the client has to ask until the picture has been read."""
    content = asked.files.get("file", b"")
    alt_text = str(asked.body.get("description", ""))
    if not content:
        raise _invalid("File can't be blank")
    if not (kind := kind_of(content)):
        raise _invalid("File content type is invalid")
    if len(content) > MOST_BYTES:
        raise _invalid("File file size must be less than 16 MB")
    if len(alt_text) > LONGEST_ALT:
        raise _invalid(f"Description is too long (maximum is {LONGEST_ALT} characters)")
    picture = Picture(str(int(store.new_id()) + len(store.pictures)), kind, content, alt_text, reading)
    store.pictures[picture.id] = picture
    return answer(described(picture), 202 if reading else 200)


def ask(store: Store, asked: Asked, reading: int) -> Answer:
    del reading
    picture = store.pictures.get(asked.path["id"])
    if picture is None:
        raise Refusal(404, {"error": "Record not found"})
    if picture.unread:
        picture.unread -= 1
    return answer(described(picture), 206 if picture.unread else 200)


def attached(store: Store, asked: Asked) -> list[str]:
    """The pictures a status asks for. Raises Refusal for too many, or some not read yet."""
    wanted = [str(picture) for picture in asked.body.get("media_ids") or ()]
    if len(wanted) > MOST:
        raise _invalid(f"Cannot attach more than {MOST} files")
    found = [store.pictures[picture] for picture in wanted if picture in store.pictures]
    if any(picture.unread for picture in found):
        raise _invalid("Cannot attach files that have not finished processing. Try again in a moment!")
    return [picture.id for picture in found]


def described(picture: Picture) -> dict[str, Any]:
    address = None if picture.unread else f"https://files.fenmarch.example/{picture.id}"
    return {"id": picture.id, "type": "image", "url": address, "description": picture.alt_text or None}


def _invalid(why: str) -> Refusal:
    return Refusal(422, {"error": f"Validation failed: {why}"})
