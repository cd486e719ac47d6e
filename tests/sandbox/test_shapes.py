"""Shape checks against Slack's published samples, where these are present."""

import json

import pytest
from slack_sdk import WebClient

from tests.sandbox.driving import ASHA, BRYN, DEV, EMPTY, GENERAL, NEWS, Bot, Practice, eventually
from tests.sandbox.shapes import differences
from tests.sandbox.test_files import uploaded
from tests.sandbox.test_views import NAME, home, modal, trigger, words

BUTTON = {"type": "button", "action_id": "more", "text": words("More"), "value": "7"}
ACTIONS = {"type": "actions", "elements": [BUTTON]}


@pytest.fixture
def web(practice: Practice, bot: Bot) -> WebClient:
    return practice.client(practice.app["bot_token"])


def test_the_comparison_finds_what_slack_does_not_send():
    assert differences("api/auth.test", {"ok": True, "colour": "red", "team": 7}) == {"colour", "team"}


def answers(practice, bot, web):
    """An answer of every method there is a sample for."""
    first = web.chat_postMessage(channel=GENERAL, text="a", blocks=[ACTIONS])
    ts = first["ts"]
    web.chat_postMessage(
        channel=GENERAL, text="b", thread_ts=ts, metadata={"event_type": "a", "event_payload": {}}
    )
    web.reactions_add(channel=GENERAL, timestamp=ts, name="tea")
    web.chat_update(channel=GENERAL, ts=ts, text="c", blocks=[ACTIONS])
    later = int(practice.post("clock", advance=0)["now"]) + 600
    group = web.usergroups_create(name="Members")["usergroup"]["id"]
    root = web.views_open(trigger_id=trigger(practice, bot), view=modal(ACTIONS, NAME))
    practice.post("press", user=ASHA, view_id=root["view"]["id"], action_id="more")
    push = bot.interaction()["trigger_id"]
    app_client = practice.client(practice.app["app_token"])
    yield "apps.connections.open", app_client.apps_connections_open(app_token=practice.app["app_token"])
    yield "auth.test", web.auth_test()
    yield "bots.info", web.bots_info(bot=practice.app["bot_id"])
    yield "chat.postMessage", first
    yield "chat.postMessage", web.chat_postMessage(channel=BRYN, text="d")
    yield "chat.postEphemeral", web.chat_postEphemeral(channel=GENERAL, user=ASHA, text="e")
    yield "chat.update", web.chat_update(channel=GENERAL, ts=ts, text="f")
    yield "chat.getPermalink", web.chat_getPermalink(channel=GENERAL, message_ts=ts)
    yield "chat.scheduleMessage", web.chat_scheduleMessage(channel=GENERAL, text="g", post_at=later)
    yield "conversations.history", web.conversations_history(channel=GENERAL, include_all_metadata=True)
    yield "conversations.replies", web.conversations_replies(channel=GENERAL, ts=ts)
    yield "conversations.info", web.conversations_info(channel=GENERAL, include_num_members=True)
    yield "conversations.list", web.conversations_list(types="public_channel,private_channel,im")
    yield "conversations.members", web.conversations_members(channel=GENERAL)
    yield "conversations.open", web.conversations_open(users=DEV, return_im=True)
    yield "conversations.join", web.conversations_join(channel=NEWS)
    yield "conversations.kick", web.conversations_kick(channel=NEWS, user=DEV)
    yield "conversations.invite", web.conversations_invite(channel=NEWS, users=DEV)
    file = uploaded(web)
    yield (
        "files.completeUploadExternal",
        web.files_completeUploadExternal(files=[{"id": file}], channel_id=GENERAL),
    )
    yield "files.getUploadURLExternal", web.files_getUploadURLExternal(filename="a", length=1)
    yield "files.info", web.files_info(file=file)
    yield "reactions.add", web.reactions_add(channel=GENERAL, timestamp=ts, name="cake")
    yield "team.info", web.team_info()
    yield "usergroups.list", web.usergroups_list(include_users=True, include_count=True)
    yield "usergroups.users.update", web.usergroups_users_update(usergroup=group, users=[ASHA])
    yield "usergroups.users.list", web.usergroups_users_list(usergroup=group)
    yield "users.info", web.users_info(user=ASHA, include_locale=True)
    yield "users.list", web.users_list()
    yield "users.lookupByEmail", web.users_lookupByEmail(email="asha@fenmarch.example")
    yield "users.profile.get", web.users_profile_get(user=ASHA)
    yield "views.open", root
    yield "views.push", web.views_push(trigger_id=push, view=modal())
    yield "views.update", web.views_update(view_id=root["view"]["id"], view=modal())
    yield "views.publish", web.views_publish(user_id=ASHA, view=home())
    yield "chat.delete", web.chat_delete(channel=GENERAL, ts=ts)


