"""Modals and the Home tab."""

import pytest

from tests.sandbox.driving import ASHA, BRYN, EMPTY, GENERAL, Bot, Practice, json_reply
from tests.sandbox.test_calling import refused


def words(text):
    return {"type": "plain_text", "text": text}


def field(block_id, element, **more):
    return {"type": "input", "block_id": block_id, "label": words(block_id), "element": element, **more}


NAME = field("name", {"type": "plain_text_input", "action_id": "a", "min_length": 2, "max_length": 5})


def modal(*blocks, title="Brew", **more):
    blocks = list(blocks) or [NAME]
    return {"type": "modal", "title": words(title), "submit": words("Send"), "blocks": blocks, **more}


def home(text="Whose turn it is", **more):
    return {"type": "home", "blocks": [{"type": "section", "text": words(text)}], **more}


@pytest.fixture
def web(practice: Practice, bot: Bot):
    return practice.client(practice.app["bot_token"])


def trigger(practice, bot, user=ASHA):
    practice.post("command", user=user, channel=GENERAL, command="/tea")
    return bot.interaction()["trigger_id"]


def opened(practice, bot, web, view=None):
    return web.views_open(trigger_id=trigger(practice, bot), view=view or modal())["view"]


def submitting(practice, bot, answer, **asked):
    bot.answer = lambda _: answer
    return practice.post("submit", user=ASHA, **asked)


def stack(practice, user=ASHA):
    return [view["title"]["text"] for view in practice.get("views", user=user)["views"]]


def test_a_modal_opens_for_whoever_pressed(practice, bot, web):
    view = opened(practice, bot, web, modal(private_metadata="m", callback_id="c", external_id="e"))
    assert (view["private_metadata"], view["callback_id"], view["external_id"]) == ("m", "c", "e")
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert view["state"]["values"] == {"name": {"a": {"type": "plain_text_input", "value": None}}}
    assert stack(practice) == ["Brew"]
    assert stack(practice, BRYN) == []


def test_a_trigger_works_once_for_three_seconds_and_for_its_app(practice, bot, web):
    used = trigger(practice, bot)
    web.views_open(trigger_id=used, view=modal())
    assert refused(web.views_open, trigger_id=used, view=modal())["error"] == "exchanged_trigger_id"
    late = trigger(practice, bot)
    practice.post("clock", advance=3.5)
    assert refused(web.views_open, trigger_id=late, view=modal())["error"] == "expired_trigger_id"
    assert refused(web.views_open, trigger_id="1.2.3", view=modal())["error"] == "invalid_trigger_id"
    foreign = trigger(practice, bot)
    other = practice.install(name="Other")
    assert refused(other.views_open, trigger_id=foreign, view=modal())["error"] == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal() | {"title": words("x" * 25)}, "/view/title/text"),
        (modal() | {"submit": None}, "/view"),
        (modal() | {"blocks": []}, "/view/blocks"),
        (modal() | {"colour": "red"}, "/view"),
        (home(), "/view/type"),
        (modal(NAME, NAME), "/view/blocks/1/block_id"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ],
)
def test_a_view_is_checked_before_its_trigger_is_spent(practice, bot, web, view, pointer):
    given = trigger(practice, bot)
    answer = refused(web.views_open, trigger_id=given, view=view)
    assert answer["error"] == "invalid_arguments"
    assert f"[json-pointer:{pointer}]" in answer["response_metadata"]["messages"][0]
    assert web.views_open(trigger_id=given, view=modal())["ok"] is True


def test_a_view_may_be_a_quarter_of_a_megabyte(practice, bot, web):
    sections = [{"type": "section", "text": words("x" * 2900)}] * 90
    answer = refused(web.views_open, trigger_id=trigger(practice, bot), view=modal(*sections))
    assert answer["error"] == "view_too_large"


def test_modals_stack_three_deep(practice, bot, web):
    root = opened(practice, bot, web, modal(button(), title="One"))
    for title in ("Two", "Three"):
        top = web.views_push(trigger_id=from_top(practice, bot), view=modal(button(), title=title))["view"]
    assert (top["root_view_id"], stack(practice)) == (root["id"], ["One", "Two", "Three"])
    answer = refused(web.views_push, trigger_id=from_top(practice, bot), view=modal())
    assert answer["error"] == "push_limit_reached"
    practice.post("close", user=ASHA)
    assert stack(practice) == ["One", "Two"]
    practice.post("close", user=ASHA, clear=True)
    assert stack(practice) == []


