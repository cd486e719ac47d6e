"""A small bot of its own, to drive the page with: it makes tea."""

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

MANIFEST = {
    "display_information": {"name": "Tea Bot"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Tea Bot"},
        "slash_commands": [
            {"command": "/tea", "description": "Order tea", "usage_hint": "[kind of tea]"},
            {"command": "/card", "description": "Your tea card, as a picture"},
            {"command": "/list", "description": "Everybody's tea, as a file"},
            {"command": "/silence", "description": "Never answers"},
        ],
        "shortcuts": [
            {"name": "Tea for this", "type": "message", "callback_id": "tea_for", "description": "Offer tea"},
            {"name": "Tea!", "type": "global", "callback_id": "tea", "description": "Anywhere"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "im:history",
                "im:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "message.channels", "message.im"]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
# The smallest PNG there is: one grey pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63a80f0000810080b9e0b0c40000000049454e44ae426082"
)


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def option(text, value):
    return {"text": plain(text), "value": value}


def offer(who):
    confirm = {"title": plain("Sure?"), "text": mrkdwn("*Really* pour it away?")}
    return [
        {"type": "section", "text": mrkdwn(f"*Hello* <@{who}>, tea?"), "accessory": menu()},
        {
            "type": "actions",
            "block_id": "offer",
            "elements": [
                {
                    "type": "button",
                    "action_id": "pour",
                    "style": "primary",
                    "text": plain("Pour"),
                    "value": "cup",
                },
                {
                    "type": "button",
                    "action_id": "waste",
                    "style": "danger",
                    "text": plain("Pour away"),
                    "accessibility_label": "Pour away: the pot",
                    "confirm": confirm | {"confirm": plain("Yes, away"), "deny": plain("Keep it")},
                },
                {
                    "type": "static_select",
                    "action_id": "milk",
                    "placeholder": plain("Milk?"),
                    "options": [option("Oat", "oat"), option("Cow", "cow")],
                },
                {"type": "datepicker", "action_id": "day"},
            ],
        },
    ]


def menu():
    return {
        "type": "overflow",
        "action_id": "menu",
        "options": [option("Cake", "cake"), option("Scone", "scone")],
    }


def order(title="Order tea"):
    return {
        "type": "modal",
        "callback_id": "order",
        "title": plain(title),
        "submit": plain("Order"),
        "close": plain("Not now"),
        "notify_on_close": True,
        "blocks": [
            {"type": "section", "text": mrkdwn("Everything is *fair trade*.")},
            {
                "type": "input",
                "block_id": "name",
                "label": plain("Your name"),
                "hint": plain("As it stands on your cup"),
                "element": {"type": "plain_text_input", "action_id": "name", "max_length": 40},
            },
            {
                "type": "input",
                "block_id": "sorts",
                "optional": True,
                "label": plain("Sorts"),
                "element": {
                    "type": "checkboxes",
                    "action_id": "sorts",
                    "options": [option("Mint", "mint"), option("Assam", "assam")],
                },
            },
            {
                "type": "input",
                "block_id": "when",
                "label": plain("When"),
                "element": {"type": "timepicker", "action_id": "when", "initial_time": "16:00"},
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "more", "text": plain("More sorts")}],
            },
        ],
    }


def note(title, text):
    return {
        "type": "modal",
        "title": plain(title),
        "close": plain("Back"),
        "blocks": [{"type": "section", "text": plain(text)}],
    }


def home(cups):
    button = {"type": "button", "action_id": "cup", "text": plain("One more cup")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your tea")},
            {"type": "section", "text": mrkdwn(f"*{cups}* cups so far"), "accessory": button},
        ],
    }


def made(api_url, bot_token):
    app = App(client=WebClient(bot_token, base_url=api_url), token_verification_enabled=False)
    cups = {"count": 0}

    @app.event("message")
    def hear(event, client):
        where, who, text = event["channel"], event.get("user"), event.get("text", "")
        thread = {"thread_ts": event["thread_ts"]} if "thread_ts" in event else {}
        if "tea" in text:
            client.chat_postMessage(channel=where, text="Tea?", blocks=offer(who), **thread)
        elif "whisper" in text:
            client.chat_postEphemeral(channel=where, user=who, text="Only between *us*", **thread)
        elif "echo" in text:
            client.chat_postMessage(channel=where, text=text, **thread)

    @app.event("app_mention")
    def mentioned(event, client):
        client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="You called?")

    @app.event("app_home_opened")
    def opened(event, client):
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home(cups["count"]))

    @app.action("cup")
    def cup(ack, body, client):
        ack()
        cups["count"] += 1
        client.views_publish(user_id=body["user"]["id"], view=home(cups["count"]))

    @app.action("pour")
    def pour(ack, body, respond):
        ack()
        respond(replace_original=True, text=f"Poured for <@{body['user']['id']}>")

    @app.action("waste")
    def waste(ack, respond):
        ack()
        respond(replace_original=True, text="All gone")

    @app.action("milk")
    @app.action("menu")
    @app.action("day")
    def picked(ack, action, say):
        ack()
        chosen = action.get("selected_date") or action["selected_option"]["value"]
        say(f"You picked {chosen}")

    @app.command("/tea")
    def ordering(ack, command, client):
        client.views_open(trigger_id=command["trigger_id"], view=order())
        ack()

    @app.command("/card")
    def card(ack, command, client):
        ack("Here it comes")
        client.files_upload_v2(
            channel=command["channel_id"],
            content=PICTURE,
            filename="card.png",
            title="Tea card",
            alt_txt="Tea card of Dev, ten cups",
        )

    @app.command("/list")
    def everybody(ack, command, client):
        ack()
        client.files_upload_v2(
            channel=command["channel_id"], content="<script>alert(1)</script>", filename="members.html"
        )

    @app.command("/silence")
    def silence():
        pass

    @app.shortcut("tea_for")
    def tea_for(ack, body, respond):
        ack()
        respond(
            text=f"Tea for “{body['message']['text']}”", response_type="ephemeral", replace_original=False
        )

    @app.action("more")
    def more(ack, body, client):
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=note("More sorts", "Rooibos, sencha"))

    @app.view("order")
    def ordered(ack, body, view, client):
        values = view["state"]["values"]
        name = values["name"]["name"]["value"]
        if name == "Nobody":
            ack(response_action="errors", errors={"name": "Somebody has to drink it"})
            return
        if name == "Everybody":
            ack(response_action="update", view=note("Too many", "The pot is not that large"))
            return
        ack()
        sorts = [one["value"] for one in values["sorts"]["sorts"]["selected_options"]]
        text = f"{name}: {', '.join(sorts) or 'any'} at {values['when']['when']['selected_time']}"
        client.chat_postMessage(channel=body["user"]["id"], text=text)

    @app.view_closed("order")
    def closed(ack, body, client):
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="No tea then")

    return app


def connected(api_url, bot_token, app_token):
    """The running bot; `close()` ends it."""
    handler = SocketModeHandler(made(api_url, bot_token), app_token)
    handler.connect()
    return handler
