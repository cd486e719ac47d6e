"""An announcement as those see it who are about to agree to it: with what is foreseen."""

from sqlalchemy.orm import Session

from coop.announcing import seeing
from coop.announcing.limits import foreseeing
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.deps import Deps


def seen(session: Session, announcement_id: int, deps: Deps) -> Seen:
    moment = Moment(deps.now(), deps.settings)
    one = seeing.seen(session, announcement_id, moment)
    return foreseeing.warned(session, one, publishers=deps.publishers, moment=moment)