def test_only_a_trigger_from_a_modal_pushes(practice, bot, web):
    opened(practice, bot, web)
    answer = refused(web.views_push, trigger_id=trigger(practice, bot), view=modal())
    assert answer["error"] == "not_found"


def button():
    element = {"type": "button", "action_id": "more", "text": words("More"), "value": "7"}
    return {"type": "actions", "block_id": "more", "elements": [element]}


def from_top(practice, bot):
    top = practice.get("views", user=ASHA)["views"][-1]
    practice.post("press", user=ASHA, view_id=top["id"], action_id="more")
    return bot.interaction()["trigger_id"]


def test_an_update_keeps_what_was_typed_and_minds_the_hash(practice, bot, web):
    view = opened(practice, bot, web, modal(NAME, external_id="e"))
    practice.post("fill", view_id=view["id"], values={"name": {"a": "Dev"}})
    answer = web.views_update(view_id=view["id"], view=modal(NAME, title="Again"), hash=view["hash"])["view"]
    assert answer["state"]["values"]["name"]["a"]["value"] == "Dev"
    assert answer["hash"] != view["hash"]
    stale = refused(web.views_update, view_id=view["id"], view=modal(), hash=view["hash"])
    assert stale["error"] == "hash_conflict"
    assert refused(web.views_update, view_id="V0", view=modal())["error"] == "not_found"
    practice.post("close", user=ASHA)
    assert refused(web.views_update, view_id=view["id"], view=modal())["error"] == "not_found"


def test_an_external_id_is_unique_and_finds_its_view(practice, bot, web):
    opened(practice, bot, web, modal(external_id="e"))
    assert web.views_update(external_id="e", view=modal(external_id="e", title="Found"))["ok"] is True
    assert stack(practice) == ["Found"]
    given = trigger(practice, bot, BRYN)
    answer = refused(web.views_open, trigger_id=given, view=modal(external_id="e"))
    assert answer["error"] == "duplicate_external_id"


def test_a_submission_carries_what_was_typed_and_closes(practice, bot, web):
    blocks = [
        NAME,
        field(
            "kind", {"type": "static_select", "action_id": "k", "options": [option("tea"), option("coffee")]}
        ),
        field("when", {"type": "datepicker", "action_id": "d"}),
        field("at", {"type": "timepicker", "action_id": "t", "initial_time": "09:30"}),
        field("with", {"type": "checkboxes", "action_id": "c", "options": [option("milk"), option("sugar")]}),
        field("who", {"type": "multi_users_select", "action_id": "w"}, optional=True),
    ]
    opened(practice, bot, web, modal(*blocks, callback_id="brew"))
    values = {
        "name": {"a": "Dev"},
        "kind": {"k": "tea"},
        "when": {"d": "2027-03-30"},
        "with": {"c": ["milk", "sugar"]},
    }
    outcome = submitting(practice, bot, EMPTY, values=values)
    assert outcome["ok"] is True
    assert stack(practice) == []
    payload = bot.interaction()
    assert (payload["type"], payload["view"]["callback_id"], payload["response_urls"]) == (
        "view_submission",
        "brew",
        [],
    )
    assert payload["user"]["id"] == ASHA
    assert payload["view"]["state"]["values"] == {
        "name": {"a": {"type": "plain_text_input", "value": "Dev"}},
        "kind": {"k": {"type": "static_select", "selected_option": option("tea")}},
        "when": {"d": {"type": "datepicker", "selected_date": "2027-03-30"}},
        "at": {"t": {"type": "timepicker", "selected_time": "09:30"}},
        "with": {"c": {"type": "checkboxes", "selected_options": [option("milk"), option("sugar")]}},
        "who": {"w": {"type": "multi_users_select", "selected_users": []}},
    }


def option(value):
    return {"text": words(value.title()), "value": value}


