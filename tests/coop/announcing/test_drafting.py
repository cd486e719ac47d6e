from datetime import timedelta

from coop.announcing import drafting
from storage import drafts as kept


def keep(group, text, *, window="w1", by=None, later=0):
    with group.database.write() as session:
        now = group.clock.now + timedelta(seconds=later)
        drafting.keep(session, window=window, entered={"text": text}, by=by or group.asha, now=now)


def drafts(group, by=None):
    with group.database.read() as session:
        return [row.entered["text"] for row in kept.drafts_of(session, by or group.asha)]


def test_the_newest_contents_of_a_window_are_its_draft(group):
    keep(group, "Half")
    keep(group, "Half a sentence", later=3)
    keep(group, "Another window", window="w2", later=5)
    assert drafts(group) == ["Another window", "Half a sentence"]


def test_nothing_is_kept_of_a_window_without_a_word(group):
    keep(group, "  \n")
    assert drafts(group) == []


def test_a_window_belongs_to_whoever_opened_it(group):
    keep(group, "Mine")
    keep(group, "Yours now", by=group.bryn)
    assert (drafts(group), drafts(group, group.bryn)) == (["Mine"], [])


def test_what_stood_in_a_field_that_is_not_shown_any_more_is_set_aside_and_comes_back(group):
    entered = {"text": "All", "text_x": "For X", "where": ["x"]}
    without = drafting.with_set_aside(entered, {"text": "All!", "where": []})
    assert without == {"text": "All!", "where": [], "set_aside": {"text_x": "For X"}}
    assert drafting.with_set_aside(without, {"text": "All!", "text_x": "", "where": ["x"]}) == {
        "text": "All!",
        "text_x": "",
        "where": ["x"],
    }


def test_a_draft_is_called_by_the_first_words_there_are_in_it():
    assert drafting.words_of({"text": " ", "where": ["x"], "text_x": "For X"}) == "For X"
    assert drafting.words_of({"text": "", "set_aside": {"text_x": "Aside"}}) == "Aside"
    assert drafting.words_of({"text": None, "where": ["x"]}) == ""


def test_what_was_proposed_is_no_draft_and_a_late_word_does_not_bring_it_back(group):
    keep(group, "Half a")
    for window in ("w1", "never kept"):
        with group.database.write() as session:
            drafting.sent(session, window=window, by=group.asha, now=group.clock.now)
        keep(group, "Half a sentence", window=window, later=1)
    assert drafts(group) == []
