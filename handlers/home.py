"""The Home tab, drawn afresh each time it is opened or one of its buttons is pressed."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from coop import details, members_list, offices, welcoming
from coop.announcing import listing
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.announcing.series import waiting as series_waiting
from coop.announcing.series.seeing import SeriesSeen
from coop.deps import Deps
from handlers import newcomers, standing
from handlers.accounts import person_of
from handlers.answers import Answer, ShowHome, View
from handlers.blocks import contacts
from handlers.blocks import home as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.home import Home
from handlers.blocks.home_officers import ForOfficers
from handlers.listening import Listen
from handlers.requests import Caller, Happening
from storage import people
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
            contacts.pairs(offices.contacts(session, deps.today())) if caller.at_home else (),
            _for_officers(session, caller, deps),
            welcoming.wants_no_messages(session, caller.team_id, caller.user_id),
        )
    hindrance = newcomers.hindrance(caller, home.standing, deps)
    return blocks.view(replace(home, hindrance=hindrance), deps.settings)


def _for_officers(session: Session, caller: Caller, deps: Deps) -> ForOfficers | None:
    roles = offices.roles_of_account(session, caller.team_id, caller.user_id, deps.today())
    if not roles:
        return None
    may_decide = Role.STEERING in roles
    waiting = members_list.waiting(session, APPLICATIONS_SHOWN) if may_decide else []
    needing = _announcements(session, caller, deps) if may_decide else None
    series = _series(session, caller, deps) if may_decide else []
    return ForOfficers(members_list.counts(session), waiting, needing, Scene.of(deps), series)


def _announcements(session: Session, caller: Caller, deps: Deps) -> list[Seen]:
    person = person_of(session, caller)
    reader = people.mentionable(session, person) if person is not None else ""
    return listing.needing(listing.listing(session, Moment(deps.now(), deps.settings)), reader)


def _series(session: Session, caller: Caller, deps: Deps) -> list[SeriesSeen]:
    moment, person = Moment(deps.now(), deps.settings), person_of(session, caller)
    theirs = series_waiting.for_person(session, person, moment) if person is not None else []
    return series_waiting.seen(session, theirs, moment)


def register(listen: Listen) -> None:
    listen.happening("app_home_opened", show)
