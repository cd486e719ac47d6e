"""Pictures in an announcement: chosen, fetched, described, agreed to, shown."""

import hashlib

from storage.announcements import Announcement
from storage.log import LogEntry
from storage.pictures import AnnouncementImage, Blob
from tests.handlers.announcing.acts import (
    MEETUP,
    approve,
    open_window,
    proposal,
    said,
    steering,
    thread,
    words,
)
from tests.handlers.announcing.drawn import LEEDS, OXMERE, moving, picture
from tests.practice import channel, user

HALL = "The town hall, seen from the tram stop."


def choose(practice, *files, who="asha", alt="", **entered):
    """Fill the window in and send it; what asks for descriptions, or what was refused."""
    view = open_window(practice, who)
    for name, content in files:
        practice.attach(who, view, name, content, alt=alt)
    return practice.submit(who, view, **{"where": ["by_hand"], **entered})


def describe(practice, *alts, who="asha", **entered):
    """Each picture's description, or None to send it without one."""
    given = {f"alt{number}": alt for number, alt in enumerate(alts, start=1) if alt is not None}
    given |= {f"waive{number}": ["waived"] for number, alt in enumerate(alts, start=1) if alt is None}
    answer = practice.submit(who, practice.modal(who), **given, **entered)
    practice.settle()
    return answer


def propose(practice, *files, alts=(HALL,), **entered):
    choose(practice, *files, **entered)
    return describe(practice, *alts)


def rows(practice, table):
    with practice.deps.read() as session:
        return [vars(row) for row in session.query(table)]


def sha(content):
    return hashlib.sha256(content).hexdigest()


def test_a_picture_is_fetched_described_and_agreed_to(practice):
    asked = choose(practice, ("leeds.png", LEEDS))["opened_view"]
    assert asked["title"]["text"] == "Describe the picture"
    assert words(asked["blocks"][1]) == "*Picture 1, leeds.png*: PNG, 40 × 30 pixels"
    assert said(describe(practice, HALL)).startswith("It is proposed, in the steering channel.")
    assert [row["sha256"] for row in rows(practice, Blob)] == [sha(LEEDS)]
    (image,) = rows(practice, AnnouncementImage)
    assert (image["sha256"], image["name"], image["alt_text"], image["alt_waived_by"]) == (
        sha(LEEDS),
        "leeds.png",
        HALL,
        None,
    )


def test_the_same_picture_chosen_twice_is_one(practice):
    assert choose(practice, ("a.png", LEEDS), ("b.png", LEEDS))["opened_view"]["title"]["text"] == (
        "Describe the picture"
    )


def test_the_proposal_says_what_each_shows_and_its_thread_has_the_pictures(practice):
    propose(practice, ("leeds.png", LEEDS), ("oxmere.jpg", OXMERE), alts=(HALL, "A *hall*."))
    shown = proposal(practice)
    assert (
        f"Picture 1, leeds.png. Its description: “{HALL}” "
        "Picture 2, oxmere.jpg. Its description: “A \u2217hall\u2217.”"
    ) in shown["text"]
    assert [block["text"]["text"] for block in shown["blocks"][3:5]] == [
        f"Picture 1, leeds.png: {HALL}",
        "Picture 2, oxmere.jpg: A *hall*.",
    ]
    assert files_in_thread(practice) == [("leeds.png", HALL), ("oxmere.jpg", "A *hall*.")]
    assert thread(practice)[0] == f"Picture 1 of 2, leeds.png. Its description: “{HALL}”"


def files_in_thread(practice):
    return [(file["name"], file["alt_txt"]) for one in steering(practice) for file in one.get("files", [])]


def hash_of(practice):
    with practice.deps.read() as session:
        return session.query(Announcement).one().content_hash


def test_what_was_chosen_leaves_even_if_it_is_gone_from_slack(practice):
    """And whoever posts by hand finds the words, the pictures and their descriptions side by side."""
    view = open_window(practice)
    file = practice.attach("asha", view, "leeds.png", LEEDS)
    practice.submit("asha", view, where=["by_hand"])
    describe(practice, "A *hall*.")
    practice.workspace.asked("delete-file", user=user("asha"), file=file)
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    *_, held, shown = steering(practice)
    assert [block["text"]["text"] for block in held["blocks"][1:5]] == [
        "The words to post:",
        MEETUP,
        "Picture 1, leeds.png. Its description:",
        "A *hall*.",
    ]
    assert [(one["name"], one["alt_txt"]) for one in shown["files"]] == [("leeds.png", "A *hall*.")]
    assert len(practice.calls("url_private")) == 1


