"""Networks that turn our account away: what is told of them, and another try. Also what an outage held."""

from typing import Any

from coop.announcing import seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import troubles, trying_again
from coop.announcing.sending.troubles import TroubleSeen
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.answers import Reply
from handlers.blocks.announcing import held_back
from handlers.blocks.announcing import troubles as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press
from storage import network_troubles
from storage.deliveries import DeliveryState, Hold

Facts = dict[str, Any]


def try_again(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        result = trying_again.try_again(
            session,
            trouble_id=int(press.value),
            by=person_of(session, press.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.tried(result))


def draw_notice(facts: Facts, deps: Deps) -> Message:
    return blocks.notice(_seen(facts, deps), Scene.of(deps))


def draw_held_back(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        moment = Moment(deps.now(), deps.settings)
        ones = [seeing.seen(session, each, moment) for each in facts["announcements"]]
    theirs = [one for one in ones if _is_held(one)]
    return held_back.message(theirs, Scene.of(deps), reader=facts["to"])


def _is_held(one: seeing.Seen) -> bool:
    return any(to.state == DeliveryState.HELD and to.hold != Hold.BY_HAND for to in one.deliveries)


def _seen(facts: Facts, deps: Deps) -> TroubleSeen:
    with deps.read() as session:
        return troubles.seen(session, network_troubles.named(session, facts["trouble"]))


def register(listen: Listen) -> None:
    listen.press(blocks.TRY_NETWORK, try_again)
    listen.outgoing(telling.NETWORK_TROUBLE, draw_notice)
    listen.outgoing(telling.NETWORK_TRYING, lambda facts, deps: blocks.trying(_seen(facts, deps), facts))
    listen.outgoing(telling.NETWORK_STILL, lambda facts, deps: blocks.still(_seen(facts, deps), facts))
    listen.outgoing(telling.NETWORK_OVER, lambda facts, deps: blocks.over(_seen(facts, deps), facts))
    listen.outgoing(telling.HELD_BACK, draw_held_back)
