"""One run of a series: skip its day, take that back, or change it by itself."""

from collections.abc import Callable

from coop.announcing import proposing, seeing
from coop.announcing.series import changing, skipping
from coop.announcing.series.recurrence import Run
from coop.announcing.series.seeing import SeriesSeen
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.announcing import form
from handlers.announcing import proposing as windows
from handlers.announcing.series import found
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import series as drawn
from handlers.blocks.announcing import series_notes
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press


def skip(press: Press, deps: Deps) -> Reply:
    return _decide(press, deps, skipping.skip, series_notes.skipped)


def take_back(press: Press, deps: Deps) -> Reply:
    return _decide(press, deps, skipping.take_back, series_notes.taken_back)


def _decide(
    press: Press, deps: Deps, act: Callable[..., Run], said: Callable[[Run, SeriesSeen], Message]
) -> Reply:
    number, day = drawn.button_value(press.value)
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        run = act(session, series_id=number, day=day, by=by, now=deps.now(), settings=deps.settings)
        one = found(session, number, deps)
    return Reply(said(run, one))


def change_one(press: Press, deps: Deps) -> OpenView:
    """The window of that day's announcement, which is made for it where it was not there yet."""
    number, day = drawn.button_value(press.value)
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        made = changing.make_early(
            session, series_id=number, day=day, by=by, now=deps.now(), settings=deps.settings
        )
        agreed = seeing.agreed(session, proposing.editable(session, made, by or 0))
    window = Window(windows.fresh().token, made)
    return OpenView(blocks.form(window, form.as_entered(agreed), Scene.of(deps)))


def register(listen: Listen) -> None:
    listen.press(drawn.SKIP, skip)
    listen.press(drawn.TAKE_BACK, take_back)
    listen.press(drawn.CHANGE_ONE, change_one)
