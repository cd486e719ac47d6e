"""What a practice network remembers: posts of one account, and every request as it arrived."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.x.entities import Received
from sandbox.x.faults import Faults

_LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\")\]]")

_KINDS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


@dataclass
class Picture:
    """Uploaded bytes. `unread` is how many more times the server is asked before it has read them."""

    id: str
    content_type: str
    content: bytes
    alt_text: str = ""
    unread: int = 0

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass
class Post:
    """`visible_at` is when readers see it; `record` is what the network keeps beside the words."""

    id: str
    text: str
    created_at: float
    visible_at: float
    record: dict[str, Any]
    deleted: bool = False


class Store:
    """`on_change` is called after each post, deletion or reset: the page listens there."""

    name = title = handle = owner = ""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.on_change: list[Callable[[], None]] = []
        self.reset()

    def reset(self) -> None:
        self.posts: dict[str, Post] = {}
        self.pictures: dict[str, Picture] = {}
        self.received: list[Received] = []
        self.faults = Faults()
        self.lag = 0.0
        self.changed()

    def shown(self, post: Post) -> list[Picture]:
        """The pictures readers see with a post, each with its own alt text."""
        del post
        return []

    def environment(self) -> dict[str, str]:
        """The settings of a bot that posts here, beside the address."""
        return {}

    def changed(self) -> None:
        for listener in self.on_change:
            listener()

    def now(self) -> float:
        return self.clock.now()

    def new_id(self) -> str:
        """Rises with time."""
        last = max((int(post_id) for post_id in self.posts if post_id.isdecimal()), default=0)
        return str(max(int(self.now() * 1000) << 16, last + 1))

    def add_post(self, text: str, post_id: str = "", record: dict[str, Any] | None = None) -> Post:
        now = self.now()
        post = Post(post_id or self.new_id(), text, now, now + self.lag, record or {})
        self.posts[post.id] = post
        self.changed()
        return post

    def delete(self, post_id: str) -> None:
        self.posts[post_id].deleted = True
        self.changed()

    def visible_posts(self) -> list[Post]:
        """What readers see by now, newest first."""
        there = [post for post in self.posts.values() if not post.deleted and post.visible_at <= self.now()]
        return sorted(there, key=lambda post: post.created_at, reverse=True)

    def links(self, post: Post) -> list[tuple[int, int]]:
        """Where the network makes links of the words, in order."""
        return [found.span() for found in _LINK.finditer(post.text)]

    def note(self, method: str, path: str, body: bytes) -> Received:
        digest = hashlib.sha256(body).hexdigest()
        entry = Received(len(self.received) + 1, self.now(), method, path, digest, len(body))
        self.received.append(entry)
        return entry


def kind_of(content: bytes) -> str:
    """Told from the first bytes, whatever the client says; empty for what is no picture."""
    return next((kind for start, kind in _KINDS if content.startswith(start)), "")
