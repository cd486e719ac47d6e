"""An announcement into a channel, against the practice Slack over real sockets."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coop.publishing import (
    Attempt,
    CannotTakeDown,
    Checked,
    Content,
    CouldNotLook,
    Found,
    GoneAlready,
    Guarantee,
    NotFound,
    NotSent,
    Published,
    Refused,
    Removal,
    TakenDown,
    TryLater,
    Unknown,
)
from publishers.slack_channel.publisher import SlackChannel
from tests.publishers.conftest import attempt
from tests.publishers.drawing import TWO
from tests.sandbox.driving import ASHA, GENERAL, NEWS, Practice

WORDS = "*We* are a co-operative :tada: & <!channel> @here <@U000000ASHA>\nhttps://www.gov.uk/co-ops?a=1&b=2."
DRIP = {"drip": {"seconds": 0.05}}


@pytest.fixture
def publisher(slack: Practice) -> SlackChannel:
    return SlackChannel(slack.app["bot_token"], slack.app["api_url"], seconds=0.5)


def here(text: str = WORDS) -> Attempt:
    return attempt(text, target=GENERAL)


def posted(slack: Practice) -> list[dict]:
    return [message for message in slack.messages(ASHA, GENERAL) if message.get("bot_id")]


def test_it_is_published_letter_by_letter_with_its_link(slack, publisher):
    tried = here()
    outcome = publisher.publish(tried)
    (message,) = posted(slack)
    assert outcome == Published(
        message["ts"], f"{slack.url}/archives/{GENERAL}/p{message['ts'].replace('.', '')}"
    )
    (section,) = message["blocks"][0]["elements"]
    assert section["elements"] == [
        {
            "type": "text",
            "text": "*We* are a co-operative :tada: & <!channel> @here <@U000000ASHA>\n",
        },
        {"type": "link", "url": "https://www.gov.uk/co-ops?a=1&b=2"},
        {"type": "text", "text": "."},
    ]
    assert message["text"] == (
        "*We* are a co-operative :tada: &amp; &lt;!channel&gt; @here &lt;@U000000ASHA&gt;\n"
        "https://www.gov.uk/co-ops?a=1&amp;b=2."
    )


def test_nothing_in_it_is_turned_into_mentions_formatting_or_previews(slack, publisher):
    publisher.publish(here())
    (call,) = slack.calls("chat.postMessage")
    off = {
        name: call["arguments"][name]
        for name in ("mrkdwn", "link_names", "unfurl_links", "unfurl_media", "parse")
    }
    assert off == {
        "mrkdwn": False,
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "parse": "none",
    }


def test_its_id_finds_it_again_whatever_else_is_said(slack, publisher):
    tried = here()
    outcome = publisher.publish(tried)
    slack.post("say", user=ASHA, channel=GENERAL, text=WORDS)
    publisher.publish(replace(tried, delivery_id=8))
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert (seen.remote_id, seen.url) == (outcome.remote_id, outcome.url)
    assert abs(seen.at - datetime.now(UTC)) < timedelta(seconds=60)
    assert publisher.look(replace(tried, delivery_id=9)) == NotFound()


@pytest.mark.parametrize(
    ("fault", "reason", "is_out"),
    [
        ("hang", "The message left for Slack, but no whole answer came within 0.5 seconds", False),
        ("hang_after", "The message left for Slack, but no whole answer came within 0.5 seconds", True),
        ("drip", "The message left for Slack, but no whole answer came within 0.5 seconds", True),
        ("reset_before", "The message left for Slack, but the connection broke after sending", False),
        ("reset_after", "The message left for Slack, but the connection broke after sending", True),
        ("drop_after", "The message left for Slack, but the connection was closed without an answer", True),
        ("cut", "The message left for Slack, but the answer was cut short", True),
        ("status", "Slack answered with 503, which does not say whether it is out", False),
        ("status_after", "Slack answered with 503, which does not say whether it is out", True),
        ("html", "Slack answered with 200, which does not say whether it is out", False),
        ("html_after", "Slack answered with 200, which does not say whether it is out", True),
        ("redirect", "Slack answered with 307, which does not say whether it is out", False),
        ("error", "Slack answered with fatal_error, which does not say whether it is out", False),
    ],
)
def test_what_fails_after_sending_is_unknown_sent_once_and_told_by_looking(
    slack, publisher, fault, reason, is_out
):
    slack.post("faults", method="chat.postMessage", kind=fault, error="fatal_error", **DRIP.get(fault, {}))
    tried = here()
    assert publisher.publish(tried) == Unknown(reason)
    assert len(slack.calls("chat.postMessage")) == 1
    assert len(posted(slack)) == is_out
    assert isinstance(publisher.look(tried), Found if is_out else NotFound)


def test_a_refused_connection_is_not_sent(publisher):
    nowhere = replace(publisher, api_url="http://127.0.0.1:1/api/")
    assert nowhere.publish(here()) == NotSent("Slack could not be reached: it refused the connection")
    assert nowhere.look(here()) == CouldNotLook("Slack could not be asked: it refused the connection")


def test_when_slack_asks_for_patience_it_is_tried_later(slack, publisher):
    slack.post("faults", method="chat.postMessage", kind="rate_limited", retry_after=30)
    tried = here()
    later = TryLater(tried.started_at + timedelta(seconds=30), "Slack asks us to wait")
    assert publisher.publish(tried) == later
    assert posted(slack) == []


@pytest.mark.parametrize(
    ("channel", "reason"),
    [
        (NEWS, "The bot is not in the channel"),
        ("C0NOWHERE", "The channel is gone, or the bot cannot see it"),
    ],
)
def test_a_channel_the_bot_cannot_post_in_is_refused(publisher, channel, reason):
    assert publisher.publish(attempt(WORDS, target=channel)) == Refused(
        reason, "Invite the bot to the channel, then set a new time."
    )


def test_a_wrong_token_is_refused(publisher):
    assert replace(publisher, token="xoxb-wrong").publish(here()) == Refused(
        "Slack does not accept the bot's token",
        "Install the app again and give the bot its new token.",
        account=True,
    )


def test_a_channel_that_cannot_be_read_is_not_an_empty_one(slack, publisher):
    slack.install(channels=[GENERAL], scopes=["chat:write"])
    assert publisher.look(here()) == CouldNotLook("Slack answered with missing_scope")


def test_more_messages_than_a_page_since_the_attempt_are_not_taken_for_nothing(slack, publisher):
    for number in range(201):
        slack.post("say", user=ASHA, channel=GENERAL, text=f"Busy {number}")
    assert publisher.look(here()) == CouldNotLook("The channel has more than 200 messages since then")


def test_a_message_without_a_link_to_it_is_out_all_the_same(slack, publisher):
    slack.post("faults", method="chat.getPermalink", kind="status")
    outcome = publisher.publish(here())
    assert outcome == Published(posted(slack)[0]["ts"], None)


def test_length_and_price(publisher):
    assert publisher.check(Content("Hello")) == Checked(length=5, limit=4_000, fits_until=5)
    assert publisher.check(Content("x" * 4_001)).over_by == 1
    assert publisher.check(Content(" ")).refusals == (
        "There are no words in it: Slack takes no empty message.",
    )
    assert publisher.price(Content("https://www.gov.uk")) == 0
    assert publisher.guarantee is Guarantee.LOOK_THEN_ASK


def with_pictures(**more) -> Attempt:
    return replace(here("Come and see"), content=Content("Come and see", TWO), **more)


def test_a_picture_slack_has_not_read_yet_is_waited_for_and_not_sent_up_again(slack, publisher):
    unread = ["invalid slack file [json-pointer:/blocks/1/slack_file]"]
    slack.post(
        "faults", method="chat.postMessage", kind="error", error="invalid_blocks", errors=unread, times=2
    )
    tried = with_pictures()
    assert publisher.publish(tried) == TryLater(
        tried.started_at + timedelta(seconds=5), "Slack has not read the pictures yet"
    )
    assert publisher.publish(replace(tried, number=6)) == Refused(
        "Slack could not read a picture", "Use another, then have it approved again."
    )
    assert isinstance(publisher.publish(replace(tried, number=2)), Published)
    assert len(slack.calls("files.completeUploadExternal")) == 2
    assert len(posted(slack)) == 1


def test_pictures_are_shown_under_the_words_and_belong_to_the_one_message(slack, publisher):
    outcome = publisher.publish(with_pictures())
    (message,) = posted(slack)
    pictures = message["blocks"][1:]
    assert [(block["type"], block["alt_text"]) for block in pictures] == [
        ("image", TWO[0].alt_text),
        ("image", TWO[1].alt_text),
    ]
    assert outcome.remote_id.split(" ") == [
        message["ts"],
        *(block["slack_file"]["id"] for block in pictures),
    ]


def test_with_a_message_its_pictures_go_too(slack, publisher):
    tried = with_pictures()
    out = publisher.publish(tried)
    removal = Removal(7, GENERAL, out.remote_id, out.url, tried.started_at)
    slack.post("faults", method="files.delete", kind="hang")
    assert isinstance(publisher.take_down(removal), Unknown)
    assert publisher.take_down(removal) == TakenDown()
    assert publisher.take_down(removal) == GoneAlready()
    assert [call["ok"] for call in slack.calls("files.delete")] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("cant_delete_message", CannotTakeDown("Slack does not let me delete it", "https://there")),
        (
            "compliance_exports_prevent_deletion",
            CannotTakeDown("This workspace keeps every message", "https://there"),
        ),
        (
            "channel_not_found",
            Refused("The channel is gone, or the bot cannot see it", "Invite the bot to the channel."),
        ),
        (
            "invalid_auth",
            Refused(
                "Slack does not accept the bot's token",
                "Install the app again and give the bot its new token.",
            ),
        ),
        (
            "fatal_error",
            Unknown("Slack answered with fatal_error, which does not say whether it is gone"),
        ),
    ],
)
def test_a_refused_deletion_says_what_to_do(slack, publisher, error, told):
    slack.post("faults", method="chat.delete", kind="error", error=error)
    assert publisher.take_down(Removal(7, GENERAL, "1.2", "https://there", datetime.now(UTC))) == told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("file_uploads_disabled", "This workspace lets nobody share files"),
        ("missing_scope", "The bot may not share files"),
        ("invalid_auth", "Slack does not accept the bot's token"),
    ],
)
def test_a_refused_upload_says_what_to_do_and_posts_nothing(slack, publisher, error, told):
    slack.post("faults", method="files.getUploadURLExternal", kind="error", error=error)
    refused = publisher.publish(with_pictures())
    assert isinstance(refused, Refused)
    assert refused.reason == told
    assert posted(slack) == []


def test_the_token_is_never_logged_or_shown(slack, publisher, caplog):
    caplog.set_level(logging.DEBUG)
    publisher.publish(here())
    publisher.look(here())
    slack.post("faults", method="chat.postMessage", kind="reset_after")
    publisher.publish(here())
    assert publisher.token not in caplog.text + repr(publisher)
