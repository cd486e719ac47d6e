"""Series of which all runs wait for one approval, and whose approval that can be."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import runs, seeing
from coop.announcing.series.seeing import SeriesSeen
from storage import series as record
from storage.series import Series, SeriesState


def for_person(session: Session, person_id: int, moment: Moment) -> list[int]:
    """Those that this person could approve and has not, by what comes next."""
    return [
        row.id
        for row in record.going(session)
        if waits(session, row, moment)
        and person_id not in (row.owner_id, *runs.approvers(session, row, moment))
    ]


def seen(session: Session, ids: Sequence[int], moment: Moment) -> list[SeriesSeen]:
    """Those of a digest that still wait when it is drawn."""
    found = [record.series(session, each) for each in ids]
    return [seeing.seen(session, row, moment) for row in found if row and waits(session, row, moment)]


def of_run(session: Session, announcement_id: int, moment: Moment) -> SeriesSeen | None:
    """The series that an announcement is a run of, where all of that waits for its approval."""
    run = record.run_of(session, announcement_id)
    return next(iter(seen(session, [run.series_id], moment)), None) if run else None


def waits(session: Session, row: Series, moment: Moment) -> bool:
    return (
        row.fixed
        and row.state == SeriesState.GOING
        and not runs.is_approved(session, row, moment)
        and bool(series_plan.ahead(row, moment.now))
    )