def test_no_description_is_refused_until_somebody_waives_it_by_name(practice):
    choose(practice, ("leeds.png", LEEDS), ("oxmere.jpg", OXMERE))
    refused = describe(practice, HALL, "  ")
    assert refused["field_errors"] == {
        "alt2": "Picture 2, oxmere.jpg, has no description, so people who can't see it would not know what it "
        "shows. Write one, or tick the box below it. Nothing was proposed."
    }
    describe(practice, HALL, None)
    says = "Picture 2, oxmere.jpg. It has no description: <@U000000ASHA> chose to send it without one."
    assert says in proposal(practice)["text"]
    first, second = rows(practice, AnnouncementImage)
    assert (first["alt_waived_by"], second["alt_waived_by"] is not None) == (None, True)
    with practice.deps.read() as session:
        (waived,) = session.query(LogEntry).filter_by(act="description waived")
        assert waived.by == f"person:{second['alt_waived_by']}"


def test_what_slack_knows_of_a_picture_stands_in_its_field_which_takes_what_every_network_takes(practice):
    asked = choose(practice, ("leeds.png", LEEDS), alt=HALL, where=["x", "by_hand"])["opened_view"]
    element = next(block["element"] for block in asked["blocks"] if block.get("block_id") == "alt1")
    assert (element["initial_value"], element["max_length"]) == (HALL, 1_000)
    shown = next(block for block in asked["blocks"] if block["type"] == "image")
    assert (shown["alt_text"], list(shown["slack_file"])) == ("Picture 1, leeds.png", ["id"])


WRONG = {
    "notes.png": (b"Not a picture.", "is not a picture I can send: JPEG, PNG, GIF and WebP are."),
    "half.png": (LEEDS[:60], "is broken or not whole. Save it again, or choose another one."),
    "dance.gif": (moving(), "moves, and I can only send pictures that stand still. Choose another one."),
}


def test_what_cannot_be_sent_is_refused_by_name_and_the_words_are_kept(practice):
    for name, (content, why) in WRONG.items():
        refused = choose(practice, ("leeds.png", LEEDS), (name, content))["field_errors"]
        assert refused == {"files": f"Picture 2, {name}, {why} Nothing was proposed; your words are kept."}
    assert [row["sha256"] for row in rows(practice, Blob)] == [sha(LEEDS)]  # what came whole is kept
    for words_too in (MEETUP, None):
        practice.forward(minutes=1)
        view = open_window(practice)
        practice.attach("asha", view, "cut.png", LEEDS[:60])
        practice.submit("asha", view, text=words_too, where=["by_hand"])
        practice.close("asha", practice.modal("asha"))
    answer = practice.command("asha", "/announce", "list")["response"]
    assert answer["text"].count(", kept on") == 3
    assert "“cut.png”, kept on" in answer["text"]
    assert "And 2 older drafts." in answer["text"]
    older = practice.press("asha", "announcing.more_drafts", answer)["response"]["text"]
    assert older.count("“Leeds meetup on Tuesday at 6pm…”, kept on") == 2


def test_a_file_removed_from_slack_before_it_was_fetched_is_said_to_be_gone(practice):
    view = open_window(practice)
    file = practice.attach("asha", view, "leeds.png", LEEDS)
    practice.workspace.asked("delete-file", user=user("asha"), file=file)
    assert practice.submit("asha", view, where=["by_hand"])["field_errors"] == {
        "files": "Picture 1, leeds.png, is not in Slack any more. Take it out, or choose it again. "
        "Nothing was proposed; your words are kept."
    }


def test_while_slack_does_not_answer_nothing_is_proposed_and_only_what_is_missing_is_asked_for_again(
    practice,
):
    view = open_window(practice)
    practice.attach("asha", view, "leeds.png", LEEDS)
    practice.attach("asha", view, "oxmere.jpg", OXMERE)
    practice.workspace.asked("faults", method="url_private", kind="html", times=1)
    refused = practice.submit("asha", view, where=["by_hand"])["field_errors"]["files"]
    assert refused.endswith(
        "did not come from Slack: Slack sent a page in its place. Press the button again, or take it out. "
        "Nothing was proposed; your words are kept."
    )
    assert practice.submit("asha", view)["opened_view"]["title"]["text"] == "Describe the pictures"
    assert len(practice.calls("url_private")) == 3
    practice.workspace.asked("faults", method="url_private", kind="hang", seconds=4)
    late = choose(practice, ("map.png", picture(size=(9, 9))))["field_errors"]["files"]
    assert late.startswith(
        "Picture 1, map.png, did not come from Slack: Slack took too long. Press the button again"
    )


def test_a_picture_a_network_does_not_take_is_refused_beside_the_field_by_name(practice):
    refused = choose(
        practice,
        ("leeds.png", LEEDS),
        ("map.webp", picture("WEBP")),
        where=["slack"],
        channel=channel("general"),
    )
    assert refused["field_errors"] == {
        "files": "Picture 2, map.webp: The picture is a WebP, and Slack takes PNG, JPEG or GIF: save it as a PNG. "
        "Nothing was proposed; your words are kept."
    }


