"""What of Slack is played here, what is left out, and how sure each part is. A test holds the tables true."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.api.registry import METHODS
from sandbox.faults import CALL_KINDS, DELIVERY_KINDS

SERVED = {
    "apps.connections.open": "a single-use address",
    "auth.revoke": "the bot's token; tells the app by tokens_revoked and app_uninstalled",
    "auth.test": "bot and app-level tokens",
    "bots.info": "installed apps and the other invented bot",
    "chat.delete": "own messages",
    "chat.deleteScheduledMessage": "",
    "chat.getPermalink": "threads included; the addresses lead nowhere",
    "chat.postEphemeral": "",
    "chat.postMessage": "by channel, #name or person; no unfurling, attachments are kept and not checked",
    "chat.scheduleMessage": "120 days, 30 in five minutes; one with metadata is silently never posted",
    "chat.scheduledMessages.list": "by channel; oldest and latest are ignored",
    "chat.update": "own messages; edit windows are not played",
    "conversations.archive": "",
    "conversations.create": "",
    "conversations.history": "oldest, latest, inclusive, pages, include_all_metadata",
    "conversations.info": "",
    "conversations.invite": "partial failures with force",
    "conversations.join": "public channels",
    "conversations.kick": "",
    "conversations.leave": "",
    "conversations.list": "types, exclude_archived, pages",
    "conversations.members": "pages",
    "conversations.open": "one person, or a group of up to eight",
    "conversations.replies": "",
    "conversations.unarchive": "",
    "emoji.list": "one custom emoji and its alias",
    "files.completeUploadExternal": "into channels, a thread, or nowhere yet",
    "files.delete": "own files",
    "files.getUploadURLExternal": "",
    "files.info": "file_deleted for a file its owner has deleted",
    "reactions.add": "",
    "reactions.remove": "",
    "team.info": "",
    "usergroups.create": "as a paid plan whose apps may manage groups",
    "usergroups.disable": "",
    "usergroups.enable": "",
    "usergroups.list": "",
    "usergroups.users.list": "",
    "usergroups.users.update": "",
    "users.conversations": "types and exclude_archived are ignored",
    "users.info": "",
    "users.list": "pages",
    "users.lookupByEmail": "",
    "users.profile.get": "no custom fields",
    "views.open": "",
    "views.publish": "",
    "views.push": "a stack of three",
    "views.update": "by id or external_id, with hash",
}

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
)

INTERACTIONS = (
    "slash commands",
    "block_actions",
    "view_submission",
    "view_closed",
    "block_suggestion",
    "files chosen in a form (file_input), of which the app is told when it is sent",
    "global shortcuts",
    "message shortcuts",
)

LEFT_OUT = (
    "OAuth and token rotation; apps.manifest.* (install at /control/install instead)",
    "user tokens, incoming webhooks, workflows, canvases, lists, huddles, calls, search",
    "Enterprise Grid; unfurling of links; custom profile fields",
    "switching off an app whose deliveries fail, delayed events, app_rate_limited",
)

UNSURE = (
    "the timetable of retries in Socket Mode (the one of HTTP is used)",
    "whether an acknowledgement on another connection counts (here it does)",
    "status and body of a used or expired response_url (404, used_url or expired_url)",
    "the words in response_metadata.messages",
    "what happens to text over 4,000 characters (kept whole up to 40,000)",
    "how url_private answers who may not read it (302 to a login; 404 once the file is deleted)",
    "how a form with a file_input is refused without files:read (missing_scope)",
    "the words beside a file_input that takes no such file, or no more of them",
    "the code shown when no Socket Mode connection is open (app_did_not_respond)",
    "which command names Slack keeps to itself beyond those people have reported",
)


_ORIGIN = """It was written from Slack's documentation and published samples; nothing here was compared with a
live workspace. Any other method answers `unknown_method`."""


def listing() -> str:
    """The tables as Markdown."""
    methods = [
        f"| `{name}` | {', '.join(METHODS[name].scopes) or 'none'} | {note} |"
        for name, note in SERVED.items()
    ]
    parts = [
        "# What the practice Slack plays",
        _ORIGIN,
        "\n".join(["| Method | Scopes (any one) | Notes |", "|---|---|---|", *methods]),
        _section("Events", EVENTS),
        _section("Interactions", INTERACTIONS),
        _section("Faults in calls", [f"{kind}: {words}" for kind, words in CALL_KINDS.items()]),
        _section("Faults in deliveries", [f"{kind}: {words}" for kind, words in DELIVERY_KINDS.items()]),
        _section("Left out", LEFT_OUT),
        _section("Not certain to be as Slack does it", UNSURE),
    ]
    return "\n\n".join(parts) + "\n"


async def page(_: Request) -> Response:
    return PlainTextResponse(listing(), media_type="text/markdown; charset=utf-8")


def _section(title: str, items: tuple[str, ...] | list[str]) -> str:
    return "\n".join([f"## {title}", *(f"- {item}" for item in items)])
