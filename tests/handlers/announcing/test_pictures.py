"""Pictures in an announcement: chosen, fetched, described, agreed to, shown."""

import hashlib

import pytest

from storage.pictures import AnnouncementImage, Blob
from tests.handlers.announcing.acts import (
    open_window,
    proposal,
    said,
    steering,
    thread,
    words,
    worker_runs,
)
from tests.handlers.announcing.drawn import LEEDS, OXMERE

HALL = "The town hall, seen from the tram stop."


@pytest.fixture
def practice(practice):
    practice.found()
    worker_runs(practice)
    return practice


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


def test_the_proposal_says_what_each_shows_and_its_thread_has_the_pictures(practice):
    propose(practice, ("leeds.png", LEEDS), ("oxmere.jpg", OXMERE), alts=(HALL, "A *hall*."))
    shown = proposal(practice)
    assert (
        f"Picture 1, leeds.png, PNG, 40 × 30 pixels. Its description: “{HALL}” "
        "Picture 2, oxmere.jpg, JPEG, 80 × 60 pixels. Its description: “A \u2217hall\u2217.”"
    ) in shown["text"]
    assert [block["text"]["text"] for block in shown["blocks"][2:6]] == [
        "Picture 1, leeds.png, PNG, 40 × 30 pixels. Its description:",
        HALL,
        "Picture 2, oxmere.jpg, JPEG, 80 × 60 pixels. Its description:",
        "A *hall*.",
    ]
    assert files_in_thread(practice) == [("leeds.png", HALL), ("oxmere.jpg", "A *hall*.")]
    assert thread(practice)[0] == f"Picture 1 of 2, leeds.png. Its description: “{HALL}”"


def files_in_thread(practice):
    return [(file["name"], file["alt_txt"]) for one in steering(practice) for file in one.get("files", [])]
