"""Messages an app posts, edits, deletes, schedules; who sees them."""

import pytest
from slack_sdk import WebClient

from tests.sandbox.driving import ASHA, BRYN, DEV, GENERAL, KIT, NEWS, ROTA, STEERING, Practice
from tests.sandbox.test_calling import refused

SECTION = [{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "*Kettle* on"}}]


def test_a_message_is_seen_by_members_alone(practice: Practice, web: WebClient):
    answer = web.chat_postMessage(channel=GENERAL, text="kettle on", blocks=SECTION)
    message = answer["message"]
    assert (answer["channel"], message["ts"], message["text"]) == (GENERAL, answer["ts"], "kettle on")
    assert message["bot_id"] == practice.app["bot_id"]
    assert message["bot_profile"]["name"] == "Tea Rota"
    assert practice.texts(BRYN, GENERAL) == ["kettle on"]
    assert practice.get("conversations", user="U00000JONAS")["conversations"][0]["name"] == "tea-room"


def test_a_persons_id_opens_their_direct_messages(practice: Practice, web: WebClient):
    answer = web.chat_postMessage(channel=DEV, text="hello")
    assert answer["channel"].startswith("D")
    assert practice.texts(DEV) == ["hello"]
    assert practice.texts(ASHA) == []
    opened = web.conversations_open(users=DEV)
    assert opened["channel"]["id"] == answer["channel"]


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("C0NOWHERE", "channel_not_found"),
        (STEERING, "channel_not_found"),
        (NEWS, "not_in_channel"),
        (KIT, "channel_not_found"),
        (ROTA, "channel_not_found"),
    ],
)
def test_an_app_may_not_post_everywhere(web: WebClient, where, code):
    assert refused(web.chat_postMessage, channel=where, text="hello")["error"] == code


def test_an_app_without_a_messages_tab_has_no_direct_messages(practice: Practice):
    web = practice.install(tab=False)
    assert refused(web.chat_postMessage, channel=DEV, text="hello")["error"] == "messages_tab_disabled"


def test_an_archived_channel_takes_no_messages(practice: Practice, web: WebClient):
    assert refused(web.conversations_archive, channel=GENERAL)["error"] == "cant_archive_general"
    web.conversations_join(channel=NEWS)
    web.conversations_archive(channel=NEWS)
    for act in (web.chat_postMessage, web.conversations_join):
        more = {"text": "hello"} if act == web.chat_postMessage else {}
        assert refused(act, channel=NEWS, **more)["error"] == "is_archived"
    assert NEWS not in [each["id"] for each in web.conversations_list(exclude_archived=True)["channels"]]
    practice.post("archive", channel=NEWS, archived=False)
    assert refused(web.conversations_unarchive, channel=NEWS)["error"] == "not_archived"
    assert web.chat_postMessage(channel=NEWS, text="hello")["ok"] is True


def test_a_channel_may_be_named(practice: Practice, web: WebClient):
    assert web.chat_postMessage(channel="#general", text="hello")["channel"] == GENERAL


def test_chat_write_public_opens_public_channels(practice: Practice):
    web = practice.install(scopes=["chat:write", "chat:write.public"])
    assert web.chat_postMessage(channel=NEWS, text="hello")["channel"] == NEWS
    assert refused(web.chat_postMessage, channel=STEERING, text="hello")["error"] == "channel_not_found"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "no_text"),
        ({"text": "a", "markdown_text": "b"}, "markdown_text_conflict"),
        ({"blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"blocks": "{"}, "invalid_blocks_format"),
        ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "a", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "a", "metadata": {"event_type": 1}}, "invalid_metadata_format"),
        ({"text": "a", "metadata": {"event_type": "a", "event_payload": []}}, "invalid_metadata_schema"),
        (
            {"text": "a", "metadata": {"event_type": "a", "event_payload": {"x": "y" * 9000}}},
            "metadata_too_large",
        ),
    ],
)
def test_content_is_checked(web: WebClient, content, code):
    body = {"channel": GENERAL, **content}
    assert refused(web.api_call, "chat.postMessage", json=body)["error"] == code


def test_text_is_cut_at_forty_thousand_characters(web: WebClient):
    assert len(web.chat_postMessage(channel=GENERAL, text="x" * 40_001)["message"]["text"]) == 40_000


def test_blocks_and_elements_get_ids_where_the_app_gave_none(web: WebClient):
    button = {"type": "button", "text": {"type": "plain_text", "text": "Brew"}}
    blocks = web.chat_postMessage(
        channel=GENERAL, text="a", blocks=[{"type": "actions", "elements": [button]}]
    )["message"]["blocks"]
    assert blocks[0]["block_id"]
    assert blocks[0]["elements"][0]["action_id"]


