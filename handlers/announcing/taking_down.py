"""Take down what went out: the window, the wish, and what a person says who has deleted it by hand."""

import json
from collections.abc import Callable

from coop.announcing import taking_down
from coop.announcing.acts import still_up
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.announcing.sending.settling import Question
from coop.announcing.taking_down import AskedAlready
from coop.crashpoints import crashpoint
from coop.deps import Deps
from coop.errors import FieldError
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import buttons
from handlers.blocks.announcing import taking_down as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, Submission

# What a person says of one delivery, and what they read.
SAID: dict[str, tuple[Callable[..., Seen], Callable[[Seen], Message]]] = {
    buttons.DELETED: (taking_down.deleted_by_hand, blocks.deleted),
    buttons.TAKE_DOWN_AGAIN: (taking_down.try_again, blocks.tried_again),
}


def open_window(press: Press, deps: Deps) -> OpenView | Reply:
    with deps.read() as session:
        one = taking_down.offered(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            moment=Moment(deps.now(), deps.settings),
        )
    scene = Scene.of(deps)
    return OpenView(blocks.form(one, scene)) if still_up(one) else Reply(blocks.asked_already(one, scene))


def take_down(submission: Submission, deps: Deps) -> Reply:
    """Only the wish: a worker deletes, when this is in the record."""
    reason = str(submission.values.get(blocks.REASON) or "").strip()
    if not reason:
        raise FieldError(blocks.REASON, "Please say why: it stays in the record. Nothing is deleted yet.")
    chosen = submission.values.get(blocks.WHERE)
    try:
        with deps.write(once=submission.key) as session:
            one = taking_down.ask(
                session,
                announcement_id=json.loads(submission.private_metadata)["announcement"],
                where=None if chosen is None else {int(each) for each in chosen},
                reason=reason[: blocks.LONGEST_REASON],
                by=person_of(session, submission.caller),
                now=deps.now(),
                settings=deps.settings,
            )
    except AskedAlready as already:
        return Reply(blocks.asked_already(already.one, Scene.of(deps)))
    crashpoint("takedown.committed")
    return Reply(blocks.asked(one, Scene.of(deps)))


def say(press: Press, deps: Deps) -> Reply:
    act, told = SAID[press.action_id]
    delivery_id = Question.read(press.value).delivery_id
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        one = act(session, delivery_id=delivery_id, by=by, now=deps.now(), settings=deps.settings)
    return Reply(told(one))


def register(listen: Listen) -> None:
    listen.press(buttons.TAKE_DOWN, open_window)
    listen.submission(blocks.FORM, take_down)
    for action_id in SAID:
        listen.press(action_id, say)
