import pytest

from sandbox.blocks import elements
from tests.sandbox.page.drawing import drawn, mrkdwn, plain

HOSTILE = "\"'><img src=x onerror=alert(1)>&<script>*x*"
OPTIONS = [
    {"text": plain("One"), "value": "1"},
    {"text": plain("Two"), "value": "2", "description": plain("the second")},
]
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really*"), "confirm": plain("Yes"), "deny": plain("No")}


def actions(*parts):
    return {"type": "actions", "elements": [{"action_id": f"a{n}"} | part for n, part in enumerate(parts)]}


def asked(element, **more):
    return {"type": "input", "label": plain("Name"), "element": {"action_id": "a"} | element, **more}


def test_a_section_shows_text_fields_and_accessory():
    page = drawn(
        {
            "type": "section",
            "text": mrkdwn("*Hello*"),
            "fields": [mrkdwn("one"), plain("*two*")],
            "accessory": {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a tree"},
        }
    )
    assert page.text == "Hello one *two*"
    assert list(page.named("img")) == [
        {"src": "https://a.example/x.png", "alt": "a tree", "referrerpolicy": "no-referrer"}
    ]


def test_plain_text_shows_names_of_emoji_only_where_asked():
    page = drawn(
        {"type": "section", "text": plain(":tada: *x* &amp;", emoji=False)},
        {"type": "header", "text": plain(":tada: *x* &amp;")},
    )
    assert page.text == ":tada: *x* &amp; 🎉 *x* &amp;"


def test_a_button_keeps_its_style_and_the_name_the_bot_gave_it():
    page = drawn(
        actions(
            {
                "type": "button",
                "text": plain("Approve"),
                "style": "primary",
                "accessibility_label": "Approve: tea",
            }
        )
    )
    assert list(page.named("button")) == [
        {
            "class": "button primary",
            "type": "submit",
            "name": "pressed",
            "value": "b0::a0",
            "formnovalidate": None,
            "aria-label": "Approve: tea",
        }
    ]


def test_a_button_with_an_address_is_a_link_and_never_to_a_script():
    page = drawn(
        actions(
            {"type": "button", "text": plain("Read"), "url": "https://a.example/"},
            {"type": "button", "text": plain("Run"), "url": "javascript:alert(1)"},
        )
    )
    assert [link["href"] for link in page.named("a")] == ["https://a.example/"]
    assert page.text == "Read Run"


def test_a_confirmation_asks_in_the_bots_words():
    page = drawn(actions({"type": "button", "text": plain("Leave"), "confirm": CONFIRM}))
    assert page.text == "Leave Sure? Really No Yes"
    (button, deny, confirm) = page.named("button")
    (dialog,) = page.named("dialog")
    assert button["data-confirm"] == dialog["id"]
    assert "data-deny" in deny
    assert (confirm["name"], confirm["value"]) == ("pressed", "b0::a0")


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ({"type": "plain_text_input"}, "text"),
        ({"type": "email_text_input"}, "email"),
        ({"type": "url_text_input"}, "url"),
        ({"type": "number_input"}, "text"),
        ({"type": "datepicker"}, "date"),
        ({"type": "timepicker"}, "time"),
        ({"type": "datetimepicker"}, "datetime-local"),
    ],
)
def test_every_input_has_its_label_hint_and_error(element, kind):
    page = drawn(asked(element, hint=plain("as you write it")), errors={"b0": "Too short"})
    (control,) = page.named("input")
    assert control["type"] == kind
    assert control["aria-invalid"] == "true"
    assert control["aria-required"] == "true"
    assert [label["for"] for label in page.named("label")] == [control["id"]]
    explained = {paragraph["id"] for paragraph in page.named("p")}
    assert set(control["aria-describedby"].split()) == explained
    assert page.text == "Name Too short as you write it"


def test_an_optional_input_says_so():
    page = drawn(asked({"type": "plain_text_input", "multiline": True, "max_length": 12}, optional=True))
    (control,) = page.named("textarea")
    assert (page.text, control["maxlength"]) == ("Name (optional)", "12")
    assert "aria-required" not in control


@pytest.mark.parametrize(("kind", "control"), [("checkboxes", "checkbox"), ("radio_buttons", "radio")])
def test_ticks_stand_in_a_named_group_and_keep_what_was_chosen(kind, control):
    begun = {"initial_options": [OPTIONS[1]]} if kind == "checkboxes" else {"initial_option": OPTIONS[1]}
    page = drawn(asked({"type": kind, "options": OPTIONS} | begun))
    ticks = list(page.named("input"))
    assert [(tick["type"], tick["value"], "checked" in tick) for tick in ticks] == [
        (control, "1", False),
        (control, "2", True),
    ]
    assert len(list(page.named("fieldset"))) == len(list(page.named("legend"))) == 1
    assert page.text == "Name One Two the second"


