"""Every message and window about series, for the tests that draw everything."""

from datetime import date
from itertools import product

from coop.announcing.series.proposing import Planned
from coop.announcing.series.recurrence import Rule, Run
from coop.announcing.series.seeing import Day, RunSeen, SeriesSeen
from handlers.blocks.announcing import notices as told
from handlers.blocks.announcing import series, series_form, series_notes
from tests.announcing import LONDON, utc, wall
from tests.handlers.blocks.walking import HOSTILE

NIGHTLY = Rule("DTSTART:20270328T013000\nRRULE:FREQ=DAILY;COUNT=250", LONDON)
EVERY_DAY_NAMED = Rule("DTSTART:20270330T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;COUNT=260", LONDON)
MONTHLY = Rule("DTSTART:20270405T123000\nRRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20280630T235959", LONDON)
FACTS = {"day": "2027-04-05", "days": ["2027-04-05"] * 7, "voided": ["U0BRYN"]}


def a_series(words, person, *, fixed=True, ended=False, left=240, approved=()):
    runs = tuple(RunSeen(date(2027, 3, 30), utc(30, 8), standing) for standing in Day)
    return SeriesSeen(
        id=3,
        words=words,
        rule=EVERY_DAY_NAMED,
        fixed=fixed,
        content_hash="0" * 64,
        ended=ended,
        owner=person,
        approved_by=approved,
        approvals_needed=2,
        first=utc(30, 8),
        last=utc(30, 8, month=12),
        total=260,
        left=left,
        runs=runs,
    )


def each_series(words, person):
    for fixed, ended, left, approved in product((True, False), (True, False), (240, 0), ((), (person,) * 2)):
        yield a_series(words, person, fixed=fixed, ended=ended, left=left, approved=approved)


def messages(words, person, scene):
    facts = FACTS | {"by": person, "voided": [person]}
    for one in each_series(words, person):
        yield series.proposal(one, scene)
        yield series_notes.to_approve(one, scene, reader="U0BRYN")
        for kind in series_notes.NOTES:
            yield series_notes.note(kind, one, facts)
    one, result = a_series(words, person), Planned(3, ahead=7, approvers=0, kept=2)
    yield from (series_notes.planned(result, one, changes=changes) for changes in (True, False))
    yield series_notes.approved(result, one)
    yield series_notes.skipped(Run(date(2027, 3, 30), wall()), one)
    yield series_notes.taken_back(Run(date(2027, 3, 30), wall()), one)
    yield series_notes.ended(result, one)
    for found, after in (([one] * 12, 0), ([one] * 12, 10), ([], 0), ([one], 5)):
        yield series.listing(found, scene, after=after)


def notices(words, person, scene):
    """What waits for an approval of all its runs."""
    one = a_series(words, person)
    yield told.digest([words] * 12, scene, series=[one] * 12)
    yield told.with_whole_series(told.digest([words], scene), one, reader="U0BRYN")


def views(words, person, scene):
    for one in each_series(words, person):
        yield series.detail(one, scene, reader="U0ASHA")
        yield series.approve_form(one, scene)
    for rules, on_x in product(([NIGHTLY], [NIGHTLY, EVERY_DAY_NAMED, MONTHLY]), (True, False)):
        yield series_form.confirm_form(HOSTILE, rules, packed='{"window": "w"}', fixed=on_x, on_x=on_x)
