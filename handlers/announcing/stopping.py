"""Stop one, withdraw one, stop everything, let everything go again."""

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import stopping
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import buttons
from handlers.blocks.announcing import stops as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission
from storage.offices import Role


def stop_one(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key, act="stop") as session:
        stopped = stopping.stop_one(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.stopped_one(stopped))


def withdraw(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key, act="withdraw") as session:
        one = stopping.withdraw(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.withdrawn(one, Scene.of(deps)))


def ask_stop_all(command: SlashCommand, deps: Deps) -> OpenView:
    with deps.read() as session:
        _require_steering(session, command, deps)
        stopping.refuse_to_stop(session)
    return OpenView(blocks.stop_form())


def ask_resume_all(command: SlashCommand, deps: Deps) -> OpenView:
    with deps.read() as session:
        _require_steering(session, command, deps)
        stopping.open_stop(session)
    return OpenView(blocks.resume_form())


def stop_all(submission: Submission, deps: Deps) -> Reply:
    with deps.write(once=submission.key, act="stop-all") as session:
        by = person_of(session, submission.caller)
        stopping.stop_all(session, by=by, now=deps.now(), settings=deps.settings)
    return Reply(blocks.stopped_all())


def resume_all(submission: Submission, deps: Deps) -> Reply:
    with deps.write(once=submission.key, act="resume-all") as session:
        by = person_of(session, submission.caller)
        resumed = stopping.resume_all(session, by=by, now=deps.now(), settings=deps.settings)
    return Reply(blocks.resumed_all(resumed, Scene.of(deps)))


def _require_steering(session: Session, command: SlashCommand, deps: Deps) -> None:
    by = person_of(session, command.caller)
    offices.require(session, by=by, role=Role.STEERING, today=deps.today())


def register(listen: Listen) -> None:
    listen.command(
        "/announce stop-all",
        ask_stop_all,
        help="hold everything, at once (steering group)",
        also=(
            "halt",
            "freeze",
            "hold",
            "emergency",
        ),
        officers=True,
    )
    listen.command(
        "/announce resume-all",
        ask_resume_all,
        help="let announcements go again; you are asked about what came due meanwhile (steering group)",
        also=(
            "restart",
            "continue",
            "unpause",
        ),
        officers=True,
    )
    # What people in a hurry type; without these it would open a window to announce “stop”.
    listen.command("/announce stop", ask_stop_all)
    listen.command("/announce resume", ask_resume_all)
    listen.press(buttons.STOP, stop_one)
    listen.press(buttons.WITHDRAW, withdraw)
    listen.submission(blocks.STOP_FORM, stop_all)
    listen.submission(blocks.RESUME_FORM, resume_all)
