"""The Socket Mode way in: slack_sdk's own client, acting in the thread that received the message.

Its queues have no bound, so a message goes straight to the door, which never blocks. Only `disconnect`
takes the client's own road, because it opens a new connection.
"""

import json
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import structlog
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.door import Answer, Door, Full, NotReady
from bot.shape import Malformed
from bot.slack_clients import Client

log = structlog.get_logger()
PING_SECONDS = 10
RECEIVE_BYTES = 64 * 1024


class SocketDoor(SocketModeClient):
    """`connections` is Slack's own count of live connections on this app's token, from its hello."""

    def __init__(self, door: Door, app_token: str, web_client: Client) -> None:
        self.door = door
        self.connections = 0
        super().__init__(
            app_token,
            web_client=web_client,
            ping_interval=PING_SECONDS,
            receive_buffer_size=RECEIVE_BYTES,
            concurrency=1,
        )

    def enqueue_message(self, message: str) -> None:
        try:
            envelope = json.loads(message)
        except ValueError:
            return
        match envelope:
            case {"type": "disconnect"}:
                super().enqueue_message(message)
            case {"type": "hello"}:
                self.connections = envelope.get("num_connections") or 1
                log.info("connected to Slack", connections=self.connections)
            case {"envelope_id": str(), "payload": dict(payload)}:
                self._take(envelope, payload)

    def _take(self, envelope: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
        try:
            taken = self.door.take(payload)
        except Malformed as what:
            # Sent again it would be as odd as now; acknowledged, it does no harm.
            log.warning("odd payload from Slack", field=str(what))
            taken = Answer()
        except (Full, NotReady):
            return
        if isinstance(taken, Future):
            taken.add_done_callback(lambda done: self._acknowledge(envelope, done.result()))
        else:
            self._acknowledge(envelope, taken)

    def _acknowledge(self, envelope: Mapping[str, Any], answer: Answer) -> None:
        """Nothing is sent for a failure, so that Slack delivers it again."""
        if answer.status != 200:
            return
        reply: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if answer.body:
            is_json = answer.content_type.startswith("application/json")
            reply["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
        try:
            self.send_socket_mode_response(reply)
        except Exception as trouble:  # noqa: BLE001 -- the act is committed; Slack repeats, and gets this answer
            log.warning("acknowledgement did not leave", trouble=type(trouble).__name__)