def test_answers_have_slacks_shape(practice, bot, web):
    found = {name: differences(f"api/{name}", answer.data) for name, answer in answers(practice, bot, web)}
    wrong = {f"{name}: {path}" for name, paths in found.items() for path in paths}
    assert wrong == set()


def test_events_have_slacks_shape(practice, bot, web):
    ts = practice.post("say", user=ASHA, channel=GENERAL, text=f"<@{practice.app['bot_user_id']}> a")[
        "message"
    ]["ts"]
    practice.post("say", user=ASHA, channel=GENERAL, text="b", thread_ts=ts)
    practice.post("react", user=BRYN, channel=GENERAL, ts=ts, name="tea")
    practice.post("edit", user=ASHA, channel=GENERAL, ts=ts, text="c")
    practice.post("delete", user=ASHA, channel=GENERAL, ts=ts)
    web.chat_postMessage(channel=GENERAL, text="d")
    web.views_publish(user_id=ASHA, view=home())
    practice.post("home", user=ASHA)
    practice.post("join-workspace", user={"real_name": "Tam Underhill"})
    practice.post("change-person", user=DEV, profile={"title": "Writer"})
    practice.post("leave", channel=GENERAL, user=BRYN)
    practice.post("revoke")
    samples = {
        "message": "MessagePayload",
        "message_changed": "MessageChangedPayload",
        "message_deleted": "MessageDeletedPayload",
        "app_mention": "AppMentionPayload",
        "app_home_opened": "AppHomeOpenedPayload",
        "member_joined_channel": "MemberJoinedChannelPayload",
        "member_left_channel": "MemberLeftChannelPayload",
        "reaction_added": "ReactionAddedPayload",
        "team_join": "TeamJoinPayload",
        "user_change": "UserChangePayload",
        "tokens_revoked": "TokensRevokedPayload",
        "app_uninstalled": "AppUninstalledPayload",
    }

    def kinds():
        return {kind_of(each.json) for each in bot.received}

    assert eventually(lambda: kinds() == set(samples)), set(samples) - kinds()
    found = {
        f"{kind_of(each.json)}: {path}"
        for each in bot.received
        for path in differences(f"events/{samples[kind_of(each.json)]}", each.json)
    }
    assert found == set()


def kind_of(payload):
    event = payload["event"]
    return event.get("subtype") or event["type"]


def test_interactions_have_slacks_shape(practice, bot, web):
    ts = web.chat_postMessage(channel=GENERAL, text="a", blocks=[ACTIONS])["ts"]
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    command = bot.interaction()
    practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id="more")
    pressed = bot.interaction()
    practice.post("shortcut", user=ASHA, callback_id="thank", channel=GENERAL, ts=ts)
    shortcut = bot.interaction()
    web.views_open(trigger_id=shortcut["trigger_id"], view=modal(NAME, notify_on_close=True))
    bot.answer = lambda _: (500, {}, b"")
    practice.post("submit", user=ASHA, values={"name": {"a": "Dev"}})
    submitted = bot.interaction()
    bot.answer = lambda _: EMPTY
    practice.post("close", user=ASHA)
    closed = bot.interaction()
    found = {
        name: differences(f"app-backend/{name}", json.loads(json.dumps(payload)))
        for name, payload in (
            ("SlashCommandPayload", command),
            ("BlockActionPayload", pressed),
            ("MessageShortcutPayload", shortcut),
            ("ViewSubmissionPayload", submitted),
            ("ViewClosedPayload", closed),
        )
    }
    wrong = {f"{name}: {path}" for name, paths in found.items() for path in paths}
    assert wrong == set()