def test_an_ephemeral_message_is_for_one_person_and_not_for_good(practice: Practice, web: WebClient):
    ts = web.chat_postEphemeral(channel=GENERAL, user=ASHA, text="psst")["message_ts"]
    assert practice.texts(ASHA, GENERAL) == ["psst"]
    assert practice.texts(BRYN, GENERAL) == []
    assert web.conversations_history(channel=GENERAL)["messages"] == []
    assert refused(web.chat_update, channel=GENERAL, ts=ts, text="b")["error"] == "message_not_found"
    assert refused(web.chat_delete, channel=GENERAL, ts=ts)["error"] == "message_not_found"
    assert (
        refused(web.chat_postEphemeral, channel=GENERAL, user=KIT, text="a")["error"] == "user_not_in_channel"
    )


def test_an_edit_replaces_text_and_blocks(practice: Practice, web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a", blocks=SECTION)["ts"]
    answer = web.chat_update(channel=GENERAL, ts=ts, text="b")
    assert (answer["text"], answer["ts"]) == ("b", ts)
    (message,) = practice.messages(ASHA, GENERAL)
    assert message["text"] == "b"
    assert "blocks" not in message
    assert message["edited"]["user"] == practice.app["bot_user_id"]


def test_only_own_messages_can_be_edited_or_deleted(practice: Practice, web: WebClient):
    ts = practice.post("say", user=ASHA, channel=GENERAL, text="mine")["message"]["ts"]
    assert refused(web.chat_update, channel=GENERAL, ts=ts, text="b")["error"] == "cant_update_message"
    assert refused(web.chat_delete, channel=GENERAL, ts=ts)["error"] == "cant_delete_message"
    assert refused(web.chat_update, channel=GENERAL, ts="1.000001", text="b")["error"] == "message_not_found"
    assert refused(web.chat_update, channel=GENERAL, ts=ts, text="b" * 4001)["error"] == "cant_update_message"


def test_a_deleted_message_is_gone(practice: Practice, web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    web.chat_delete(channel=GENERAL, ts=ts)
    assert practice.messages(ASHA, GENERAL) == []
    assert refused(web.chat_delete, channel=GENERAL, ts=ts)["error"] == "message_not_found"


def test_history_is_newest_first_and_leaves_replies_to_replies(web: WebClient):
    first = web.chat_postMessage(channel=GENERAL, text="one")["ts"]
    web.chat_postMessage(channel=GENERAL, text="reply", thread_ts=first)
    web.chat_postMessage(channel=GENERAL, text="aloud", thread_ts=first, reply_broadcast=True)
    web.chat_postMessage(channel=GENERAL, text="two")
    history = web.conversations_history(channel=GENERAL)
    assert [message["text"] for message in history["messages"]] == ["two", "aloud", "one"]
    assert history["messages"][-1]["reply_count"] == 2
    replies = web.conversations_replies(channel=GENERAL, ts=first)["messages"]
    assert [message["text"] for message in replies] == ["one", "reply", "aloud"]
    assert replies[1]["thread_ts"] == first
    assert refused(web.conversations_replies, channel=GENERAL, ts="1.000001")["error"] == "thread_not_found"


def test_history_comes_in_pages_and_between_instants(web: WebClient):
    stamps = [web.chat_postMessage(channel=GENERAL, text=str(number))["ts"] for number in range(5)]
    pages = [page["messages"] for page in web.conversations_history(channel=GENERAL, limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    between = web.conversations_history(channel=GENERAL, oldest=stamps[1], latest=stamps[3])["messages"]
    assert [message["text"] for message in between] == ["2"]
    among = web.conversations_history(channel=GENERAL, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [message["text"] for message in among["messages"]] == ["3", "2", "1"]
    assert refused(web.conversations_history, channel=GENERAL, oldest="x")["error"] == "invalid_ts_oldest"
    assert refused(web.conversations_history, channel=GENERAL, cursor="x")["error"] == "invalid_cursor"
    assert refused(web.conversations_history, channel=GENERAL, limit=1001)["error"] == "invalid_limit"


def test_metadata_comes_back_when_asked_for(web: WebClient):
    metadata = {"event_type": "brewed", "event_payload": {"pot": "7"}}
    web.chat_postMessage(channel=GENERAL, text="a", metadata=metadata)
    plain = web.conversations_history(channel=GENERAL)["messages"][0]
    assert "metadata" not in plain
    full = web.conversations_history(channel=GENERAL, include_all_metadata=True)["messages"][0]
    assert full["metadata"] == metadata


def test_forgotten_messages_are_gone_for_everybody(practice: Practice, web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    assert practice.post("forget", what="messages")["hidden"] == 1
    assert web.conversations_history(channel=GENERAL)["messages"] == []
    assert practice.messages(ASHA, GENERAL) == []
    assert refused(web.chat_update, channel=GENERAL, ts=ts, text="b")["error"] == "message_not_found"


def test_a_permalink_leads_to_a_message_that_exists(web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    link = web.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{GENERAL}/p{ts.replace('.', '')}")
    reply = web.chat_postMessage(channel=GENERAL, text="b", thread_ts=ts)["ts"]
    link = web.chat_getPermalink(channel=GENERAL, message_ts=reply)["permalink"]
    assert link.endswith(f"?thread_ts={ts}&cid={GENERAL}")
    answer = refused(web.chat_getPermalink, channel=GENERAL, message_ts="1.000001")
    assert answer["error"] == "message_not_found"


def test_a_scheduled_message_appears_at_its_time(practice: Practice, web: WebClient):
    now = int(practice.post("clock", set=1_800_000_000)["now"])
    answer = web.chat_scheduleMessage(channel=GENERAL, text="later", post_at=now + 60)
    assert (answer["post_at"], answer["message"]["type"]) == (now + 60, "delayed_message")
    waiting = web.chat_scheduledMessages_list()["scheduled_messages"]
    assert [(each["id"], each["text"]) for each in waiting] == [(answer["scheduled_message_id"], "later")]
    practice.post("clock", advance=59)
    assert practice.texts(ASHA, GENERAL) == []
    practice.post("clock", advance=1)
    assert practice.texts(ASHA, GENERAL) == ["later"]
    assert web.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_a_scheduled_message_can_be_taken_back(practice: Practice, web: WebClient):
    now = int(practice.post("clock", set=1_800_000_000)["now"])
    made = web.chat_scheduleMessage(channel=GENERAL, text="later", post_at=now + 60)["scheduled_message_id"]
    web.chat_deleteScheduledMessage(channel=GENERAL, scheduled_message_id=made)
    practice.post("clock", advance=61)
    assert practice.texts(ASHA, GENERAL) == []
    answer = refused(web.chat_deleteScheduledMessage, channel=GENERAL, scheduled_message_id=made)
    assert answer["error"] == "invalid_scheduled_message_id"


def test_a_scheduled_message_with_metadata_never_appears(practice: Practice, web: WebClient):
    now = int(practice.post("clock", set=1_800_000_000)["now"])
    metadata = {"event_type": "brewed", "event_payload": {}}
    web.chat_scheduleMessage(channel=GENERAL, text="later", post_at=now + 60, metadata=metadata)
    practice.post("clock", advance=61)
    assert practice.texts(ASHA, GENERAL) == []


def test_scheduling_has_limits(practice: Practice, web: WebClient):
    now = int(practice.post("clock", set=1_800_000_000)["now"])
    for post_at, code in (
        (now - 1, "time_in_past"),
        (now + 121 * 86400, "time_too_far"),
        ("noon", "invalid_time"),
    ):
        body = {"channel": GENERAL, "text": "a", "post_at": post_at}
        assert refused(web.api_call, "chat.scheduleMessage", json=body)["error"] == code
    for _ in range(30):
        web.chat_scheduleMessage(channel=GENERAL, text="a", post_at=now + 600)
    answer = refused(web.chat_scheduleMessage, channel=GENERAL, text="a", post_at=now + 700)
    assert answer["error"] == "restricted_too_many"


def test_reactions_are_added_once(practice: Practice, web: WebClient):
    ts = web.chat_postMessage(channel=GENERAL, text="a")["ts"]
    web.reactions_add(channel=GENERAL, timestamp=ts, name="tea")
    practice.post("react", user=ASHA, channel=GENERAL, ts=ts, name="tea")
    (message,) = practice.messages(ASHA, GENERAL)
    bot = practice.app["bot_user_id"]
    assert message["reactions"] == [{"name": "tea", "users": [bot, ASHA], "count": 2}]
    again = refused(web.reactions_add, channel=GENERAL, timestamp=ts, name="tea")
    assert again["error"] == "already_reacted"
    assert refused(web.reactions_add, channel=GENERAL, timestamp=ts, name=":tea:")["error"] == "invalid_name"
    web.reactions_remove(channel=GENERAL, timestamp=ts, name="tea")
    practice.post("react", user=ASHA, channel=GENERAL, ts=ts, name="tea")
    assert "reactions" not in practice.messages(ASHA, GENERAL)[0]


def test_a_name_of_its_own_needs_a_scope(practice: Practice):
    web = practice.install(channels=[GENERAL])
    assert "username" not in web.chat_postMessage(channel=GENERAL, text="a", username="Kettle")["message"]
    web = practice.install(scopes=["chat:write", "chat:write.customize"], channels=[GENERAL])
    assert (
        web.chat_postMessage(channel=GENERAL, text="a", username="Kettle")["message"]["username"] == "Kettle"
    )
