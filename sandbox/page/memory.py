"""What only the page knows: how far each person has read, and what Slack itself told them."""

from dataclasses import dataclass, field

from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Notice:
    """Something the workspace itself says to one person, as Slackbot would."""

    ts: str
    text: str


@dataclass
class Memory:
    """Everything here is forgotten when the workspace is reset."""

    slack: Workspace
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    first_unread: dict[tuple[str, str], str] = field(default_factory=dict)
    notices: dict[tuple[str, str], list[Notice]] = field(default_factory=dict)
    field_errors: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people = self.slack.people

    def follow(self) -> None:
        """A reset gives the workspace new people: what was known of the old ones goes."""
        if self._people is not self.slack.people:
            for known in (self.read, self.first_unread, self.notices, self.field_errors):
                known.clear()
            self._people = self.slack.people

    def unread(self, user: str, channel: str) -> list[str]:
        mark = self.read.get((user, channel), "")
        return [
            message.ts
            for message in self.slack.messages[channel].values()
            if message.ts > mark and message.user != user and not message.is_reply and message.seen_by(user)
        ]

    def see(self, user: str, channel: str) -> None:
        """Everything there has been seen now."""
        newest = max(self.slack.messages[channel], default="")
        self.read[user, channel] = max(newest, self.read.get((user, channel), ""))

    def visit(self, user: str, channel: str) -> None:
        """They come in from elsewhere: remember where the unread messages begin, then all are seen."""
        unread = self.unread(user, channel)
        self.first_unread[user, channel] = unread[0] if (user, channel) in self.read and unread else ""
        self.see(user, channel)

    def tell(self, user: str, channel: str, text: str) -> None:
        self.notices.setdefault((user, channel), []).append(Notice(self.slack.fresh_ts(), text))
        self.slack.changed("message", channel=channel, user=user)