@pytest.mark.parametrize(
    ("element", "typed", "told"),
    [
        (NAME["element"], None, "Please complete this required field."),
        (NAME["element"], "D", "Enter at least 2 characters."),
        (NAME["element"], "Deverell", "Enter at most 5 characters."),
        (
            {"type": "email_text_input", "action_id": "a"},
            "dev at home",
            "Please enter a valid email address.",
        ),
        ({"type": "url_text_input", "action_id": "a"}, "example", "Please enter a valid URL."),
        (
            {"type": "number_input", "action_id": "a", "is_decimal_allowed": False},
            "1.5",
            "Enter a whole number.",
        ),
        (
            {"type": "number_input", "action_id": "a", "is_decimal_allowed": True, "max_value": "2"},
            "2.5",
            "Enter 2 or less.",
        ),
        ({"type": "datepicker", "action_id": "a"}, "tomorrow", "Enter a date."),
        ({"type": "timepicker", "action_id": "a"}, "25:00", "Enter a time."),
        (
            {"type": "checkboxes", "action_id": "a", "options": [option("tea")]},
            [],
            "Please complete this required field.",
        ),
    ],
)
def test_slack_itself_says_what_is_missing(practice, bot, web, element, typed, told):
    opened(practice, bot, web, modal(field("name", element)))
    before = len(bot.received)
    outcome = practice.post("submit", user=ASHA, values={"name": {"a": typed}})
    assert (outcome["error"], outcome["field_errors"]) == ("incomplete", {"name": told})
    assert len(bot.received) == before
    assert stack(practice) == ["Brew"]


def test_what_is_not_offered_cannot_be_picked(practice, bot, web):
    select = {"type": "static_select", "action_id": "a", "options": [option("tea")]}
    view = opened(practice, bot, web, modal(field("name", select)))
    with pytest.raises(Exception, match="option_not_found"):
        practice.post("fill", view_id=view["id"], values={"name": {"a": "cocoa"}})
    with pytest.raises(Exception, match="action_not_found"):
        practice.post("fill", view_id=view["id"], values={"name": {"b": "tea"}})


def test_the_app_may_answer_with_errors_under_fields(practice, bot, web):
    opened(practice, bot, web)
    answer = json_reply({"response_action": "errors", "errors": {"name": "Not you again."}})
    outcome = submitting(practice, bot, answer, values={"name": {"a": "Dev"}})
    assert (outcome["ok"], outcome["field_errors"]) == (False, {"name": "Not you again."})
    assert stack(practice) == ["Brew"]


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        ({"response_action": "update", "view": modal(title="Done")}, ["One", "Done"]),
        ({"response_action": "push", "view": modal(title="More")}, ["One", "Two", "More"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_the_app_may_answer_with_another_view(practice, bot, web, answer, after):
    opened(practice, bot, web, modal(button(), title="One"))
    web.views_push(trigger_id=from_top(practice, bot), view=modal(title="Two"))
    outcome = submitting(practice, bot, json_reply(answer), values={"name": {"a": "Dev"}})
    assert outcome["ok"] is True
    assert stack(practice) == after


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (json_reply({"response_action": "errors", "errors": {"nobody": "x"}}), "invalid_arguments"),
        (json_reply({"response_action": "errors", "errors": {}}), "invalid_arguments"),
        (json_reply({"response_action": "update", "view": {"type": "modal"}}), "invalid_arguments"),
        (json_reply({"response_action": "dance"}), "invalid_response_action"),
        ((200, {}, b"thanks"), "invalid_response_action"),
        ((500, {}, b""), "dispatch_failed"),
    ],
)
def test_an_answer_slack_does_not_understand_keeps_the_modal_open(practice, bot, web, answer, code):
    opened(practice, bot, web)
    outcome = submitting(practice, bot, answer, values={"name": {"a": "Dev"}})
    assert (outcome["ok"], outcome["error"]) == (False, code)
    assert stack(practice) == ["Brew"]


def test_closing_is_told_only_if_asked_for(practice, bot, web):
    view = opened(practice, bot, web, modal(notify_on_close=True))
    practice.post("close", user=ASHA, view_id=view["id"])
    payload = bot.interaction()
    assert (payload["type"], payload["is_cleared"], payload["view"]["id"]) == (
        "view_closed",
        False,
        view["id"],
    )
    assert "trigger_id" not in payload
    opened(practice, bot, web)
    before = len(bot.received)
    practice.post("close", user=ASHA)
    assert len(bot.received) == before


