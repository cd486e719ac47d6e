"""Messages leave once, in order, at Slack's pace, whatever the wire does. Slack is the practice workspace."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.outbox import Outbox
from bot.slack_clients import client
from handlers.blocks import elements
from handlers.blocks.message import File, Message
from storage import outbox, outbox_claims
from storage.outbox import OutboxRow, OutboxState
from storage.outbox_claims import Pause
from tests.practice import Practice, channel, user

PNG = b"\x89PNG\r\n\x1a\n not really a picture"


def draw(facts, deps):
    file = File(facts["file"], PNG, "Asha's card") if "file" in facts else None
    blocks = tuple(elements.section(text) for text in facts.get("sections", ()))
    return Message(facts["text"], blocks, file)


@dataclass
class Post:
    """The outbox of the bot in the practice workspace, with one plain kind of message."""

    practice: Practice
    seconds: float = 10
    renders: dict = field(default_factory=lambda: {"note": draw})

    def put(self, text, to="asha", **more):
        whom = user(to) if not to.startswith("C") else to
        facts = {"text": text, **more.pop("facts", {})}
        kind = more.pop("kind", "note")
        with self.practice.deps.write() as session:
            return outbox.put(session, kind=kind, to=whom, facts=facts, now=self.practice.clock.now, **more)

    def run(self, **limits):
        environment = self.practice.house.environment
        token = environment.slack_bot_token.get_secret_value()
        slack = client(token, environment.slack_api_url, seconds=limits.get("seconds", 10))
        return Outbox(self.practice.deps, self.renders, slack).run()

    def settle(self, seconds=30, step=1):
        """Run once a second for a while."""
        for _ in range(0, seconds, step):
            self.run()
            self.practice.forward(seconds=step)

    def fault(self, method, kind, **how):
        self.practice.workspace.asked("faults", method=method, kind=kind, **how)

    def row(self, row_id):
        with self.practice.deps.read() as session:
            return session.get(OutboxRow, row_id)

    def states(self):
        with self.practice.deps.read() as session:
            return [row.state for row in session.query(OutboxRow).order_by(OutboxRow.id)]

    def failed(self):
        with self.practice.deps.read() as session:
            return [(row.id, row.trouble) for row in outbox.failed(session)]


@pytest.fixture
def post(practice):
    practice.workspace.asked("faults", clear=True)
    return Post(practice)


@pytest.fixture
def post_on_both(practice_on_both):
    practice_on_both.workspace.asked("faults", clear=True)
    return Post(practice_on_both)


STEERING = channel("steering")


def test_a_message_arrives_at_once_in_the_direct_message_and_its_place_is_kept(post_on_both):
    row = post_on_both.put("You're a member.")
    assert post_on_both.run() == 1
    (message,) = post_on_both.practice.messages("asha")
    assert message["text"] == "You're a member."
    kept = post_on_both.row(row)
    assert (kept.state, kept.channel, kept.ts) == (OutboxState.SENT, message["channel"], message["ts"])


def test_a_message_carries_its_rows_key_and_unfurls_nothing(post):
    row = post.put("See https://fenmarch.example")
    post.run()
    (call,) = post.practice.calls("chat.postMessage")
    asked = call["arguments"]
    assert post.row(row).key in str(asked["metadata"])
    assert {str(asked[name]).lower() for name in ("unfurl_links", "unfurl_media")} <= {"0", "false"}


def test_a_reply_waits_for_its_message_and_lands_in_its_thread_and_so_does_a_reply_to_the_reply(post):
    first = post.put("Approve this?", STEERING)
    second = post.put("It is out.", STEERING, after_id=first)
    post.put("Here is the link.", STEERING, after_id=second)
    post.settle(4)
    one, two, three = post.practice.messages("bryn", "steering")[-3:]
    assert [message["text"] for message in (one, two, three)] == [
        "Approve this?",
        "It is out.",
        "Here is the link.",
    ]
    assert (two["thread_ts"], three["thread_ts"]) == (one["ts"], one["ts"])


def test_a_message_that_takes_anothers_place_changes_it(post):
    first = post.put("Approve this?", STEERING, facts={"sections": ["with a button"]})
    post.put("Approved by Bryn.", STEERING, after_id=first, replaces=True)
    before = len(post.practice.messages("bryn", "steering"))
    post.settle(3)
    messages = post.practice.messages("bryn", "steering")
    assert len(messages) == before + 1
    assert (messages[-1]["text"], messages[-1].get("blocks") or []) == ("Approved by Bryn.", [])


def test_what_follows_in_a_direct_message_comes_after_it_and_not_in_a_thread(post):
    first = post.put("Welcome.")
    post.put("Your card.", after_id=first)
    post.settle(3)
    assert [(one["text"], one.get("thread_ts")) for one in post.practice.messages("asha")] == [
        ("Welcome.", None),
        ("Your card.", None),
    ]


@pytest.mark.parametrize(
    "kind", ["drop_after", "reset_after", "cut", "status_after", "html_after", "hang_after"]
)
def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(post, kind):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", kind)
    post.run(seconds=1)
    assert post.row(row).state == OutboxState.SENDING
    post.settle(10)
    (message,) = post.practice.messages("asha")
    assert (post.row(row).state, post.row(row).ts) == (OutboxState.SENT, message["ts"])
    assert len(post.practice.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("kind", ["reset_before", "status", "html", "hang"])
def test_a_message_that_did_not_arrive_is_looked_for_and_sent_once_more(post, kind):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", kind)
    post.run(seconds=1)
    assert post.row(row).state == OutboxState.SENDING
    post.settle(10)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.row(row).state == OutboxState.SENT


def test_a_reply_without_an_answer_is_looked_for_in_its_thread(post):
    first = post.put("Approve this?", STEERING)
    post.run()
    post.practice.forward(seconds=2)
    post.put("It is out.", STEERING, after_id=first)
    post.fault("chat.postMessage", "drop_after")
    post.settle(10)
    assert post.practice.texts("bryn", "steering").count("It is out.") == 1
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]


def test_a_change_without_an_answer_is_simply_made_again(post):
    first = post.put("Approve this?", STEERING)
    post.put("Approved.", STEERING, after_id=first, replaces=True)
    post.fault("chat.update", "drop_after")
    post.settle(10)
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]
    assert post.practice.calls("conversations.replies") == []


def test_a_message_lost_twice_is_given_up_and_shown(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "status", times=5)
    post.settle(40)
    assert post.practice.texts("asha") == []
    assert len(post.practice.calls("chat.postMessage")) == 2
    assert post.failed() == [(row, "it was sent twice and neither is in the channel's history")]


def test_without_permission_to_look_nothing_is_sent_blindly(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "status")
    post.fault("conversations.history", "error", error="missing_scope")
    post.settle(10)
    assert len(post.practice.calls("chat.postMessage")) == 1
    assert post.failed() == [(row, "it may have arrived, and the bot cannot look: Slack said missing_scope")]


def test_a_look_that_fails_is_made_again_before_anything_is_sent(post):
    post.put("You're a member.")
    post.fault("chat.postMessage", "drop_after")
    post.fault("conversations.history", "status", times=2)
    post.settle(60)
    assert post.practice.texts("asha") == ["You're a member."]
    assert len(post.practice.calls("chat.postMessage")) == 1


def test_somebody_killed_while_sending_is_followed_by_a_look(post):
    row = post.put("You're a member.")
    with post.practice.deps.write() as session:
        outbox_claims.claim(session, post.practice.clock.now)
    post.settle(100)
    assert post.practice.texts("asha") == []
    post.settle(40)
    assert post.practice.texts("asha") == ["You're a member."]
    assert len(post.practice.calls("conversations.history")) == 1
    assert post.row(row).state == OutboxState.SENT


def test_a_rate_limit_holds_the_whole_workspace_until_it_is_over_and_costs_no_try(post):
    rows = [post.put("One.", "asha"), post.put("Two.", "bryn")]
    post.fault("chat.postMessage", "rate_limited", retry_after=25)
    assert post.run() == 1
    with post.practice.deps.read() as session:
        assert session.get(Pause, "slack").until == post.practice.clock.now + timedelta(seconds=25)
    post.settle(24)
    assert len(post.practice.calls("chat.postMessage")) == 1
    post.settle(4)
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]
    assert [post.row(row).tries for row in rows] == [1, 1]


def test_a_refusal_is_tried_ten_times_ever_more_slowly_and_then_shown(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "error", error="restricted_action", times=20)
    for _ in range(40):
        post.run()
        post.practice.forward(minutes=10)
    assert len(post.practice.calls("chat.postMessage")) == 10
    assert post.failed() == [(row, "Slack said restricted_action")]


def test_what_only_a_person_can_put_right_is_shown_at_once(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "error", error="user_disabled", times=20)
    post.settle(3)
    assert post.failed() == [(row, "Slack said user_disabled")]


def test_a_message_that_cannot_be_drawn_holds_up_no_other(post):
    post.put("never drawn", kind="unheard_of")
    post.put("You're a member.")
    post.settle(3)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.states() == [OutboxState.WAITING, OutboxState.SENT]


def test_a_wrong_token_costs_no_message_its_tries(post):
    row = post.put("You're a member.")
    post.fault("conversations.open", "error", error="invalid_auth", times=3)
    post.settle(300, step=10)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.row(row).tries == 1


def test_an_unreachable_slack_costs_no_message_its_tries(post):
    row = post.put("You're a member.")
    nobody = client("xoxb-1", "http://127.0.0.1:1/api/", seconds=1)
    for _ in range(20):
        Outbox(post.practice.deps, post.renders, nobody).run()
        post.practice.forward(seconds=6)
    assert (post.row(row).state, post.row(row).tries) == (OutboxState.WAITING, 0)
    post.settle(10)
    assert post.practice.texts("asha") == ["You're a member."]


def test_one_message_a_second_in_each_channel_and_no_waiting_for_others(post):
    for number in range(3):
        post.put(f"{number}", "asha")
        post.put(f"{number}", "bryn")
    assert post.run() == 2
    post.practice.forward(seconds=0.9)
    assert post.run() == 0
    post.practice.forward(seconds=0.2)
    assert post.run() == 2
    post.practice.forward(seconds=1.1)
    assert post.run() == 2
    assert post.practice.texts("asha") == post.practice.texts("bryn") == ["0", "1", "2"]


def test_at_most_sixty_messages_a_minute_of_which_fifty_may_be_bulk(post):
    people = [f"U{number:010}" for number in range(80)]
    with post.practice.deps.write() as session:
        for whom in people:
            outbox.put(
                session, kind="note", to=whom, facts={"text": "fee"}, now=post.practice.clock.now, bulk=True
            )
    with post.practice.deps.write() as session:
        for _ in range(50):
            outbox_claims.claim(session, post.practice.clock.now)
        assert outbox_claims.claim(session, post.practice.clock.now) is None
    receipt = post.put("You're a member.")
    assert post.run() == 1
    assert post.row(receipt).state == OutboxState.SENT
    with post.practice.deps.write() as session:
        for number in range(9):
            outbox.put(
                session, kind="note", to=f"U9{number}", facts={"text": ""}, now=post.practice.clock.now
            )
            assert outbox_claims.claim(session, post.practice.clock.now) is not None
        outbox.put(session, kind="note", to="U99", facts={"text": ""}, now=post.practice.clock.now)
        assert outbox_claims.claim(session, post.practice.clock.now) is None
        later = post.practice.clock.now + timedelta(seconds=61)
        assert outbox_claims.claim(session, later).to == "U99"


def test_a_picture_is_uploaded_unshared_and_shown_in_the_message(post):
    row = post.put("Your card.", facts={"file": "card.png"})
    post.run()
    (message,) = post.practice.messages("asha")
    picture = message["blocks"][-1]
    assert (picture["type"], picture["slack_file"]["id"], picture["alt_text"]) == (
        "image",
        post.row(row).file_id,
        "Asha's card",
    )
    assert message["blocks"][0]["text"]["text"] == "Your card."
    (completed,) = post.practice.calls("files.completeUploadExternal")
    assert not completed["arguments"].get("channel_id")


def test_a_picture_slack_has_not_read_yet_is_posted_a_little_later_without_a_second_upload(post):
    post.put("Your card.", facts={"file": "card.png"})
    post.fault("chat.postMessage", "error", error="invalid_blocks", times=2)
    post.settle(8)
    assert post.practice.texts("asha") == ["Your card."]
    assert len(post.practice.calls("files.getUploadURLExternal")) == 1


def test_without_permission_to_upload_a_picture_the_words_still_arrive(post):
    post.put("Your card.", facts={"file": "card.png"})
    post.fault("files.getUploadURLExternal", "error", error="missing_scope")
    post.run()
    (message,) = post.practice.messages("asha")
    assert (message["text"], message.get("blocks") or []) == ("Your card.", [])


def test_a_file_is_shared_in_the_direct_message_with_its_words(post):
    row = post.put("The list.", facts={"file": "members.csv"})
    post.run()
    (message,) = post.practice.messages("asha")
    assert (message["text"], [file["id"] for file in message["files"]]) == (
        "The list.",
        [post.row(row).file_id],
    )
    assert post.row(row).state == OutboxState.SENT


def test_a_file_shared_without_an_answer_is_found_by_its_id_and_not_shared_again(post):
    post.put("The list.", facts={"file": "members.csv"})
    post.fault("files.completeUploadExternal", "drop_after")
    post.settle(40)
    assert len(post.practice.messages("asha")) == 1
    assert post.states() == [OutboxState.SENT]


def test_a_message_given_up_can_be_tried_again_and_is_looked_for_first(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "drop_after")
    post.fault("conversations.history", "error", error="missing_scope")
    post.settle(10)
    assert len(post.failed()) == 1
    with post.practice.deps.write() as session:
        assert outbox.try_again(session, row, post.practice.clock.now)
    post.settle(3)
    assert (post.states(), post.practice.texts("asha")) == ([OutboxState.SENT], ["You're a member."])


def test_a_stopping_worker_begins_no_message(post):
    post.put("You're a member.")
    environment = post.practice.house.environment
    slack = client("xoxb-1", environment.slack_api_url, seconds=1)
    assert Outbox(post.practice.deps, post.renders, slack, is_stopping=lambda: True).run() == 0
    assert post.states() == [OutboxState.WAITING]
