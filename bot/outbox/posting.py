"""Send what waits in the outbox, each message once.

`sending` is committed before the call leaves. A row found in that state later, after a crash or an unclear
answer, is looked for in the channel's history by the key in its metadata; only if it is not there is it sent
again, and only once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.outbox import uploading
from bot.outbox.looking import CannotLook, look_for
from bot.outbox.troubles import Proof, Trouble, trouble_of
from bot.outbox.verdicts import GiveUp, Look, Verdict, Wait, verdict
from coop.crashpoints import crashpoint
from coop.deps import Deps
from handlers.blocks import elements
from handlers.blocks.message import Message
from handlers.listening import Render
from storage import outbox_claims as claims
from storage.outbox_claims import Claim

log = structlog.get_logger()
EVENT = "countmein_outbox"
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class Undrawable(Exception):
    """The message could not be made out of its facts: a fault of ours, seen by officers and in the log."""


class Nowhere(Exception):
    """It is for the steering channel, and there is none, or none that the bot may see."""


class LostTwice(Exception):
    """Sending it a third time would be guessing."""


@dataclass(frozen=True)
class Outbox:
    """`slack` waits ten seconds and never repeats a call by itself."""

    deps: Deps
    renders: Mapping[str, Render]
    slack: WebClient
    is_stopping: Callable[[], bool] = lambda: False

    def run(self) -> int:
        """Send all that may go now; how many were tried."""
        tried = 0
        while not self.is_stopping() and (claimed := self._claim()) is not None:
            crashpoint("outbox.claimed")
            self._carry(claimed)
            tried += 1
        return tried

    def _claim(self) -> Claim | None:
        now = self.deps.now()
        with self.deps.read() as session:
            if not claims.is_due(session, now):
                return None
        # Not deps.write(): that wakes the jobs, and this one would wake itself for ever.
        with self.deps.database.write() as session:
            return claims.claim(session, now)

    def _carry(self, claimed: Claim) -> None:
        try:
            if claimed.doubted:
                claimed, arrived = self._looked_for(claimed)
                if arrived:
                    return
            if (message := self._drawn(claimed)) is None:
                self._let_go(claimed)
                return
            channel = self._channel(claimed)
            claimed, message = self._with_file(claimed, channel, message)
        except (LostTwice, Nowhere) as reason:
            self._settle(claimed, GiveUp(str(reason)))
        except CannotLook as reason:
            self._settle(claimed, GiveUp(f"it may have arrived, and the bot cannot look: {reason}"))
        except Exception as error:  # noqa: BLE001 -- whatever it was, nothing of the message has left
            self._failed(claimed, error, left=False)
        else:
            self._send(claimed, channel, message)

    def _looked_for(self, claimed: Claim) -> tuple[Claim, bool]:
        """The claim with its doubt resolved, and whether there is nothing left to do."""
        if claimed.replaces and claimed.earlier:
            return replace(claimed, doubted=False), False  # changing a message twice changes it once
        channel = self._channel(claimed)
        ts = look_for(
            self.slack,
            claimed.key,
            channel=channel,
            thread=claimed.earlier[1] if claimed.earlier else None,
            since=claimed.since,
            file_id=claimed.file_id,
        )
        if ts is not None:
            self._arrived(claimed, channel, ts)
            return claimed, True
        if claimed.resent:
            raise LostTwice("it was sent twice and neither is in the channel's history")
        with self.deps.database.write() as session:
            claims.absent(session, claimed, self.deps.now())
        return replace(claimed, doubted=False, resent=True, file_id=None), False

    def _channel(self, claimed: Claim) -> str:
        if claimed.earlier:
            return claimed.earlier[0]
        if claimed.channel:
            return claimed.channel
        if not claimed.to:
            raise Nowhere("there is no steering channel that the bot can see")
        if not claimed.to.startswith(("U", "W")):
            return claimed.to
        return str(self.slack.conversations_open(users=claimed.to)["channel"]["id"])

    def _drawn(self, claimed: Claim) -> Message | None:
        try:
            return self.renders[claimed.kind](claimed.facts, self.deps)
        except Exception as error:  # whatever is wrong with one row, the others are waiting behind it
            log.exception("message could not be drawn", row=claimed.id, kind=claimed.kind)
            raise Undrawable(f"it could not be drawn ({type(error).__name__})") from None

    def _with_file(self, claimed: Claim, channel: str, message: Message) -> tuple[Claim, Message]:
        file = message.file
        if file is None or claimed.file_id:
            return claimed, message
        try:
            file_id = uploading.upload(self.slack, file)
            if file.is_picture:
                uploading.complete(self.slack, file_id, file)
        except SlackApiError as error:
            if (file.is_picture or file.alone) and trouble_of(error).code == "missing_scope":
                log.warning("no permission to upload, so the picture is left out", kind=claimed.kind)
                return claimed, replace(message, file=None)
            raise
        with self.deps.database.write() as session:
            claims.uploaded(session, claimed, channel=channel, file_id=file_id)
        return replace(claimed, channel=channel, file_id=file_id), message

    def _send(self, claimed: Claim, channel: str, message: Message) -> None:
        crashpoint("outbox.ready")
        try:
            answer = self._post(claimed, channel, message)
        except Exception as error:  # noqa: BLE001 -- every failure is judged by what it proves
            self._failed(claimed, error, left=True, channel=channel)
        else:
            crashpoint("outbox.answered")
            self._arrived(claimed, channel, answer.get("ts"))

    def _post(self, claimed: Claim, channel: str, message: Message) -> Any:
        file, file_id = message.file, claimed.file_id
        if file and file_id and not file.is_picture:
            thread = claimed.earlier[1] if claimed.earlier else None
            return uploading.complete(
                self.slack, file_id, file, channel=channel, thread=thread, comment=message.text
            )
        body = message.body()
        if file and file_id:
            picture = {"type": "image", "slack_file": {"id": file_id}, "alt_text": file.says}
            body["blocks"] = [*(message.blocks or [elements.section(message.text)]), picture]
        if claimed.replaces and claimed.earlier:
            return self.slack.chat_update(channel=channel, ts=claimed.earlier[1], **{"blocks": [], **body})
        return self.slack.chat_postMessage(
            channel=channel,
            thread_ts=claimed.earlier[1] if claimed.earlier else None,
            metadata={"event_type": EVENT, "event_payload": {"id": claimed.key}},
            unfurl_links=False,
            unfurl_media=False,
            **body,
        )

    def _arrived(self, claimed: Claim, channel: str, ts: str | None) -> None:
        with self.deps.database.write() as session:
            claims.sent(session, claimed, channel=channel, ts=ts, now=self.deps.now())
        log.info("message sent", row=claimed.id, kind=claimed.kind)

    def _let_go(self, claimed: Claim) -> None:
        with self.deps.database.write() as session:
            claims.let_go(session, claimed)
        log.info("message not needed any more", row=claimed.id, kind=claimed.kind)

    def _failed(self, claimed: Claim, error: Exception, *, left: bool, channel: str = "") -> None:
        trouble = Trouble(Proof.NONE, str(error)) if isinstance(error, Undrawable) else trouble_of(error)
        log.warning("message not sent", row=claimed.id, kind=claimed.kind, trouble=trouble.words)
        if trouble.code in GONE and claimed.replaces and claimed.earlier:
            self._arrived(
                claimed, channel, claimed.earlier[1]
            )  # nobody can see it any more: nothing to change
            return
        self._settle(claimed, verdict(claimed, trouble, self.deps.now(), left=left))

    def _settle(self, claimed: Claim, decided: Verdict) -> None:
        with self.deps.database.write() as session:
            match decided:
                case Wait(until, reason, everybody):
                    if everybody:
                        claims.pause(session, until, reason)
                    if claimed.doubted:
                        claims.unknown(session, claimed, look_at=until, trouble=reason)
                    else:
                        claims.not_sent(
                            session, claimed, again_at=until, trouble=reason, counts=not everybody
                        )
                case Look(at, reason):
                    claims.unknown(session, claimed, look_at=at, trouble=reason)
                case GiveUp(reason):
                    claims.give_up(session, claimed, reason)