def test_an_announcement_takes_four_pictures(practice):
    propose(practice, *(drawn(n) for n in range(3)), alts=(HALL,) * 3)
    practice.press("asha", "announcing.edit", proposal(practice))
    window = practice.modal("asha")
    for name, content in (drawn(3), drawn(4)):
        practice.attach("asha", window, name, content)
    assert practice.submit("asha", window)["field_errors"] == {
        "files": "An announcement takes 4 pictures, and these are 5. Nothing was proposed; your words are kept."
    }


def drawn(number):
    return f"{number}.png", picture(size=(10 + number, 10))


def test_a_window_that_was_closed_comes_back_with_its_pictures_and_what_was_written_of_them(practice):
    view = open_window(practice)
    file = practice.attach("asha", view, "leeds.png", LEEDS)
    practice.submit("asha", view, where=["by_hand"])
    half = {"alt1": {"entered": "The town"}}
    practice.workspace.asked("fill", user=user("asha"), view_id=practice.modal("asha")["id"], values=half)
    practice.workspace.asked("close", user=user("asha"), view_id=practice.modal("asha")["id"])
    practice.workspace.asked("delete-file", user=user("asha"), file=file)
    practice.command("asha", "/announce")
    window = practice.modal("asha")
    kept = next(block["element"] for block in window["blocks"] if block.get("block_id") == "kept")
    assert [option["text"]["text"] for option in kept["initial_options"]] == ["1. leeds.png"]
    practice.submit("asha", window)
    assert said(describe(practice)).startswith("It is proposed")
    assert [row["alt_text"] for row in rows(practice, AnnouncementImage)] == ["The town"]
    assert len(practice.calls("url_private")) == 1


def test_an_edit_of_a_description_alone_voids_the_approval(practice):
    propose(practice, ("leeds.png", LEEDS), ("oxmere.jpg", OXMERE), alts=(HALL, "A map."))
    approve(practice)
    before = hash_of(practice)
    practice.press("asha", "announcing.edit", proposal(practice))
    practice.submit("asha", practice.modal("asha"), kept=[sha(OXMERE), sha(LEEDS)])
    edited = said(describe(practice, "A map.", HALL))
    assert "Its approval no longer counts: it has to be approved again." in edited
    turned = hash_of(practice)
    practice.press("asha", "announcing.edit", proposal(practice))
    practice.submit("asha", practice.modal("asha"), kept=[sha(LEEDS)])
    describe(practice, f"{HALL} At night.")
    assert len({before, turned, hash_of(practice)}) == 3
    assert [row["alt_text"] for row in rows(practice, AnnouncementImage)] == [f"{HALL} At night."]


def test_the_price_in_the_proposal_is_the_one_with_descriptions(practice):
    propose(practice, ("leeds.png", LEEDS), where=["x"])
    assert "X: 53 of 280 characters, costs $0.02 (X's price in 2026)." in proposal(practice)["text"]


def test_a_picture_the_record_has_lost_is_asked_for_again(practice):
    choose(practice, ("leeds.png", LEEDS))
    with practice.deps.write() as session:
        session.query(Blob).delete()
    practice.workspace.asked("close", user=user("asha"), view_id=practice.modal("asha")["id"])
    practice.command("asha", "/announce")
    assert practice.submit("asha", practice.modal("asha"))["field_errors"] == {
        "files": "Picture 1, leeds.png, is not in the record any more. Leave it out, or choose it again. "
        "Nothing was proposed; your words are kept."
    }


def test_announcing_a_message_takes_its_pictures_with_what_slack_knows_of_them(practice):
    propose(practice, ("hall.png", LEEDS))
    message = next(each for each in practice.messages("bryn", "steering") if each.get("files"))
    practice.workspace.asked(
        "shortcut",
        user=user("bryn"),
        callback_id="announcing.from_message",
        channel=channel("steering"),
        ts=message["ts"],
    )
    view = practice.modal("bryn")
    assert view["blocks"][0]["text"]["text"] == "1 picture of the message is in it."
    (kept,) = [block["element"]["options"] for block in view["blocks"] if block.get("block_id") == "kept"]
    assert [(one["text"]["text"], one["description"]["text"]) for one in kept] == [("1. hall.png", HALL)]
    practice.submit("bryn", view, text="The hall again.", where=["by_hand"])
    practice.submit("bryn", practice.modal("bryn"))
    practice.settle()
    assert "The hall again." in "".join(practice.texts("asha", "steering"))
    assert rows(practice, AnnouncementImage)[-1]["alt_text"] == HALL