def test_the_cross_tells_of_the_root(practice, bot, web):
    root = opened(practice, bot, web, modal(button(), notify_on_close=True))
    web.views_push(trigger_id=from_top(practice, bot), view=modal())
    practice.post("close", user=ASHA, clear=True)
    payload = bot.interaction()
    assert (payload["is_cleared"], payload["view"]["id"]) == (True, root["id"])


def test_a_conversation_select_can_lend_a_response_url(practice, bot, web):
    select = {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}
    opened(practice, bot, web, modal(field("where", select)))
    submitting(practice, bot, EMPTY, values={"where": {"a": GENERAL}})
    (lent,) = bot.interaction()["response_urls"]
    assert (lent["block_id"], lent["action_id"], lent["channel_id"]) == ("where", "a", GENERAL)


def test_an_input_speaks_only_when_asked_to(practice, bot, web):
    menu = {"type": "static_select", "action_id": "a", "options": [option("tea")]}
    blocks = [field("quiet", menu), field("loud", menu | {"action_id": "b"}, dispatch_action=True)]
    view = opened(practice, bot, web, modal(*blocks))
    before = len(bot.received)
    practice.post("press", user=ASHA, view_id=view["id"], action_id="a", selected="tea")
    assert len(bot.received) == before
    practice.post("press", user=ASHA, view_id=view["id"], action_id="b", selected="tea")
    payload = bot.interaction()
    assert payload["actions"][0]["selected_option"] == option("tea")
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert payload["view"]["state"]["values"]["quiet"]["a"]["selected_option"] == option("tea")
    assert not {"channel", "message", "response_url"} & payload.keys()


def test_an_external_select_asks_the_app(practice, bot, web):
    element = {"type": "external_select", "action_id": "a"}
    view = opened(practice, bot, web, modal(field("pot", element)))
    bot.answer = lambda _: json_reply({"options": [option("big"), option("small")]})
    found = practice.post("suggestions", user=ASHA, view_id=view["id"], action_id="a", chosen="b")
    assert [each["value"] for each in found["options"]] == ["big", "small"]
    payload = bot.interaction()
    assert (payload["type"], payload["value"], payload["block_id"]) == ("block_suggestion", "b", "pot")


def test_home_is_published_per_person(practice, bot, web):
    first = web.views_publish(user_id=ASHA, view=home("For Asha"))["view"]
    again = web.views_publish(user_id=ASHA, view=home("For Asha, again"), hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    assert practice.get("home", user=ASHA)["view"]["blocks"][0]["text"]["text"] == "For Asha, again"
    assert practice.get("home", user=BRYN)["view"] is None
    stale = refused(web.views_publish, user_id=ASHA, view=home(), hash=first["hash"])
    assert stale["error"] == "hash_conflict"
    assert refused(web.views_publish, user_id="U0", view=home())["error"] == "user_not_found"
    with_submit = home() | {"submit": words("Send")}
    assert refused(web.views_publish, user_id=ASHA, view=with_submit)["error"] == "invalid_arguments"


def test_the_home_event_carries_the_view_once_there_is_one(practice, bot, web):
    practice.post("home", user=ASHA)
    assert "view" not in bot.of_type("app_home_opened")[-1]["event"]
    web.views_publish(user_id=ASHA, view=home())
    practice.post("home", user=ASHA)
    event = bot.of_type("app_home_opened")[-1]["event"]
    assert (event["tab"], event["view"]["type"], event["channel"][0]) == ("home", "home", "D")
    practice.post("home", user=ASHA, tab="messages")
    assert "view" not in bot.of_type("app_home_opened")[-1]["event"]


def test_no_home_without_the_tab(practice):
    web = practice.install(home=False)
    assert refused(web.views_publish, user_id=ASHA, view=home())["error"] == "not_enabled"


def test_a_press_at_home_opens_a_modal(practice, bot, web):
    view = web.views_publish(user_id=ASHA, view={"type": "home", "blocks": [button()]})["view"]
    practice.post("press", user=ASHA, view_id=view["id"], action_id="more")
    payload = bot.interaction()
    assert (payload["view"]["type"], payload["actions"][0]["value"]) == ("home", "7")
    web.views_open(trigger_id=payload["trigger_id"], view=modal())
    assert stack(practice) == ["Brew"]
