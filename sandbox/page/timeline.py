"""A practice network as its readers see it: every account's posts, newest first."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from sandbox.page import dates, mrkdwn
from sandbox.page.lines import HUES, Avatar
from sandbox.page.names import Names
from sandbox.page.networks import Networks
from sandbox.social import store as social
from sandbox.social.store import Store
from sandbox.x.entities import Account, Post
from sandbox.x.rewriting import links
from sandbox.x.store import XStore

SHOWN = 50


@dataclass(frozen=True)
class Face:
    """An account as the page shows it."""

    name: str
    username: str
    description: str
    avatar: Avatar


@dataclass(frozen=True)
class Pictured:
    address: str
    alt_text: str


@dataclass(frozen=True)
class Shown:
    """One post. `body` has its links; `text` is what a screen reader hears when it arrives. The real network
    shows `note` in its place, until somebody asks for it.
    """

    id: str
    author: Face
    text: str
    body: Markup
    when: datetime
    written: str
    pictures: tuple[Pictured, ...]
    note: str = ""


def face(account: Account) -> Face:
    initials = "".join(word[0] for word in account.name.split()[:2]).upper()
    hue = sum(map(ord, account.id)) % HUES
    return Face(account.name, account.username, account.description, Avatar(initials, hue, is_app=True))


def account(networks: Networks, side: str) -> Face:
    """The account everything is about: on X the first one."""
    store = networks.called(side)
    return _own_face(store) if store else face(next(iter(networks.x.accounts.values())))


def posts(networks: Networks, side: str, names: Names) -> list[Shown]:
    store = networks.called(side)
    if store:
        return [_shown_elsewhere(store, post, names) for post in store.visible_posts()[:SHOWN]]
    return _posts_on_x(networks.x, names) if side == "x" else []


def _own_face(store: Store) -> Face:
    return Face(store.owner, store.handle, "", Avatar("FD", sum(map(ord, store.name)) % HUES, is_app=True))


def _posts_on_x(x: XStore, names: Names) -> list[Shown]:
    everything = [post for account in x.accounts for post in x.visible_posts(account)]
    newest = sorted(everything, key=lambda post: post.created_at, reverse=True)[:SHOWN]
    return [_shown(x, post, names) for post in newest]


def _shown(x: XStore, post: Post, names: Names) -> Shown:
    when = datetime.fromtimestamp(post.created_at, names.now.tzinfo)
    return Shown(
        id=post.id,
        author=face(x.accounts[post.author_id]),
        text=post.text,
        body=_linked(post.text, [(link.start, link.end) for link in links(post.text)], names),
        when=when,
        written=_written(when),
        pictures=tuple(Pictured(f"/x/media/{media.id}", media.alt_text) for media in post.media),
    )


def _shown_elsewhere(store: Store, post: social.Post, names: Names) -> Shown:
    when = datetime.fromtimestamp(post.created_at, names.now.tzinfo)
    body = _linked(post.text, store.links(post), names)
    pictures = tuple(
        Pictured(f"/{store.name}/pictures/{shown.id}", shown.alt_text) for shown in store.shown(post)
    )
    note = str(post.record.get("spoiler_text", ""))
    return Shown(post.id, _own_face(store), post.text, body, when, _written(when), pictures, note)


def _written(when: datetime) -> str:
    return f"{when:%a} {dates.day(when)}, {dates.clock(when)}"


def _linked(text: str, spans: list[tuple[int, int]], names: Names) -> Markup:
    drawn, end = Markup(""), 0
    for start, stop in spans:
        link = text[start:stop]
        drawn += text[end:start]
        drawn += mrkdwn.link(link if "://" in link else f"http://{link}", link, names)
        end = stop
    return Markup("<br>").join((drawn + escape(text[end:])).split("\n"))
