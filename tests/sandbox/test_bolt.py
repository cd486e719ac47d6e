"""A small slack-bolt app, over HTTP and over Socket Mode: what it sends is what people see."""

import threading
from collections.abc import Iterator

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.sandbox.driving import ASHA, BRYN, GENERAL, Bot, Practice
from tests.sandbox.test_views import NAME, home, modal, words


def tea_rota(client: WebClient, secret: str) -> App:
    app = App(
        client=client, signing_secret=secret, token_verification_enabled=False, process_before_response=True
    )

    @app.event("message")
    def hear(event, say):
        say(f"You said: {event['text']}")

    @app.event("app_home_opened")
    def visit(event, client):
        client.views_publish(user_id=event["user"], view=home(f"Welcome, <@{event['user']}>"))

    @app.command("/tea")
    def tea(ack, command, client):
        client.views_open(trigger_id=command["trigger_id"], view=modal(NAME, callback_id="brew"))
        ack("Opening the pot")

    @app.view("brew")
    def brew(ack, view, body, client):
        name = view["state"]["values"]["name"]["a"]["value"]
        if name == "Nemo":
            ack(response_action="errors", errors={"name": "Who is that?"})
            return
        element = {"type": "button", "action_id": "drink", "text": words("Drink"), "value": name}
        blocks = [{"type": "actions", "elements": [element]}]
        client.chat_postMessage(channel=body["user"]["id"], text=f"{name} brews", blocks=blocks)
        ack()

    @app.action("drink")
    def drink(ack, respond, action):
        ack()
        respond(f"{action['value']}'s tea is gone", replace_original=True)

    return app


class BoltOverHttp:
    def __init__(self, practice: Practice) -> None:
        self.bot = Bot()
        client = practice.install(request_url=self.bot.url)
        app = tea_rota(client, practice.app["signing_secret"])

        def dispatch(received):
            asked = BoltRequest(body=received.body.decode(), headers=received.headers)
            answer = app.dispatch(asked)
            headers = {name: values[0] for name, values in answer.headers.items()}
            return answer.status, headers, answer.body.encode()

        self.bot.answer = dispatch

    def stop(self) -> None:
        self.bot.stop()


class BoltOverSocket:
    def __init__(self, practice: Practice) -> None:
        client = practice.install()
        app = tea_rota(client, "unused")
        token = practice.app["app_token"]
        self.handler = SocketModeHandler(app, token, web_client=practice.client(token), ping_interval=1)
        self.handler.connect()

    def stop(self) -> None:
        # Closing waits three seconds for the client's own threads.
        threading.Thread(target=self.handler.close, daemon=True).start()


@pytest.fixture(params=[BoltOverHttp, BoltOverSocket])
def tea(request: pytest.FixtureRequest, practice: Practice) -> Iterator[Practice]:
    running = request.param(practice)
    yield practice
    running.stop()


def test_a_bolt_app_hears_opens_checks_posts_and_replaces(tea: Practice):
    said = tea.post("say", user=ASHA, channel="bot", text="hello", within=2)
    assert said["response"]["text"] == "You said: hello"

    tea.post("home", user=ASHA)
    block = tea.get("home", user=ASHA)["view"]["blocks"][0]
    assert block["text"]["text"] == f"Welcome, <@{ASHA}>"

    asked = tea.post("command", user=ASHA, channel=GENERAL, command="/tea", text="green")
    assert asked["response"]["text"] == "Opening the pot"
    assert asked["opened_view"]["callback_id"] == "brew"

    refused = tea.post("submit", user=ASHA, values={"name": {"a": "Nemo"}})
    assert refused["field_errors"] == {"name": "Who is that?"}
    done = tea.post("submit", user=ASHA, values={"name": {"a": "Dev"}})
    assert (done["ok"], done["response"]["text"]) == (True, "Dev brews")
    assert tea.get("views", user=ASHA)["views"] == []

    tea.post("press", user=ASHA, channel="bot", ts=done["response"]["ts"], action_id="drink")
    assert tea.texts(ASHA) == ["hello", "You said: hello", "Dev's tea is gone"]
    assert tea.messages(BRYN) == []
