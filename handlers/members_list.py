"""What officers see of everybody; where every button is reached again when its message is gone."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import members_list
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply, UpdateView, View
from handlers.blocks import members_list as blocks
from handlers.listening import Listen
from handlers.requests import Caller, Press, SlashCommand
from storage.rolls import Roll


def show(command: SlashCommand, deps: Deps) -> OpenView:
    return OpenView(page(command.caller, deps, Roll.MEMBERS, 0))


def open_list(press: Press, deps: Deps) -> OpenView:
    return OpenView(page(press.caller, deps, *blocks.place_of(press.value)))


def turn(press: Press, deps: Deps) -> UpdateView:
    return UpdateView(page(press.caller, deps, *blocks.place_of(press.value)))


def page(caller: Caller, deps: Deps, roll: Roll, number: int, notice: str = "") -> View:
    """One page as a window. Raises NotAllowed for anybody but an officer."""
    with deps.read() as session:
        by = person_of(session, caller)
        found = members_list.page(session, roll=roll, number=number, by=by, today=deps.today())
    return blocks.view(found, notice=notice)


def send_csv(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        members_list.send_csv(
            session,
            by=person_of(session, press.caller),
            to=press.caller.user_id,
            today=deps.today(),
            now=deps.now(),
        )
    return Reply(blocks.csv_coming())


def show_payments(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = person_of(session, press.caller)
        paid = members_list.payments(session, by=by, today=deps.today())
    return OpenView(blocks.payments(paid))


def tell_of_yesterday(session: Session, deps: Deps, now: datetime) -> None:
    """The daily line in the steering channel; silent when nobody joined or left."""
    yesterday = deps.today() - timedelta(days=1)
    members_list.tell_of(session, day=yesterday, to=deps.settings.steering_channel, now=now)


def register(listen: Listen) -> None:
    listen.command(
        "/member list",
        show,
        help="who waits, who owes a fee, who is a member, who left (officers)",
        also=(
            "members",
            "waiting",
            "applications",
        ),
        officers=True,
    )
    for roll in Roll:
        listen.press(f"{blocks.TURN}.{roll}", turn)
    for way in ("earlier", "later"):
        listen.press(f"{blocks.TURN}.{way}", turn)
    listen.press(blocks.OPEN, open_list)
    listen.press(blocks.CSV, send_csv)
    listen.press(blocks.PAYMENTS, show_payments)
    listen.outgoing("joined_and_left", lambda facts, deps: blocks.joined_and_left(facts, deps.settings))
