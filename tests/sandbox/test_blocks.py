"""Blocks are checked before they are shown."""

import pytest

from sandbox.blocks.checking import message_faults, view_faults


def words(text="x", kind="plain_text"):
    return {"type": kind, "text": text}


def button(**more):
    return {"type": "button", "action_id": "a", "text": words(), **more}


def options(count):
    return [{"text": words(), "value": str(number)} for number in range(count)]


GOOD = [
    {"type": "section", "text": words("*x*", "mrkdwn"), "accessory": button(style="danger")},
    {"type": "section", "fields": [words()] * 10},
    {"type": "header", "text": words("x" * 150)},
    {"type": "divider"},
    {
        "type": "context",
        "elements": [words(), {"type": "image", "image_url": "https://x.example", "alt_text": "x"}],
    },
    {"type": "actions", "elements": [button(action_id=str(number)) for number in range(25)]},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x", "title": words()},
    {"type": "input", "label": words(), "element": {"type": "plain_text_input", "max_length": 10}},
    {"type": "input", "label": words(), "element": {"type": "timepicker", "timezone": "Europe/London"}},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    {"type": "markdown", "text": "**x**"},
    {
        "type": "actions",
        "elements": [
            button(
                confirm={"title": words(), "text": words("x", "mrkdwn"), "confirm": words(), "deny": words()}
            ),
            {"type": "overflow", "action_id": "o", "options": options(5)},
            {
                "type": "static_select",
                "action_id": "s",
                "option_groups": [{"label": words(), "options": options(2)}],
            },
            {"type": "users_select", "action_id": "u", "placeholder": words()},
        ],
    },
]

BAD = [
    ({"type": "mystery"}, "unsupported type", "/type"),
    ({"text": words()}, "missing required field: type", ""),
    ({"type": "section"}, "missing required field: text or fields", ""),
    ({"type": "section", "text": words("")}, "must be more than 0 characters", "/text/text"),
    ({"type": "section", "text": words("x" * 3001)}, "must be less than 3001 characters", "/text/text"),
    ({"type": "section", "text": "x"}, "must be an object", "/text"),
    ({"type": "section", "fields": [words()] * 11}, "must have 1 to 10 items", "/fields"),
    (
        {"type": "section", "fields": [words("x" * 2001)]},
        "must be less than 2001 characters",
        "/fields/0/text",
    ),
    ({"type": "section", "text": words(), "colour": "red"}, "invalid additional property: colour", ""),
    (
        {"type": "section", "text": words(), "accessory": {"type": "divider"}},
        "unsupported type: divider",
        "/accessory",
    ),
    ({"type": "header", "text": words("x", "mrkdwn")}, "must be a plain_text object", "/text"),
    ({"type": "header", "text": words("x" * 151)}, "must be less than 151 characters", "/text/text"),
    ({"type": "divider", "block_id": "x" * 256}, "must be less than 256 characters", "/block_id"),
    ({"type": "actions", "elements": []}, "must have 1 to 25 items", "/elements"),
    (
        {"type": "actions", "elements": [button(), button()]},
        "`action_id` already exists in this block",
        "/elements",
    ),
    ({"type": "actions", "elements": [button(style="green")]}, "unsupported style", "/elements/0/style"),
    (
        {"type": "actions", "elements": [button(value="x" * 2001)]},
        "must be less than 2001 characters",
        "/elements/0/value",
    ),
    (
        {"type": "actions", "elements": [button(text=words("x" * 76))]},
        "must be less than 76 characters",
        "/elements/0/text/text",
    ),
    (
        {"type": "actions", "elements": [button(accessibility_label="x" * 76)]},
        "must be less than 76 characters",
        "/elements/0/accessibility_label",
    ),
    (
        {"type": "actions", "elements": [button(confirm={"title": words("x" * 101), "text": words()})]},
        "must be less than 101 characters",
        "/elements/0/confirm/title/text",
    ),
    (
        {"type": "actions", "elements": [{"type": "static_select", "options": options(101)}]},
        "must have 1 to 100 items",
        "/elements/0/options",
    ),
    (
        {
            "type": "actions",
            "elements": [{"type": "static_select", "options": options(1), "option_groups": []}],
        },
        "must have 1 to 100 items",
        "/elements/0/option_groups",
    ),
    (
        {
            "type": "actions",
            "elements": [{"type": "overflow", "options": [{"text": words("x" * 76), "value": "a"}]}],
        },
        "must be less than 76 characters",
        "/elements/0/options/0/text/text",
    ),
    ({"type": "input", "label": words()}, "missing required field: element", ""),
    ({"type": "input", "label": words(), "element": button()}, "unsupported type: button", "/element"),
    ({"type": "image", "alt_text": "x"}, "exactly one of image_url and slack_file is needed", ""),
    ({"type": "image", "image_url": "https://x.example"}, "missing required field: alt_text", ""),
    ("section", "must be an object", ""),
]


def test_good_blocks_have_no_faults():
    assert message_faults(GOOD) == []


@pytest.mark.parametrize(("block", "fault", "pointer"), BAD)
def test_a_bad_block_is_named(block, fault, pointer):
    assert f"{fault} [json-pointer:/blocks/0{pointer}]" in message_faults([block])


def test_block_ids_are_unique_in_a_message():
    twice = [{"type": "divider", "block_id": "x"}] * 2
    assert message_faults(twice) == ["block_id x already exists [json-pointer:/blocks/1/block_id]"]


def test_a_message_has_fifty_blocks_and_a_view_a_hundred():
    divider = {"type": "divider"}
    assert message_faults([divider] * 50) == []
    assert message_faults([divider] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]
    view = {"type": "home", "blocks": [divider] * 100}
    assert view_faults(view) == []
    view["blocks"] = [divider] * 101
    assert view_faults(view) == ["must provide 1 to 100 blocks [json-pointer:/view/blocks]"]


def test_what_is_not_a_list_or_an_object_is_named():
    assert message_faults("x") == ["must be an array [json-pointer:/blocks]"]
    assert view_faults([]) == ["must be an object [json-pointer:/view]"]
