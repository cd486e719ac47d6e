"""Pictures are shown in their message and files beside it, each once."""

from storage.outbox import OutboxState
from tests.bot.posting import STEERING


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


def test_a_picture_to_take_away_is_a_file_of_its_own_in_the_thread_and_shared_once(post):
    first = post.put("A proposal.", to=STEERING)
    post.fault("files.completeUploadExternal", "drop_after")
    post.put("Its map.", to=STEERING, after_id=first, facts={"file": "map.jpg", "alone": True})
    post.settle(40)
    root, *others = post.practice.messages("asha", "steering")
    assert [(one["thread_ts"], one["text"]) for one in others] == [(root["ts"], "Its map.")]
    (file,) = others[0]["files"]
    assert (file["name"], file["title"], file["alt_txt"]) == ("map.jpg", "map.jpg", "Asha's card")


def test_without_permission_to_upload_the_words_beside_such_a_picture_still_arrive(post):
    post.put("Its map.", facts={"file": "map.jpg", "alone": True})
    post.fault("files.getUploadURLExternal", "error", error="missing_scope")
    post.run()
    assert post.practice.texts("asha") == ["Its map."]
