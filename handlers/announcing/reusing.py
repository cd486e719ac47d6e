"""Begin with words that are there already: another announcement's, or those of a message."""

from typing import Any

from coop import offices
from coop.announcing import drafting, pictures, seeing
from coop.announcing.content import Agreed
from coop.announcing.moment import Moment
from coop.deps import Deps
from coop.errors import UserError
from handlers.accounts import person_of
from handlers.announcing import form, proposing
from handlers.announcing import pictures as windows_pictures
from handlers.answers import OpenView
from handlers.blocks.announcing import answers, buttons, writing
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.pictures import PICTURES
from handlers.listening import Listen, ShortcutLine
from handlers.requests import Press, Shortcut
from storage.offices import Role

FROM_MESSAGE = "announcing.from_message"


def write_again(press: Press, deps: Deps) -> OpenView:
    """A new announcement that says the same in the same places, whoever wrote the first; without its time."""
    with deps.read() as session:
        by = person_of(session, press.caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        one = seeing.seen(session, int(press.value), Moment(deps.now(), deps.settings))
        images = pictures.of(session, one.id)
    proposing.require_steering_channel(deps)
    same = Agreed(
        one.text, one.targets, images=images, variants=one.variants, note=one.note, thread=one.thread
    )
    return _opened(form.as_entered(same), answers.same_words(one), deps)


def announce_message(shortcut: Shortcut, deps: Deps) -> OpenView:
    """A new announcement with the words of a message, as they would leave, and its pictures."""
    with deps.read() as session:
        by = person_of(session, shortcut.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
    proposing.require_steering_channel(deps)
    if not shortcut.text.strip():
        raise UserError("There are no words in that message that could be announced, so nothing changed.")
    entered = form.only_words(shortcut.text, deps)
    taken, left = windows_pictures.of_message(shortcut.files if deps.fetch is not None else ())
    entered[PICTURES] = [one.kept() for one in taken]
    notes = [
        answers.cut_short(len(entered[writing.TEXT]), writing.LONGEST),
        answers.pictures_taken(len(taken), left),
    ]
    window = proposing.fresh()
    if taken:  # the window names them by Slack's id alone: what else is known of them stands in its draft
        with deps.write(once=shortcut.key) as session:
            drafting.keep(session, window=window.token, entered=entered, by=by, now=deps.now())
    note = " ".join(filter(None, notes))
    return OpenView(blocks.form(window, entered, Scene.of(deps), note=note))


def _opened(entered: dict[str, Any], note: str, deps: Deps) -> OpenView:
    return OpenView(blocks.form(proposing.fresh(), entered, Scene.of(deps), note=note))


def register(listen: Listen) -> None:
    listen.press(buttons.WRITE_AGAIN, write_again)
    listen.shortcut(
        FROM_MESSAGE,
        announce_message,
        line=ShortcutLine("Announce this", "Write an announcement with the words of this message."),
    )
