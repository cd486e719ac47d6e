from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from starlette.datastructures import FormData, UploadFile

from sandbox.page import forms

LONDON = ZoneInfo("Europe/London")
OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("one", "two")]


def block(kind, **more):
    element = {"type": kind, "action_id": "a"} | more
    return {
        "type": "input",
        "block_id": "b",
        "label": {"type": "plain_text", "text": "x"},
        "element": element,
    }


@pytest.mark.parametrize(
    ("kind", "posted", "held"),
    [
        ("plain_text_input", ["two\r\nlines"], "two\nlines"),
        ("plain_text_input", [""], None),
        ("plain_text_input", [], None),
        ("email_text_input", ["a@b.example"], "a@b.example"),
        ("datepicker", ["2027-03-30"], "2027-03-30"),
        ("timepicker", ["09:30"], "09:30"),
        ("datetimepicker", ["2027-03-30T09:30"], 1806395400),
        ("static_select", ["one"], "one"),
        ("static_select", [""], None),
        ("radio_buttons", ["two"], "two"),
        ("checkboxes", ["one", "two"], ["one", "two"]),
        ("checkboxes", [], []),
        ("users_select", ["U1"], "U1"),
        ("multi_users_select", ["U1", "U2"], ["U1", "U2"]),
        ("conversations_select", ["C1"], "C1"),
    ],
)
def test_a_form_says_what_each_control_holds(kind, posted, held):
    form = FormData([("b::a", value) for value in posted])
    assert forms.values([block(kind, options=OPTIONS)], form, LONDON) == {"b": {"a": held}}


def test_the_pressed_element_is_found_by_its_block_and_action():
    button = {"type": "button", "action_id": "a"}
    blocks = [
        {"type": "actions", "block_id": "first", "elements": [button]},
        {"type": "actions", "block_id": "second", "elements": [button]},
        {"type": "section", "block_id": "third", "accessory": {"type": "overflow", "action_id": "a"}},
    ]
    assert forms.pressed(blocks, FormData([("pressed", "second::a")])) == (blocks[1], button)
    assert forms.pressed(blocks, FormData([("third::a", "x")])) == (blocks[2], blocks[2]["accessory"])
    assert forms.pressed(blocks, FormData([("pressed", "no::such")])) is None
    assert forms.pressed(blocks, FormData()) is None


def test_enter_in_a_field_for_files_presses_nothing():
    form = FormData([("pressed", "b::a"), ("b::a", UploadFile(BytesIO(), filename=""))])
    assert forms.pressed([block("file_input")], form) is None
