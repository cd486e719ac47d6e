"""Everything the practice X knows. One event loop changes it; nothing here waits."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.x import invented
from sandbox.x.entities import Account, DeveloperApp, Media, Post, Received, SignIn, Token
from sandbox.x.faults import Faults
from sandbox.x.limits import DAY, Windows
from sandbox.x.prices import Credits
from sandbox.x.rewriting import links

_X_EPOCH_MS = 1_288_834_974_657  # ids of X count milliseconds from here, in their upper 42 bits


class XStore:
    """`on_change` is called after each post, deletion, sign-in or reset: the page listens there."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.on_change: list[Callable[[], None]] = []
        self._last_id = 0
        self.reset()

    def reset(self) -> None:
        self.accounts = {a.id: a for a in (invented.NETWORK, invented.DEVELOPER, invented.NEIGHBOUR)}
        self.apps: dict[str, DeveloperApp] = {invented.APP.key: invented.APP}
        tokens = (invented.PORTAL_TOKEN, invented.NETWORK_TOKEN, invented.READ_ONLY_TOKEN)
        self.tokens: dict[str, Token] = {token.key: token for token in tokens}
        self.sign_ins: dict[str, SignIn] = {}
        self.nonces: set[tuple[str, str]] = set()
        self.posts: dict[str, Post] = {}
        self.media: dict[str, Media] = {}
        self.received: list[Received] = []
        self.faults = Faults()
        self.credits = Credits()
        self.windows = Windows()
        self.lag = 0.0
        self.duplicate_window = float(DAY)
        self.newer_names = False
        self.own_replies = False
        self.reading = 0
        self.long_posts: set[str] = set()
        self.changed()

    def changed(self) -> None:
        for listener in self.on_change:
            listener()

    def now(self) -> float:
        return self.clock.now()

    def new_id(self) -> str:
        """Rises with time, like X's own."""
        made = (int(self.now() * 1000) - _X_EPOCH_MS) << 22
        self._last_id = max(made, self._last_id + 1)
        return str(self._last_id)

    def account_called(self, username: str) -> Account | None:
        wanted = username.lstrip("@").lower()
        return next((a for a in self.accounts.values() if a.username.lower() == wanted), None)

    def add_post(
        self, author_id: str, text: str, *, media: tuple[Media, ...] = (), reply_to: str | None = None
    ) -> Post:
        now = self.now()
        post = Post(self.new_id(), author_id, text, now, now + self.lag, media=media, reply_to=reply_to)
        targets = [link.written for link in links(text)] + [m.key for m in media]
        post.links = {target: f"https://t.co/{secrets.token_hex(5)}" for target in targets}
        self.posts[post.id] = post
        self.changed()
        return post

    def posts_of(self, account_id: str) -> list[Post]:
        """What the account really has now, newest first, whether readers see it yet or not."""
        return [p for p in reversed(self.posts.values()) if p.author_id == account_id and not p.deleted]

    def visible_posts(self, account_id: str) -> list[Post]:
        """What readers see by now, newest first."""
        return [p for p in self.posts_of(account_id) if p.visible_at <= self.now()]

    def give_token(self, account_id: str, access: str = "read-write") -> Token:
        token = Token(f"{account_id}-{secrets.token_hex(20)}", secrets.token_hex(22), account_id, access)
        self.tokens[token.key] = token
        self.changed()
        return token

    def note(self, method: str, path: str, body: bytes) -> Received:
        digest = hashlib.sha256(body).hexdigest()
        entry = Received(len(self.received) + 1, self.now(), method, path, digest, len(body))
        self.received.append(entry)
        return entry
