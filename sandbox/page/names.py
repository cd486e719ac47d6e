"""What ids are called, and when now is, for the person who looks at the page."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

PERMALINK = re.compile(r"/archives/(?P<channel>\w+)/p(?P<seconds>\d{10})(?P<rest>\d{6})")
POST = re.compile(r"https?://(?:www\.)?(?:x|twitter)\.com/[^/]+/status/(?P<post>\d+)")


@dataclass(frozen=True)
class Names:
    """`now` is aware, in the zone of the person who looks: dates are written for them.

    `base_url` and `posts` tell which addresses lead to a message or a post of this very page.
    """

    viewer: str
    people: Mapping[str, str]
    channels: Mapping[str, str]
    now: datetime
    base_url: str = ""
    posts: Collection[str] = ()

    def person(self, user_id: str) -> str:
        return self.people.get(user_id, "somebody")

    def channel(self, channel_id: str) -> str:
        return self.channels.get(channel_id, "private channel")

    def address(self, channel_id: str) -> str:
        return f"/as/{self.viewer}/{channel_id}"

    def followed(self, url: str) -> str:
        """Where a link leads: what the practice workspace itself holds is shown on this page."""
        if (found := POST.match(url)) and found["post"] in self.posts:
            return f"?side=x#post-{found['post']}"
        if self.base_url and url.startswith(self.base_url):
            found = PERMALINK.fullmatch(url, len(self.base_url))
            return f"{self.address(found['channel'])}#m{found['seconds']}.{found['rest']}" if found else url
        return url

    def wall(self, timestamp: int) -> str:
        """An instant as the value of a date-and-time control, in the viewer's zone."""
        return f"{datetime.fromtimestamp(timestamp, self.now.tzinfo):%Y-%m-%dT%H:%M}"

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """What a select of people or of conversations offers."""
        if "users" in kind:
            return list(self.people.items())
        return [(channel_id, f"#{name}") for channel_id, name in self.channels.items()]
