"""Pictures for Bluesky: bytes become a blob of the repository, which the record of the post then names.

The same bytes are the same blob, however often they are sent; one that no record names is forgotten after a
while. https://docs.bsky.app/docs/advanced-guides/posts#images-embeds
"""

from collections.abc import Callable
from typing import Any

from coop.publishing import Attempt, Image, NotSent
from publishers import json_api
from publishers.bluesky import answers
from publishers.json_api import Call
from publishers.pictures import GIF, JPEG, PNG, WEBP, Limits, shape
from publishers.transport import Answer
from publishers.uploading import Load, NotUploaded, not_taken

# lexicons/app/bsky/embed/images.json: at most four, each "up to 2 MB, formerly limited to 1 MB". It sets no
# length for alt texts; 2,000 is what Bluesky's own app lets people write.
LIMITS = Limits("Bluesky", dict.fromkeys((PNG, JPEG, WEBP, GIF), 2_000_000), alt_text=2_000)
# Within so many seconds. Raises NotWritten or AnswerLost.
Ask = Callable[[Call, float], Answer]
Json = dict[str, Any]


def upload(ask: Ask, attempt: Attempt, load: Load) -> Json:
    """The picture as a record embeds it. Raises NotUploaded, NotWritten or AnswerLost."""
    call = Call(
        "POST",
        "/xrpc/com.atproto.repo.uploadBlob",
        headers={"Content-Type": load.shape.content_type},
        raw=load.image.data,
    )
    answer = ask(call, load.seconds)
    if answer.status != 200:
        said = answers.said(answer)
        raise not_taken("Bluesky", load, answer, said, answers.outcome(answer, attempt.started_at, ""))
    blob = json_api.read_object(answer).get("blob")
    if not isinstance(blob, dict) or "ref" not in blob:
        raise NotUploaded(NotSent(f"Bluesky took {load.which}, but its answer does not name it"))
    # Without it readers see a square of nothing until the picture has come.
    ratio = {"width": load.shape.width, "height": load.shape.height}
    return {"image": blob, "alt": load.image.alt_text, "aspectRatio": ratio}


def embed(images: list[Json]) -> Json:
    """What a record says about its pictures; nothing where there is none."""
    return {"embed": {"$type": "app.bsky.embed.images", "images": images}} if images else {}


def warnings(images: tuple[Image, ...]) -> list[str]:
    moves = any((its := shape(image.data)) and its.kind == GIF for image in images)
    return ["Bluesky shows a GIF as a picture that does not move."] if moves else []
