"""Send one announcement all the same: a window that names what keeps it back, for anybody but its writer."""

import json

from coop.announcing.limits import overriding
from coop.announcing.moment import Moment
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import buttons
from handlers.blocks.announcing import overriding as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.listening import Listen
from handlers.requests import Press, Submission


def ask(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        barred = overriding.to_override(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            publishers=deps.publishers,
            moment=Moment(deps.now(), deps.settings),
        )
    return OpenView(blocks.form(barred, Scene.of(deps)))


def override(submission: Submission, deps: Deps) -> Reply:
    shown = json.loads(submission.private_metadata)
    with deps.write(once=submission.key) as session:
        one = overriding.override(
            session,
            announcement_id=shown["announcement"],
            content_hash=shown["hash"],
            against=shown["against"],
            by=person_of(session, submission.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.done(one, Scene.of(deps)))


def register(listen: Listen) -> None:
    listen.press(buttons.SEND_ALL_THE_SAME, ask)
    listen.submission(blocks.FORM, override)