def test_a_select_offers_options_and_groups():
    grouped = {
        "type": "static_select",
        "placeholder": plain("Choose one"),
        "option_groups": [{"label": plain("Group"), "options": OPTIONS}],
        "initial_option": OPTIONS[0],
    }
    page = drawn(actions(grouped))
    assert [(o["value"], "selected" in o) for o in page.named("option")] == [
        ("", False),
        ("1", True),
        ("2", False),
    ]
    assert [group["label"] for group in page.named("optgroup")] == ["Group"]


def test_selects_of_people_and_conversations_offer_those_of_the_workspace():
    page = drawn(
        asked({"type": "users_select", "initial_user": "U2"}), asked({"type": "conversations_select"})
    )
    offered = [(option["value"], "selected" in option) for option in page.named("option")]
    assert offered == [("", False), ("U1", False), ("U2", True), ("", False), ("C1", False), ("C2", False)]


def test_an_overflow_menu_is_a_menu_of_buttons():
    page = drawn({"type": "section", "text": plain("x"), "accessory": _overflow()})
    assert [(b["name"], b["value"]) for b in page.named("button")] == [("b0::a", "1"), ("b0::a", "2")]
    assert [summary["aria-label"] for summary in page.named("summary")] == ["More actions"]


def test_what_a_person_typed_comes_before_what_the_bot_put_in():
    block = asked({"type": "plain_text_input", "initial_value": "first"}, block_id="b0")
    values = {"b0": {"a": elements.picked(block["element"], "typed")}}
    assert [control["value"] for control in drawn(block, values=values).named("input")] == ["typed"]


def test_a_picture_of_the_workspace_shows_with_its_alt_text():
    page = drawn({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a card", "title": plain("Card")})
    assert list(page.named("img")) == [{"src": "/as/U1/files/F1", "alt": "a card"}]
    assert page.text == "Card"


def test_what_is_not_drawn_is_said():
    page = drawn({"type": "carousel"}, asked({"type": "workflow_button"}))
    assert page.text == (
        "This page does not draw carousel blocks. Name This page does not draw workflow_button elements."
    )


def test_rich_text_has_lists_quotes_code_and_mentions():
    page = drawn(
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [_text("Hi ", bold=True), {"type": "user", "user_id": "U1"}],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "offset": 2,
                    "elements": [{"type": "rich_text_section", "elements": [_text("third")]}],
                },
                {"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "tada"}]},
                {"type": "rich_text_preformatted", "elements": [_text("<b>")]},
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "link", "url": "javascript:alert(1)", "text": "no link"}],
                },
            ],
        }
    )
    assert page.text == "Hi @Ashathird🎉<b>no link"
    assert [tag for tag, _ in page.tags] == [
        "div", "p", "strong", "span", "ol", "li", "blockquote", "pre", "p",
    ]  # fmt: skip
    assert next(page.named("ol"))["start"] == "3"


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": mrkdwn(HOSTILE), "fields": [plain(HOSTILE)]},
        {"type": "header", "text": plain(HOSTILE)},
        {"type": "context", "elements": [mrkdwn(HOSTILE), plain(HOSTILE)]},
        {
            "type": "image",
            "image_url": f"https://a.example/{HOSTILE}",
            "alt_text": HOSTILE,
            "title": plain(HOSTILE),
        },
        {"type": HOSTILE},
        asked({"type": "plain_text_input", "initial_value": HOSTILE, "placeholder": plain(HOSTILE)}),
        asked({"type": "plain_text_input", "multiline": True, "initial_value": f"</textarea>{HOSTILE}"}),
        asked({"type": "plain_text_input"}, label=plain(HOSTILE), hint=plain(HOSTILE)),
        asked({"type": "checkboxes", "options": [{"text": mrkdwn(HOSTILE), "value": HOSTILE}]}),
        actions(
            {"type": "button", "text": plain(HOSTILE), "accessibility_label": HOSTILE, "action_id": HOSTILE}
        ),
        actions({"type": "button", "text": plain(HOSTILE), "url": f"https://a.example/{HOSTILE}"}),
        actions({"type": "button", "text": plain("x"), "confirm": dict.fromkeys(CONFIRM, plain(HOSTILE))}),
        actions({"type": "static_select", "options": [{"text": plain(HOSTILE), "value": HOSTILE}]}),
    ],
    ids=lambda block: block["type"][:12],
)
def test_nothing_a_bot_sends_becomes_markup(block):
    page = drawn(block, errors={"b0": HOSTILE})
    assert not page.open
    assert not list(page.named("script"))
    assert all(picture["src"] != "x" for picture in page.named("img"))
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def _overflow():
    return {"type": "overflow", "action_id": "a", "options": OPTIONS}


def _text(text, **style):
    return {"type": "text", "text": text, "style": style}
