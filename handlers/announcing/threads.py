"""The link of a post that only a person has seen, so that the next part of its thread can answer it."""

import json

from coop.announcing import threads
from coop.announcing.moment import Moment
from coop.announcing.sending.settling import Question
from coop.announcing.threads import NotThatPost
from coop.deps import Deps
from coop.errors import FieldError
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import answers, buttons
from handlers.blocks.announcing import threads as blocks
from handlers.listening import Listen
from handlers.requests import Press, Submission


def ask(press: Press, deps: Deps) -> OpenView:
    question = Question.read(press.value)
    with deps.read() as session:
        by = person_of(session, press.caller)
        one, part = threads.asked(session, question=question, by=by, moment=Moment(deps.now(), deps.settings))
    return OpenView(blocks.link_form(one, part, question))


def give_link(submission: Submission, deps: Deps) -> Reply:
    question = Question.read(json.loads(submission.private_metadata)["question"])
    try:
        with deps.write(once=submission.key, act="settle") as session:
            one = threads.give_link(
                session,
                question=question,
                link=str(submission.values.get(blocks.LINK) or ""),
                by=person_of(session, submission.caller),
                now=deps.now(),
                settings=deps.settings,
            )
    except NotThatPost as refused:
        raise FieldError(blocks.LINK, refused.text) from refused
    return Reply(answers.answered("Thank you: the next part answers that post.", one))


def register(listen: Listen) -> None:
    listen.press(buttons.GIVE_LINK, ask)
    listen.submission(blocks.LINK_FORM, give_link)
