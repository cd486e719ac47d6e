"""What the bot asks Slack for: each permission with its reason and what is lost without it.

Which method and which event needs which scope: https://docs.slack.dev/reference/methods and
https://docs.slack.dev/reference/events, one page each, read on 23 November 2026.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coop.settings import Settings


@dataclass(frozen=True)
class Scope:
    """One bot scope. `hears_channels` are asked for only while LISTEN_IN_CHANNELS is yes."""

    name: str
    reason: str
    without: str
    methods: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    hears_channels: bool = False


SEEN = frozenset({"conversations.list", "conversations.info", "conversations.members"})
READ = frozenset({"conversations.history", "conversations.replies"})
PICTURES = "files:read"
SCOPES = (
    Scope(
        "commands",
        "To answer `/countmein`, `/member` and `/announce`, and the buttons and forms they open.",
        "No command works.",
    ),
    Scope(
        "chat:write",
        "To answer, to send receipts, and to post proposals in the steering channel.",
        "The bot cannot say anything.",
        methods=frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"}),
    ),
    Scope(
        "im:write",
        "To open the direct message in which receipts, cards and officers' lists arrive.",
        "Receipts and cards cannot be sent.",
        methods=frozenset({"conversations.open"}),
    ),
    Scope(
        "im:history",
        "To read what people write to the bot in its own direct message, and nobody else's.",
        "Questions in a direct message are not heard; `/member` still answers.",
        methods=READ,
        events=frozenset({"message.im"}),
    ),
    Scope(
        "app_mentions:read",
        "To hear a question that mentions the bot, also in a thread, where Slack refuses commands.",
        "Mentions are not heard.",
        events=frozenset({"app_mention"}),
    ),
    Scope(
        "users:read",
        "To tell guests, bots and people of other organisations from the network's own people.",
        "Nobody can be told apart from a guest, so nobody can join.",
        methods=frozenset({"users.info"}),
        events=frozenset({"team_join", "user_change"}),
    ),
    Scope(
        "channels:read",
        "To see that the bot was invited to a channel, and to refuse a steering channel that is public.",
        "Public channels cannot be chosen for announcements.",
        methods=SEEN,
        events=frozenset({"member_joined_channel"}),
    ),
    Scope(
        "groups:read",
        "To find the private steering channel and check that it is private.",
        "The steering channel cannot be found, so nothing can be approved.",
        methods=SEEN,
        events=frozenset({"member_joined_channel"}),
    ),
    Scope(
        "files:write",
        "To send the membership card as a picture, officers' lists as a file, and announcements' pictures.",
        "Cards, lists and announcements with pictures are not sent; everything else works.",
        methods=frozenset({"files.getUploadURLExternal", "files.completeUploadExternal", "files.delete"}),
    ),
    Scope(
        PICTURES,
        "To fetch the pictures somebody adds to an announcement in its window, and no other file.",
        "Announcements cannot have pictures; everything else works.",
        methods=frozenset({"files.info"}),
    ),
    Scope(
        "channels:history",
        "To answer “am I a member?” in public channels the bot was invited to. Nothing read is stored.",
        "Questions in public channels are not heard; mentions and `/member` still work.",
        methods=READ,
        events=frozenset({"message.channels"}),
        hears_channels=True,
    ),
    Scope(
        "groups:history",
        "The same in private channels the bot was invited to, the steering channel among them.",
        "Questions in private channels are not heard; mentions and `/member` still work.",
        methods=READ,
        events=frozenset({"message.groups"}),
        hears_channels=True,
    ),
)

# Called without any bot scope; apps.connections.open takes the app-level token's connections:write.
SCOPELESS_METHODS = frozenset(
    {"auth.test", "chat.getPermalink", "views.open", "views.update", "views.publish", "apps.connections.open"}
)
SCOPELESS_EVENTS = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})


def asked_for(settings: Settings) -> tuple[Scope, ...]:
    return tuple(scope for scope in SCOPES if settings.listen_in_channels or not scope.hears_channels)


def lost(granted: Collection[str], settings: Settings) -> Iterator[str]:
    """One sentence for each permission asked for and not granted: what does not work without it."""
    for scope in asked_for(settings):
        if scope.name not in granted:
            yield f"Slack has not granted {scope.name}. {scope.without}"
