"""What ids are called, and when now is, for the person who looks at the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Names:
    """`now` is aware, in the zone of the person who looks: dates are written for them."""

    viewer: str
    people: Mapping[str, str]
    channels: Mapping[str, str]
    now: datetime

    def person(self, user_id: str) -> str:
        return self.people.get(user_id, "somebody")

    def channel(self, channel_id: str) -> str:
        return self.channels.get(channel_id, "private channel")

    def address(self, channel_id: str) -> str:
        return f"/as/{self.viewer}/{channel_id}"

    def wall(self, timestamp: int) -> str:
        """An instant as the value of a date-and-time control, in the viewer's zone."""
        return f"{datetime.fromtimestamp(timestamp, self.now.tzinfo):%Y-%m-%dT%H:%M}"

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """What a select of people or of conversations offers."""
        if "users" in kind:
            return list(self.people.items())
        return [(channel_id, f"#{name}") for channel_id, name in self.channels.items()]
