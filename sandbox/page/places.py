"""Where somebody is on the page: who they are, in which conversation, with what beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox import seen
from sandbox.entities import Channel, Person
from sandbox.page import sidebar
from sandbox.page.names import Names
from sandbox.workspace import Workspace
from sandbox.x.store import XStore

SIDES = ("x", "mastodon", "bluesky", "travelled")


@dataclass(frozen=True)
class Place:
    """Where somebody is: a conversation (None is the Home tab), and what stands beside it."""

    person: Person
    channel: Channel | None
    side: str = "x"
    side_chosen: bool = False
    thread_ts: str = ""

    @property
    def address(self) -> str:
        return f"/as/{self.person.id}/{self.channel.id if self.channel else 'home'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.tz)


@dataclass(frozen=True)
class Bot:
    name: str
    channel: str
    home_tab: bool


def place(slack: Workspace, person: Person, where: str, query: Mapping[str, str]) -> Place:
    """Raises KeyError for a conversation that this person is not in."""
    channel = None if where == "home" else slack.channels[where]
    if channel and person.id not in channel.members:
        raise KeyError(where)
    if channel and query.get("thread") in slack.messages[channel.id]:
        return Place(person, channel, "thread", side_chosen=True, thread_ts=query["thread"])
    side = query.get("side", "")
    return Place(person, channel, side if side in SIDES else "x", side_chosen=side in SIDES)


def names_for(slack: Workspace, x: XStore, person: Person) -> Names:
    people = {one.id: one.label for one in slack.people.values() if not one.deleted}
    channels = {channel.id: channel.name for channel in seen.conversations(slack, person.id) if channel.name}
    now = datetime.fromtimestamp(slack.clock.now(), ZoneInfo(person.tz))
    return Names(person.id, people, channels, now, slack.base_url, x.posts)


def bot_of(slack: Workspace, at: Place) -> Bot | None:
    """The bot whose conversation or Home tab this is."""
    user = sidebar.bot_of(slack, at.person.id, at.channel) if at.channel else ""
    app = slack.app_by_bot_user(user) if at.channel else slack.newest_app()
    if app is None:
        return None
    direct = slack.direct(at.person.id, app.bot_user)
    return Bot(slack.people[app.bot_user].label, direct.id, app.home_tab)


def name_of(slack: Workspace, at: Place) -> str:
    if at.channel:
        return sidebar.name_of(slack, at.person.id, at.channel)
    bot = bot_of(slack, at)
    return bot.name if bot else "App Home"
