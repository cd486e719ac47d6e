"""The Home tab, drawn afresh each time it is opened or one of its buttons is pressed."""

from typing import Any

from sqlalchemy.orm import Session

from coop import details, members_list, offices, welcoming
from coop.deps import Deps
from handlers import standing
from handlers.answers import Answer, ShowHome, View
from handlers.blocks import contacts
from handlers.blocks import home as blocks
from handlers.blocks.home import ForOfficers, Home
from handlers.listening import Listen
from handlers.requests import Caller, Happening
from storage.offices import Role

APPLICATIONS_SHOWN = 10


def show(happening: Happening, deps: Deps) -> Answer:
    if happening.event.get("tab") != "home":
        return None
    return ShowHome(draw(happening, deps))


def draw(request: Any, deps: Deps) -> View:
    """The Home tab of whoever sent the request."""
    caller: Caller = request.caller
    with deps.read() as session:
        home = Home(
            standing.of_caller(session, caller, deps),
            details.of_account(session, caller.team_id, caller.user_id),
            contacts.pairs(offices.contacts(session, deps.today())),
            _for_officers(session, caller, deps),
            welcoming.wants_no_messages(session, caller.team_id, caller.user_id),
        )
    return blocks.view(home, deps.settings)


def _for_officers(session: Session, caller: Caller, deps: Deps) -> ForOfficers | None:
    roles = offices.roles_of_account(session, caller.team_id, caller.user_id, deps.today())
    if not roles:
        return None
    may_decide = Role.STEERING in roles
    waiting = members_list.waiting(session, APPLICATIONS_SHOWN) if may_decide else []
    return ForOfficers(members_list.counts(session), waiting)


def register(listen: Listen) -> None:
    listen.happening("app_home_opened", show)
