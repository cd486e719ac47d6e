"""The practice X as its readers see it: every account's posts, newest first."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from sandbox.page import dates, mrkdwn
from sandbox.page.lines import HUES, Avatar
from sandbox.page.names import Names
from sandbox.x.entities import Account, Media, Post
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
class Shown:
    """One post. `body` has its links; `text` is what a screen reader hears when it arrives."""

    id: str
    author: Face
    text: str
    body: Markup
    when: datetime
    written: str
    pictures: tuple[Media, ...]


def face(account: Account) -> Face:
    initials = "".join(word[0] for word in account.name.split()[:2]).upper()
    hue = sum(map(ord, account.id)) % HUES
    return Face(account.name, account.username, account.description, Avatar(initials, hue, is_app=True))


def network(x: XStore) -> Face:
    """The account everything is about: the first one."""
    return face(next(iter(x.accounts.values())))


def posts(x: XStore, names: Names) -> list[Shown]:
    everything = [post for account in x.accounts for post in x.visible_posts(account)]
    newest = sorted(everything, key=lambda post: post.created_at, reverse=True)[:SHOWN]
    return [_shown(x, post, names) for post in newest]


def _shown(x: XStore, post: Post, names: Names) -> Shown:
    when = datetime.fromtimestamp(post.created_at, names.now.tzinfo)
    return Shown(
        id=post.id,
        author=face(x.accounts[post.author_id]),
        text=post.text,
        body=_linked(post.text, names),
        when=when,
        written=f"{when:%a} {dates.day(when)}, {dates.clock(when)}",
        pictures=post.media,
    )


def _linked(text: str, names: Names) -> Markup:
    drawn, end = Markup(""), 0
    for link in links(text):
        address = link.written if "://" in link.written else f"http://{link.written}"
        drawn += text[end : link.start]
        drawn += mrkdwn.link(address, link.written, names)
        end = link.end
    return Markup("<br>").join((drawn + escape(text[end:])).split("\n"))
