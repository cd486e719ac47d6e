"""What the steering group does, through the handlers and as Slack brings it, perhaps for the second time."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from coop.announcing import networks
from coop.announcing.settling import Question
from coop.deps import Deps
from coop.errors import AlreadyDone
from handlers.announcing import approving, proposing, settling
from handlers.blocks.announcing import buttons, proposal
from handlers.blocks.announcing import form as window
from handlers.requests import Caller, Press, Submission
from storage.announcements import Announcement
from storage.deliveries import Delivery
from tests.coop.people import TEAM

WRITER, APPROVER = Caller(TEAM, "U000000ASHA"), Caller(TEAM, "U000000BRYN")


def propose(deps: Deps, text: str) -> None:
    entered = {window.TEXT: text, window.WHERE: [networks.X], window.WHEN: window.ASAP}
    sent = _submission(WRITER, window.FORM, window.Window(f"window of {text}").packed(), entered)
    _once(proposing.propose, sent, deps)


def approve(deps: Deps, announcement_id: int) -> None:
    with deps.read() as session:
        shown = session.get_one(Announcement, announcement_id).content_hash
    packed = json.dumps({"announcement": announcement_id, "hash": shown})
    sent = _submission(APPROVER, proposal.APPROVE_FORM, packed, {})
    _once(approving.approve, sent, deps)


def send_again(deps: Deps, announcement_id: int) -> None:
    """Somebody has looked for it and not found it."""
    with deps.read() as session:
        asked = session.scalars(select(Delivery).filter_by(announcement_id=announcement_id)).one()
        question = str(Question(asked.id, asked.attempt_no))
    press = Press(
        key=f"again {question}",
        caller=APPROVER,
        action_id=buttons.SEND_AGAIN,
        value=question,
        trigger_id="",
        place="message",
    )
    _once(settling.answer, press, deps)


def _submission(caller: Caller, form: str, metadata: str, values: Mapping[str, Any]) -> Submission:
    return Submission(
        key=f"{form} {metadata}",
        caller=caller,
        callback_id=form,
        values=values,
        private_metadata=metadata,
        view_id="V1",
    )


def _once(handler: Callable[[Any, Deps], Any], request: Press | Submission, deps: Deps) -> None:
    try:
        handler(request, deps)
    except AlreadyDone:
        return
