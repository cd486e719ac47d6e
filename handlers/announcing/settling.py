"""What a person says about a delivery: it did go out, send it again, it is posted, try again, send it now."""

from collections.abc import Callable

from coop.announcing.seeing import Seen
from coop.announcing.sending import settling
from coop.announcing.sending.settling import Question
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.answers import Reply
from handlers.blocks.announcing import answers, buttons
from handlers.listening import Listen
from handlers.requests import Press
from storage.announcements import AnnouncementState

# What the presser reads; where it stands now is added to it.
ANSWERED: dict[str, tuple[Callable[..., Seen], str]] = {
    buttons.WENT_OUT: (settling.went_out, "Thank you: I have written down that you saw it."),
    buttons.SEND_AGAIN: (settling.send_again, "I look once more; if it is not there, I send it again."),
    buttons.TRY_AGAIN: (settling.try_again, "I try again now."),
    buttons.POSTED: (settling.posted_by_hand, "Thank you: I have written down that it is posted."),
}


def answer(press: Press, deps: Deps) -> Reply:
    act, said = ANSWERED[press.action_id]
    question = Question.read(press.value)
    with deps.write(once=press.key, act="settle") as session:
        by = person_of(session, press.caller)
        one = act(session, question=question, by=by, now=deps.now(), settings=deps.settings)
    if press.action_id == buttons.SEND_AGAIN and one.state == AnnouncementState.WITHDRAWN:
        said = "I look once more; it was withdrawn, so I do not send it again."
    return Reply(answers.answered(said, one))


def send_now(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key, act="send-now") as session:
        one = settling.send_now(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(answers.answered("It goes out now.", one))


def register(listen: Listen) -> None:
    for action_id in ANSWERED:
        listen.press(action_id, answer)
    listen.press(buttons.SEND_NOW, send_now)
