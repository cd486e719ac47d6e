"""A form that asks for files: chosen, taken out again, sent, fetched, and gone."""

import base64

import pytest

from tests.sandbox.driving import ASHA, BRYN, Bot, Practice, Refused, fetch
from tests.sandbox.test_calling import refused
from tests.sandbox.test_files import PICTURE
from tests.sandbox.test_views import field, modal, opened, submitting, trigger

ASKED = {"type": "file_input", "action_id": "f", "max_files": 2, "filetypes": ["png", "jpg"]}
FORM = modal(field("pictures", ASKED, optional=True))
EMPTY_ANSWER = (200, {}, b"")


@pytest.fixture
def web(practice: Practice, bot: Bot):
    return practice.client(practice.app["bot_token"])


@pytest.fixture
def view(practice, bot, web):
    return opened(practice, bot, web, FORM)


def attach(practice, view, name="kettle.png", content=PICTURE, **asked):
    given = base64.b64encode(content).decode()
    place = {"view_id": view["id"], "block_id": "pictures", "action_id": "f"}
    return practice.post("attach", user=ASHA, name=name, content=given, **place, **asked)


def files_of(payload):
    return payload["view"]["state"]["values"]["pictures"]["f"]["files"]


def test_the_app_is_told_of_what_was_chosen_when_the_form_is_sent_and_may_fetch_it(practice, bot, view):
    file = attach(practice, view, alt_txt="A kettle")["file"]
    submitting(practice, bot, EMPTY_ANSWER, view_id=view["id"])
    (told,) = files_of(bot.of_type("view_submission")[-1])
    assert told == file
    assert (told["name"], told["mimetype"], told["size"], told["alt_txt"]) == (
        "kettle.png",
        "image/png",
        len(PICTURE),
        "A kettle",
    )
    token = practice.app["bot_token"]
    assert fetch(told["url_private"], authorization=f"Bearer {token}")[::2] == (200, PICTURE)
    for wrong in ({}, {"authorization": "Bearer xoxb-wrong"}):
        status, headers, body = fetch(told["url_private"], **wrong)
        assert (status, "/?redir=" in headers["location"], body) == (302, True, b"")


def test_a_form_sent_without_files_has_an_empty_list(practice, bot, view):
    submitting(practice, bot, EMPTY_ANSWER, view_id=view["id"])
    assert files_of(bot.of_type("view_submission")[-1]) == []


def test_what_the_field_does_not_take_is_refused_beside_it_and_the_app_is_not_asked(practice, bot, view):
    taken = [attach(practice, view, name)["field_errors"] for name in ("a.png", "b.gif", "c.JPG", "d.png")]
    assert taken == [
        {},
        {"pictures": "b.gif can't be added: only png, jpg files can."},
        {},
        {"pictures": "You can add up to 2 files."},
    ]
    large = attach(practice, opened_again(practice, bot), content=b"x" * (10 * 1024 * 1024 + 1))
    assert large["field_errors"] == {"pictures": "kettle.png is larger than 10 MB."}


def opened_again(practice, bot):
    return opened(practice, bot, practice.client(practice.app["bot_token"]), FORM)


def test_a_file_is_taken_out_again(practice, bot, view):
    first, second = (attach(practice, view, name)["file"]["id"] for name in ("a.png", "b.png"))
    practice.post("detach", user=ASHA, view_id=view["id"], file=first)
    submitting(practice, bot, EMPTY_ANSWER, view_id=view["id"])
    assert [file["id"] for file in files_of(bot.of_type("view_submission")[-1])] == [second]


def test_nobody_fills_in_somebody_elses_form(practice, view):
    with pytest.raises(Refused, match="view_not_found"):
        practice.post("attach", user=BRYN, view_id=view["id"], block_id="pictures", name="a.png", content="")


def test_a_file_its_owner_deleted_is_gone_for_the_app_too(practice, web, view):
    file = attach(practice, view)["file"]
    with pytest.raises(Refused, match="cant_delete_file"):
        practice.post("delete-file", user=BRYN, file=file["id"])
    practice.post("delete-file", user=ASHA, file=file["id"])
    assert refused(web.files_info, file=file["id"])["error"] == "file_deleted"
    token = practice.app["bot_token"]
    assert fetch(file["url_private"], authorization=f"Bearer {token}")[0] == 404


def test_a_fetch_can_go_wrong_in_every_way_a_call_can(practice, view):
    url = attach(practice, view)["file"]["url_private"]
    token = practice.app["bot_token"]
    for fault, status, begins in (
        ({"kind": "html"}, 200, b"<!doctype html>"),
        ({"kind": "status"}, 503, b"{"),
    ):
        practice.post("faults", method="url_private", **fault)
        answered = fetch(url, authorization=f"Bearer {token}")
        assert (answered[0], answered[2][: len(begins)]) == (status, begins)
    assert [call["fault"] for call in practice.calls("url_private")] == ["html", "status"]


def test_without_files_read_a_form_cannot_ask_for_files(practice, bot):
    web = practice.install(bot.url, scopes=["commands", "chat:write"])
    answer = refused(web.views_open, trigger_id=trigger(practice, bot), view=FORM)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "files:read")


def test_a_form_shows_a_file_that_is_there_and_no_other(practice, bot, view):
    web = practice.client(practice.app["bot_token"])
    file = attach(practice, view)["file"]["id"]
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": "A kettle"}
    assert opened(practice, bot, web, modal(image))["blocks"][0]["slack_file"] == {"id": file}
    practice.post("delete-file", user=ASHA, file=file)
    gone = refused(web.views_open, trigger_id=trigger(practice, bot), view=modal(image))
    assert gone["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/view/blocks/0/slack_file]"
    ]


def test_a_picture_only_its_owner_has_chosen_is_shown_to_nobody_else(practice, view):
    file = attach(practice, view)["file"]["id"]
    assert fetch(f"{practice.url}/as/{ASHA}/files/{file}")[0] == 200
    assert fetch(f"{practice.url}/as/{BRYN}/files/{file}")[0] == 404
