"""Carry a handler's answer to Slack, by the rules of each kind of payload."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatchmethod
from http.client import HTTPException
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from coop.deps import Deps
from coop.errors import AlreadyDone, FieldError, UserError
from handlers.answers import Answer, OpenView, Reply, ShowHome, UpdateView, View
from handlers.blocks import elements
from handlers.blocks.message import Message
from handlers.requests import FROM_HOME, Happening, Press, Said, Shortcut, SlashCommand, Submission
from storage.database import Busy

log = structlog.get_logger()
Respond = Callable[[str, dict[str, Any]], None]
Request = SlashCommand | Press | Shortcut | Submission | Said | Happening

# Answers to events, which Slack delivers again when they fail; commands and presses come only once.
REPEATED = {"chat.postMessage", "chat.postEphemeral"}
# Slack's codes for what is no fault of the answer; "" where what came back was none of Slack's.
PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", ""}
NOT_OPENED = "Slack did not open the window in time, so nothing changed. Please type the command again."
BUSY = "I'm very busy just now, so nothing changed. Please try again in a minute."


@dataclass
class Turn:
    """Handed through by the door: a refused act may be tried again under the same key."""

    refused: bool = False


@dataclass(frozen=True)
class Answering:
    """`respond` posts to a response_url; `draw_home` draws the App Home of the person who acted."""

    deps: Deps
    home_team: str
    respond: Respond
    draw_home: Callable[[Request, Deps], View | None]

    def handled(self, request: Request, ack: Any, turn: Turn, handle: Callable[[], Answer]) -> None:
        """Run a handler, answer for it, acknowledge last. A failed event is raised: Slack sends it again."""
        try:
            answer = handle()
        except AlreadyDone:
            ack()
            return
        except FieldError as refused:
            turn.refused = True
            ack(response_action="errors", errors={refused.block_id: refused.text})
            return
        except UserError as refused:
            # People try commands and presses again; the same event again is only Slack not knowing it came.
            turn.refused = not isinstance(request, Said | Happening)
            answer = Reply(Message(elements.plain_but_code(refused.text)))
        except Busy:
            if isinstance(request, Said | Happening):
                raise
            turn.refused = True
            if self._kept_open(request, ack, BUSY):
                return
            answer = Reply(Message(BUSY))
        except Exception:  # a handler can break in any way, and a person is waiting for its answer
            if isinstance(request, Said | Happening):
                raise
            turn.refused = True
            reference = secrets.token_hex(4)
            log.exception("handler failed", reference=reference, kind=type(request).__name__)
            if self._kept_open(request, ack, went_wrong(reference)):
                return
            answer = Reply(Message(went_wrong(reference)))
        self.carry(request, ack, answer)

    def _kept_open(self, request: Request, ack: Any, text: str) -> bool:
        """A form that could not be taken stays open, with all that was typed into it."""
        if not isinstance(request, Submission) or not request.values:
            return False
        ack(response_action="errors", errors={next(iter(request.values)): text})
        return True

    @singledispatchmethod
    def carry(self, request: Any, ack: Any, answer: Answer) -> None:  # noqa: ARG002 -- one signature for all kinds
        raise TypeError(f"no way to answer {type(request).__name__}")

    @carry.register
    def _(self, request: SlashCommand, ack: Any, answer: Answer) -> None:
        match answer:
            case Reply(message=message):
                ack(response_type="ephemeral", **message.body())
            case OpenView(view=view):
                if self._reached(
                    "views.open", self.deps.slack.views_open, trigger_id=request.trigger_id, view=view
                ):
                    ack()
                else:
                    ack(response_type="ephemeral", text=NOT_OPENED)
            case _:
                ack()

    @carry.register
    def _(self, request: Press, ack: Any, answer: Answer) -> None:
        match answer:
            case OpenView(view=view):
                self._open(request, view)
            case UpdateView(view=view):
                self._update(request, view)
            case Reply(message=message, replace=replace) if request.response_url:
                body = {**message.body(), "replace_original": replace, "response_type": "ephemeral"}
                self.respond(request.response_url, body)
            case Reply(message=message):
                self._open(request, _closing(message))
        if request.place == "home" or (request.from_home and answer is not None):
            self._renew_home(request)
        ack()

    @carry.register
    def _(self, request: Shortcut, ack: Any, answer: Answer) -> None:
        match answer:
            case OpenView(view=view):
                self._reached(
                    "views.open", self.deps.slack.views_open, trigger_id=request.trigger_id, view=view
                )
            case Reply(message=message):
                body = {**message.body(), "replace_original": False, "response_type": "ephemeral"}
                self.respond(request.response_url, body)
        ack()

    @carry.register
    def _(self, request: Submission, ack: Any, answer: Answer) -> None:
        match answer:
            case UpdateView(view=view):
                ack(response_action="update", view=_remembering(request, view))
            case OpenView(view=view):
                ack(response_action="push", view=_remembering(request, view))
            case Reply(message=message):
                ack(response_action="update", view=_closing(message))
            case _:
                ack()
        if request.from_home:
            self._renew_home(request)

    @carry.register
    def _(self, request: Said, ack: Any, answer: Answer) -> None:
        if isinstance(answer, Reply):
            body = answer.message.body()
            if request.thread_ts:
                body["thread_ts"] = request.thread_ts
            slack, channel = self.deps.slack, request.channel_id
            if request.channel_type == "im":
                self._reached("chat.postMessage", slack.chat_postMessage, channel=channel, **body)
            else:
                user = request.caller.user_id
                self._reached(
                    "chat.postEphemeral", slack.chat_postEphemeral, channel=channel, user=user, **body
                )
        ack()

    @carry.register
    def _(self, request: Happening, ack: Any, answer: Answer) -> None:
        if isinstance(answer, ShowHome):
            user = request.caller.user_id
            self._reached("views.publish", self.deps.slack.views_publish, user_id=user, view=answer.view)
        ack()

    def _renew_home(self, request: Press | Submission) -> None:
        if (home := self.draw_home(request, self.deps)) is not None:
            user = request.caller.user_id
            self._reached("views.publish", self.deps.slack.views_publish, user_id=user, view=home)

    def _open(self, request: Press, view: View) -> None:
        if request.place == "modal":
            self._update(request, view)
        else:
            view = _remembering(request, view)
            self._reached("views.open", self.deps.slack.views_open, trigger_id=request.trigger_id, view=view)

    def _update(self, request: Press, view: View) -> None:
        view = _remembering(request, view)
        self._reached("views.update", self.deps.slack.views_update, view_id=request.view_id, view=view)

    def _reached(self, method: str, call: Callable[..., Any], **arguments: Any) -> bool:
        """False when Slack refuses, or cannot be reached while a person waits; for an event, what may pass
        is raised, so that Slack delivers it again.
        """
        try:
            call(**arguments)
        except SlackApiError as refused:
            code = _code(refused)
            if method in REPEATED and code in PASSING:
                raise
            log.warning("Slack refused an answer", method=method, error=code)
            return False
        except (OSError, HTTPException) as trouble:
            if method in REPEATED:
                raise
            log.warning("an answer did not reach Slack", method=method, trouble=type(trouble).__name__)
            return False
        return True


def went_wrong(reference: str) -> str:
    return (
        f"Something went wrong on my side and I could not finish. Please try again; if it happens twice, "
        f"tell an officer this reference: {reference}."
    )


def _code(refused: SlackApiError) -> str:
    """Slack's word for it. A page of HTML, which slack_sdk puts in its place, may say anything."""
    code = str(refused.response.get("error"))
    return code if re.fullmatch("[a-z_]{1,80}", code) else ""


def _remembering(request: Press | Submission, view: View) -> View:
    """What is done in a window that was opened in the Home tab has the Home tab drawn again."""
    return {**view, "external_id": f"{FROM_HOME}{request.key}"} if request.from_home else view


def _closing(message: Message) -> View:
    blocks = list(message.blocks) or [elements.section(message.text)]
    return elements.modal("Count Me In", blocks)
