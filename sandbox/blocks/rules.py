"""Block Kit's documented shape and limits, as data.

Sources: docs.slack.dev/reference/block-kit (blocks, block elements, composition objects). Kinds that are not
in `KEYS` are checked by slack_sdk's own models alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Keys(NamedTuple):
    needed: frozenset[str]
    allowed: frozenset[str]


def _keys(needed: str, optional: str = "") -> Keys:
    required = frozenset(needed.split())
    return Keys(required, required | frozenset(optional.split()) | {"type"})


_SELECT = "placeholder action_id confirm focus_on_load"
_DATED = f"initial_date {_SELECT}"
_TEXT_INPUT = "action_id initial_value min_length max_length dispatch_action_config focus_on_load placeholder"
_CHOICE = "initial_options action_id confirm focus_on_load"

KEYS = {
    "section": _keys("", "text fields accessory block_id expand"),
    "divider": _keys("", "block_id"),
    "header": _keys("text", "block_id"),
    "context": _keys("elements", "block_id"),
    "actions": _keys("elements", "block_id"),
    "input": _keys("label element", "block_id hint optional dispatch_action"),
    "image": _keys(
        "alt_text", "image_url slack_file title block_id image_width image_height image_bytes is_animated"
    ),
    "markdown": _keys("text", "block_id"),
    "button": _keys("text", "action_id url value style confirm accessibility_label"),
    "overflow": _keys("options", "action_id confirm"),
    "checkboxes": _keys("options", _CHOICE),
    "radio_buttons": _keys("options", "initial_option action_id confirm focus_on_load"),
    "static_select": _keys("", f"options option_groups initial_option {_SELECT}"),
    "multi_static_select": _keys("", f"options option_groups initial_options max_selected_items {_SELECT}"),
    "external_select": _keys("", f"initial_option min_query_length {_SELECT}"),
    "multi_external_select": _keys("", f"initial_options min_query_length max_selected_items {_SELECT}"),
    "users_select": _keys("", f"initial_user {_SELECT}"),
    "multi_users_select": _keys("", f"initial_users max_selected_items {_SELECT}"),
    "conversations_select": _keys(
        "", f"initial_conversation default_to_current_conversation response_url_enabled filter {_SELECT}"
    ),
    "multi_conversations_select": _keys(
        "", f"initial_conversations default_to_current_conversation filter max_selected_items {_SELECT}"
    ),
    "channels_select": _keys("", f"initial_channel response_url_enabled {_SELECT}"),
    "multi_channels_select": _keys("", f"initial_channels max_selected_items {_SELECT}"),
    "datepicker": _keys("", _DATED),
    "timepicker": _keys("", f"initial_time timezone {_SELECT}"),
    "datetimepicker": _keys("", "initial_date_time action_id confirm focus_on_load"),
    "plain_text_input": _keys("", f"multiline {_TEXT_INPUT}"),
    "email_text_input": _keys("", _TEXT_INPUT),
    "url_text_input": _keys("", _TEXT_INPUT),
    "number_input": _keys("is_decimal_allowed", f"min_value max_value {_TEXT_INPUT}"),
    "rich_text_input": _keys("", "action_id initial_value dispatch_action_config focus_on_load placeholder"),
    "file_input": _keys("", "action_id filetypes max_files"),
    "plain_text": _keys("text", "emoji"),
    "mrkdwn": _keys("text", "verbatim"),
}

VIEW = _keys(
    "blocks",
    "title submit close private_metadata callback_id external_id clear_on_close notify_on_close "
    "submit_disabled id team_id bot_id app_id root_view_id previous_view_id state hash",
)

# Text objects: longest text, and whether only plain_text will do.
TEXTS = {
    "section.text": (3000, False),
    "section.fields": (2000, False),
    "header.text": (150, True),
    "input.label": (2000, True),
    "input.hint": (2000, True),
    "image.title": (2000, True),
    "button.text": (75, True),
    "context.elements": (2000, False),
    "option.text": (75, False),
    "option.description": (75, False),
    "option_group.label": (75, True),
    "confirm.title": (100, True),
    "confirm.text": (300, False),
    "confirm.confirm": (30, True),
    "confirm.deny": (30, True),
    "view.title": (24, True),
    "view.submit": (24, True),
    "view.close": (24, True),
    "*.placeholder": (150, True),
}

STRINGS = {
    "*.block_id": 255,
    "*.action_id": 255,
    "button.value": 2000,
    "button.url": 3000,
    "button.accessibility_label": 75,
    "option.value": 150,
    "option.url": 3000,
    "image.image_url": 3000,
    "image.alt_text": 2000,
    "markdown.text": 12000,
    "view.private_metadata": 3000,
    "view.callback_id": 255,
    "view.external_id": 255,
}

LISTS = {
    "section.fields": (1, 10),
    "context.elements": (1, 10),
    "actions.elements": (1, 25),
    "overflow.options": (1, 5),
    "checkboxes.options": (1, 10),
    "radio_buttons.options": (1, 10),
    "static_select.options": (1, 100),
    "multi_static_select.options": (1, 100),
    "static_select.option_groups": (1, 100),
    "multi_static_select.option_groups": (1, 100),
    "option_group.options": (1, 100),
}

_PICKERS = frozenset(kind for kind in KEYS if kind.endswith(("_select", "picker")))
_CHOICES = frozenset({"checkboxes", "radio_buttons"})
_TYPED = frozenset(kind for kind in KEYS if kind.endswith("_input"))

# Which kinds of element may stand where; a place not named here takes anything slack_sdk knows.
PLACES = {
    "section.accessory": _PICKERS | _CHOICES | {"button", "overflow", "image"},
    "actions.elements": _PICKERS | _CHOICES | {"button", "overflow", "rich_text_input", "plain_text_input"},
    "input.element": _PICKERS | _CHOICES | _TYPED,
    "context.elements": frozenset({"image", "mrkdwn", "plain_text"}),
}

STYLES = ("primary", "danger")
EXACTLY_ONE = {
    "image": ("image_url", "slack_file"),
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}
MOST_IN_MESSAGE, MOST_IN_VIEW, LARGEST_VIEW = 50, 100, 250_000
