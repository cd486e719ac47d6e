"""Begin with words that are there already: another announcement's, or those of a message."""

from typing import Any

from coop import offices
from coop.announcing import pictures, seeing
from coop.announcing.content import Agreed
from coop.announcing.moment import Moment
from coop.deps import Deps
from coop.errors import UserError
from handlers.accounts import person_of
from handlers.announcing import form, proposing
from handlers.answers import OpenView
from handlers.blocks.announcing import answers, buttons, writing
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing.announcement import Scene
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
    same = Agreed(one.text, one.targets, images=images, variants=one.variants, note=one.note)
    return _opened(form.as_entered(same), answers.same_words(one), deps)


def announce_message(shortcut: Shortcut, deps: Deps) -> OpenView:
    """A new announcement with the words of a message, as they would leave."""
    with deps.read() as session:
        by = person_of(session, shortcut.caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
    proposing.require_steering_channel(deps)
    if not shortcut.text.strip():
        raise UserError("There are no words in that message that could be announced, so nothing changed.")
    entered = form.only_words(shortcut.text, deps)
    return _opened(entered, answers.cut_short(len(entered[writing.TEXT]), writing.LONGEST), deps)


def _opened(entered: dict[str, Any], note: str, deps: Deps) -> OpenView:
    return OpenView(blocks.form(proposing.fresh(), entered, Scene.of(deps), note=note))


def register(listen: Listen) -> None:
    listen.press(buttons.WRITE_AGAIN, write_again)
    listen.shortcut(
        FROM_MESSAGE,
        announce_message,
        line=ShortcutLine("Announce this", "Write an announcement with the words of this message."),
    )
