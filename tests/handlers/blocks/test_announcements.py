"""Every message and window of announcements, drawn around a text that wants to ping everybody."""

from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from itertools import product

import pytest

from bot.wiring import listens
from coop.announcing import acts, telling
from coop.announcing.approving import Approved
from coop.announcing.calendar import Days, Entry, Part, Standing
from coop.announcing.calendar_address import Address
from coop.announcing.content import Target
from coop.announcing.limits.bars import Bar
from coop.announcing.limits.blackouts import Changed, Period
from coop.announcing.limits.foreseen import Alike, Clash, Foreseen, Spend
from coop.announcing.limits.overriding import Barred
from coop.announcing.listing import Listing
from coop.announcing.pictures import PictureSeen
from coop.announcing.proposing import Proposed
from coop.announcing.seeing import DeliverySeen, Seen
from coop.announcing.sending.settling import Question
from coop.announcing.sending.troubles import TroubleSeen, Waiting
from coop.announcing.sending.trying_again import Trying
from coop.announcing.spans import Length, Span
from coop.announcing.stopping import Resumed, Stopped
from coop.announcing.summary import Summary
from coop.announcing.taken_down import TakedownSeen
from coop.announcing.times import Wall
from coop.announcing.typed.times import Reading
from coop.settings import Settings
from handlers.blocks import elements
from handlers.blocks.announcing import (
    answers,
    blackouts,
    buttons,
    calendar,
    calendar_address,
    form,
    held_back,
    listing,
    meant,
    notes,
    notices,
    overriding,
    pictures,
    proposal,
    stops,
    summary,
    taking_down,
    threads,
    typed_time,
)
from handlers.blocks.announcing import troubles as troubled
from handlers.blocks.announcing.announcement import BANNER, REHEARSAL, Scene, marked, marked_view
from handlers.blocks.announcing.form import Window
from publishers.by_hand import ByHand
from publishers.slack_channel.publisher import SlackChannel
from publishers.x.publisher import Keys, X
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState, Hold
from storage.drafts import Draft
from storage.pictures import Shape
from storage.takedowns import TakedownState
from tests.announcing import LONDON, utc, wall
from tests.handlers.blocks import series_drawn
from tests.handlers.blocks.walking import HOSTILE, action_ids, troubles

NOW = utc(27, 9, 30)
NETWORKS = (X(Keys("", "", "", ""), "FenmarchDigital"), SlackChannel(""), ByHand())
TARGETS = (Target("x"), Target("slack", "C0NEWS"), Target("by_hand"))
STATES = [(state, None) for state in DeliveryState if state != DeliveryState.HELD]
HELD = [(DeliveryState.HELD, hold) for hold in Hold]


def scene():
    chosen = Settings(steering_channel="C0STEERING", x_handle="FenmarchDigital")
    return Scene(NOW, chosen, {each.network: each for each in NETWORKS})


def delivery(number, target, state, hold, **more):
    facts = {
        "due_at": utc(30, 8),
        "attempt_no": 1,
        "asked": state == DeliveryState.UNCERTAIN,
        "resend": False,
        "delivered_at": NOW if state == DeliveryState.DELIVERED else None,
        "url": "https://x.com/FenmarchDigital/status/1",
        "reason": HOSTILE,
        "fix": HOSTILE,
        "settled_by": None,
        **more,
    }
    return DeliverySeen(
        id=number, network=target.network, target=target.target, state=state, hold=hold, **facts
    )


def a_picture(number, **more):
    facts = {"alt_text": HOSTILE, "waived_by": None, "tells_place": number == 1, **more}
    return PictureSeen(number, f"{number}" * 64, f"{HOSTILE}.png", "image/png", 1200, 800, **facts)


def an_announcement(state=DeliveryState.SCHEDULED, hold=None, **more):
    facts = {
        "id": 7,
        "revision": 1,
        "state": AnnouncementState.PROPOSED,
        "text": f"Meet @us, $A $B, at setup.py {HOSTILE}",
        "title": f"Meet {HOSTILE}",
        "owner": "U0ASHA",
        "due_at": utc(30, 8),
        "wall": wall(),
        "zone": LONDON,
        "content_hash": "0" * 64,
        "rehearsal": False,
        "approved_by": ("U0BRYN",),
        "sent_back_by": "U0BRYN",
        "comment": HOSTILE,
        "deliveries": tuple(delivery(n, to, state, hold) for n, to in enumerate(TARGETS, start=1)),
        "images": (a_picture(1), a_picture(2, alt_text="", waived_by="U0ASHA")),
        **more,
    }
    return Seen(**facts)


FACTS = {
    "by": "U0BRYN",
    "to": "U0BRYN",
    "voided": ["U0BRYN"],
    "comment": HOSTILE,
    "due_at": NOW.isoformat(),
    "again_at": NOW.isoformat(),
    "counts_down": True,
    "missing": 0,
    "lifted": [HOSTILE],
    "now": True,
    "first_day": "2027-05-04",
    "last_day": "2027-05-06",
    "inside": 2,
    "going": [1, 2],
    "trouble": 1,
    "delivery": 1,
    "attempt": 1,
    "reason": HOSTILE,
    "fix": HOSTILE,
    "hold": Hold.LATE,
    "url": "https://x.com/FenmarchDigital/status/2",
    "asked": 2,
}


def announcements(person="U0BRYN"):
    """One in each state its deliveries can be in, approved or not, sent back or withdrawn or neither.

    `person` is everybody who had a part in it but another approver.
    """
    agreed = [((), 1), ((person, "U0CARYS"), 1), ((), 2), (("U0CARYS",), 2)]
    for (state, hold), (approved, needed), stands in product(STATES + HELD, agreed, AnnouncementState):
        settled = person if state == DeliveryState.DELIVERED else None
        going = tuple(
            delivery(n, to, state, hold, settled_by=settled if n == 2 else None)
            for n, to in enumerate(TARGETS, start=1)
        )
        one = an_announcement(state, hold, owner=person, sent_back_by=person, deliveries=going)
        yield Seen(**{**vars(one), "approved_by": approved, "approvals_needed": needed, "state": stands})
    yield from announcements_taken_down(person)


def announcements_taken_down(person):
    for state, said in product(TakedownState, (HOSTILE, None)):
        wish = TakedownSeen(
            state, person, HOSTILE, NOW, NOW, person if said else None, said, said, "https://there"
        )
        going = tuple(
            delivery(n, to, DeliveryState.DELIVERED, None, takedown=wish if n > 1 else None)
            for n, to in enumerate(TARGETS, start=1)
        )
        yield an_announcement(owner=person, deliveries=going)
        yield an_announcement(owner=person, deliveries=tuple(replace(to, takedown=wish) for to in going))


def threads_half_way(person):
    """As many parts as there may be, and the last not like the others."""
    stuck = (Hold.LATE, Hold.OVER_CAP, Hold.LINK_MISSING)
    states = [(DeliveryState.REFUSED, None), *((DeliveryState.HELD, hold) for hold in stuck)]
    text = "\n---\n".join([HOSTILE] * 25)
    for state, hold in states:
        out = [delivery(n, TARGETS[0], DeliveryState.DELIVERED, None, part=n, parts=25) for n in range(1, 25)]
        going = (*out, delivery(25, TARGETS[0], state, hold, part=25, parts=25))
        yield an_announcement(owner=person, text=text, thread=True, deliveries=going)


def messages_about(one, given, drawn_for):
    yield proposal.proposal(one, drawn_for)
    for kind in notes.NOTES:
        facts = {**given, "hold": one.deliveries[0].hold or Hold.LATE}
        yield notes.note(kind, one, facts, drawn_for)
    for kind in (telling.TO_APPROVE, telling.STILL_TO_APPROVE, telling.VOIDED):
        yield notices.to_approve(kind, one, drawn_for, reader="U0BRYN", own_zone="Europe/Madrid")
    for sha256 in ("1" * 64, "2" * 64, "gone"):
        yield pictures.in_thread(one, sha256, b"bytes")
        yield pictures.in_thread(one, sha256, b"")
    yield notices.for_owner(one, FACTS)
    yield stops.withdrawn(one, drawn_for)
    yield taking_down.asked(one, drawn_for)
    yield taking_down.asked_already(one, drawn_for)
    yield taking_down.deleted(one)
    yield taking_down.tried_again(one)
    yield answers.sent_back(one)
    yield answers.answered("Thank you.", one)


def messages(drawn_for, person="U0BRYN"):
    given = FACTS | {"by": person, "voided": [person, "U0CARYS"]}
    for one in announcements(person):
        yield from messages_about(one, given, drawn_for)
    for one in threads_half_way(person):
        yield from messages_about(one, {**given, "delivery": 25}, drawn_for)
    yield notices.digest([an_announcement(owner=person)] * 2, drawn_for)
    yield notices.for_owner(an_announcement(), {"hold": "open"})
    yield notices.digest([], drawn_for)
    yield from series_drawn.notices(an_announcement(owner=person), person, drawn_for)
    yield notices.stopped_all(given)
    yield notices.resumed_all(given)
    yield from about_blackouts(drawn_for, given)
    for approved in ((), ("U0CARYS",)):
        yield proposal.proposal(foreseen(an_announcement(owner=person, approved_by=approved)), drawn_for)
    for wanted in (True, False):
        yield notices.chosen(wanted)
        yield answers.thrown_away(wanted)
    yield stops.stopped_one(Stopped(7, HOSTILE, 1))
    yield stops.stopped_all()
    yield stops.resumed_all(Resumed(person, NOW, 2), drawn_for)
    yield from series_drawn.messages(an_announcement(owner=person), person, drawn_for)
    yield from lists(drawn_for, person)
    yield from about_networks(drawn_for, person)
    yield from calendars(drawn_for)
    yield from addresses(drawn_for)
    yield from summaries(drawn_for, person)
    for due, edits in product([None, utc(30, 8)], [True, False]):
        result = Proposed(7, "0" * 64, due, 2, nothing_running=True, stopped=True, voided=("U0BRYN",))
        yield answers.proposed(result, drawn_for, own_zone="Europe/Madrid", warnings=[HOSTILE], edits=edits)
    for missing, due in ((0, NOW), (1, None)):
        result = Approved(
            7, HOSTILE, missing, due, TARGETS, counts_down=True, nothing_running=True, stopped=True
        )
        yield answers.approved(result, drawn_for)


def period(person="U0BRYN"):
    return Period(1, wall().day, wall(31).day, HOSTILE, person)


def foreseen(one):
    """The same with everything that can be foreseen of it."""
    return replace(
        one,
        foreseen=Foreseen(
            Spend(wall().day.replace(day=1), 200, 900, 1_000),
            (Clash(HOSTILE, TARGETS[1], NOW),) * 3,
            (Alike(HOSTILE, TARGETS[0], NOW, True), Alike(HOSTILE, TARGETS[1], NOW, False)),
            (HOSTILE, HOSTILE),
        ),
    )


def about_blackouts(drawn_for, given):
    person, many = given["by"], tuple(an_announcement(owner=given["by"]) for _ in range(12))
    for found in ([], [period(person)] * 9):
        yield blackouts.listing(found, wall().day)
    for said in ("", "/announce list"):
        yield meant.asked(HOSTILE[:80], said, "what is coming", value="-")
    for inside in ((), many):
        yield blackouts.entered(Changed(period(person), inside=inside), drawn_for)
        yield blackouts.shortened(Changed(period(person), freed=inside), drawn_for)
        yield blackouts.ended(Changed(period(person), freed=inside), drawn_for)
    for draw in blackouts.NOTICES.values():
        yield draw(given)
    for approved in ((), ("U0CARYS",)):
        yield overriding.done(an_announcement(approved_by=approved), drawn_for)


def in_trouble(**more):
    facts = {"network": "x", "since": NOW, "reason": HOSTILE, "fix": HOSTILE, "trying": False}
    return TroubleSeen(**{"id": 1, **facts, "waiting": (), "ended_at": None, **more})


def about_networks(drawn_for, person):
    """Networks that turn our account away, and what an outage held."""
    waiting = tuple(Waiting(HOSTILE, due, is_due=True) for due in (NOW, None) * 4)
    for ended, waits in product([None, NOW], [waiting, ()]):
        one = in_trouble(waiting=waits, ended_at=ended)
        yield troubled.notice(one, drawn_for)
        for title in (HOSTILE, None):
            yield troubled.trying(one, {"by": person, "title": title})
            yield troubled.tried(Trying("x", title))
        yield troubled.still(one, {"reason": HOSTILE, "fix": HOSTILE})
        for freed, kept in ((0, 0), (1, 1), (2, 2)):
            yield troubled.over(one, {"freed": freed, "kept": kept})
    held = [one for one in announcements(person) if one.deliveries[0].state == DeliveryState.HELD]
    for some in (held, held[:1], []):
        yield held_back.message(some, drawn_for, reader=person)


def lists(drawn_for, person):
    many = tuple(an_announcement(owner=person) for _ in range(12))
    drafts = [Draft(window=str(n), owner_id=1, entered={"text": HOSTILE}, kept_at=NOW) for n in range(5)]
    groups = dict.fromkeys(("uncertain", "held", "refused", "waiting", "coming", "sent"), many)
    yield listing.listing(
        Listing(
            **groups,
            to_delete=many,
            stopped_by=person,
            stopped_at=NOW,
            nothing_running=True,
            troubles=(in_trouble(),),
        ),
        drafts,
        drawn_for,
    )
    for after in (0, 5):
        yield listing.more_drafts(drafts * 4, drawn_for, after=after)
    yield listing.more_drafts([], drawn_for, after=0)
    none = dict.fromkeys(groups, ())
    yield listing.listing(
        Listing(**none, stopped_by=None, stopped_at=None, nothing_running=False), [], drawn_for
    )


def calendars(drawn_for):
    """A year's worth in one month, with the longest of everything; and nothing at all."""
    parts = tuple(Part(target, standing) for target, standing in product(TARGETS, Standing))
    for length in Length:
        span = Span.around(NOW.date(), length)
        entries = [Entry(7, HOSTILE * 2, NOW + timedelta(minutes=n), False, parts) for n in range(365)]
        entries[3:6] = [Entry(None, HOSTILE * 2, NOW, False, parts, series_id=3)] * 3
        undated = [Entry(7, "&" * 60, None, False, parts[:1])]
        full = Days(span, NOW.date(), LONDON, tuple(entries), tuple(undated))
        for after in (0, 8, 360):
            yield calendar.calendar(full, drawn_for, after=after)
        yield calendar.calendar(Days(span, NOW.date(), LONDON, ()), drawn_for)
    yield calendar.picture(full, drawn_for, b"")
    yield calendar.picture_coming()
    yield calendar.picture_refused()


def addresses(drawn_for):
    for secret in ("s" * 43, None):
        yield calendar_address.told(Address(secret, NOW), drawn_for)
    yield calendar_address.without_address()
    yield calendar_address.file_of(b"", 7)
    yield calendar_address.file_coming()
    yield calendar_address.refused()


def summaries(drawn_for, person):
    span, people = Span.around(NOW.date(), Length.MONTH), ((person, 2), ("U0CARYS", 1))
    full = Summary(span, (("x", 7, 1_234), ("slack", 3, 0)), 2, 1, 1, 3, people, people, unpriced=1)
    yield summary.summary(full, drawn_for)
    yield summary.summary(Summary(span, (), 0, 0, 0, 1, people[:1], ()), drawn_for)


def views_of(one, drawn_for):
    yield proposal.detail(one, drawn_for, reader="U0ASHA")
    yield proposal.approve_form(one, drawn_for, needs_new_time=False)
    yield proposal.approve_form(one, drawn_for, needs_new_time=True)
    yield proposal.changes_form(one)
    if acts.still_up(one):
        yield taking_down.form(one, drawn_for)


def views(drawn_for, person="U0BRYN"):
    entered = {
        "text": HOSTILE,
        "where": ["x", "slack"],
        "channel": "C0NEWS",
        "when": "at",
        "date": "2027-03-30",
        "time": "09:00",
    }
    for window, values in product((Window("w"), Window("w", 7)), (entered, {})):
        yield form.form(window, values, drawn_for, note="Kept.")
    night = Wall(wall().day - timedelta(days=2), time(1, 30), LONDON)
    for asked in (night, Wall(wall(31, month=10).day, time(1, 30), LONDON)):
        yield form.which_form(asked, [asked, asked], packed="{}")
        for reading in (Reading((asked,)), Reading((asked, asked), (asked,))):
            yield typed_time.confirm_form(HOSTILE, reading, drawn_for, packed="{}")
    drawn = [pictures.Chosen(HOSTILE, "1" * 64, "F0PICTURE", mimetype="image/png", alt=HOSTILE)]
    drawn += [pictures.Chosen(HOSTILE * 10, f"{n}" * 64, waived=True) for n in (2, 3, 4)]
    shapes = {one.sha256: Shape(one.sha256, "image/png", 1200, 800) for one in drawn}
    yield pictures.describe_form(drawn, shapes, held={"F0PICTURE"}, longest=1_000, packed="{}")
    kept = {**entered, "pictures": [one.kept() for one in drawn]}
    for takes in (True, False):
        yield form.form(Window("w", 7), kept, replace(drawn_for, takes_pictures=takes))
    for one in announcements(person):
        yield from views_of(one, drawn_for)
    for one in threads_half_way(person):
        yield from views_of(one, drawn_for)
        yield threads.link_form(one, 1, Question(1, 1))
    yield from series_drawn.views(an_announcement(owner=person), person, drawn_for)
    yield stops.stop_form()
    yield stops.resume_form()
    yield from views_of(foreseen(an_announcement(owner=person)), drawn_for)
    yield blackouts.form(wall().day)
    yield blackouts.shorter_form(period(person))
    asked = blackouts.Asked(wall().day, wall(31).day, HOSTILE)
    yield blackouts.sure_form(asked, [an_announcement(owner=person)] * 12, drawn_for)
    for held, bars in product(
        (True, False), ((), (Bar("blackout:1", HOSTILE), Bar("most_per_day", HOSTILE)))
    ):
        yield overriding.form(Barred(an_announcement(owner=person), bars, held), drawn_for)


@cache
def all_messages(person="U0BRYN"):
    """Drawn once, and each that reads the same kept once: of thousands most do."""
    return distinct(messages(scene(), person))


@cache
def all_views(person="U0BRYN"):
    return distinct(views(scene(), person))


def distinct(drawn):
    return tuple({repr(each): each for each in drawn}.values())


def test_every_message_may_be_shown_and_says_everything_in_its_text():
    assert sorted({trouble for drawn in all_messages() for trouble in troubles(drawn)}) == []


@pytest.mark.parametrize("person", [f"={HOSTILE}", ""])
def test_whoever_has_no_slack_account_is_called_by_name_or_somebody_on_the_steering_group(person):
    drawn = [*all_messages(person), *all_views(person)]
    assert sorted({trouble for each in drawn for trouble in troubles(each)}) == []
    called = elements.escape(person[1:]) or "omebody on the steering group"
    opening = f"Announcements go out again. {called if person[1:] else f'S{called}'} had stopped them on "
    assert any(each.text.startswith(opening) for each in all_messages(person))
    assert (
        f"out, as {elements.mention(person)} said on "
        in proposal.proposal(next(announcements_delivered(person)), scene()).text
    )


def announcements_delivered(person):
    return (one for one in announcements(person) if one.deliveries[0].state == DeliveryState.DELIVERED)


@pytest.mark.parametrize("text", ["&" * 3_000, "A long one. " * 250])
def test_a_text_as_long_as_its_window_takes_may_be_shown(text):
    one = an_announcement(text=text, comment="&" * 450, deliveries=an_announcement().deliveries[1:])
    facts = {**FACTS, "delivery": 2, "comment": "&" * 1_000, "reason": "&" * 3_000, "hold": Hold.BY_HAND}
    drawn = [notes.note(kind, one, facts, scene()) for kind in notes.NOTES]
    drawn += [proposal.proposal(one, scene()), proposal.changes_form(one)]
    drawn.append(proposal.approve_form(one, scene(), needs_new_time=True))
    assert [trouble for each in drawn for trouble in troubles(each)] == []


def test_every_window_may_be_shown():
    assert sorted({trouble for drawn in all_views() for trouble in troubles(drawn)}) == []


def test_in_a_rehearsal_every_message_and_window_says_so_and_may_still_be_shown():
    drawn = [*map(marked, all_messages()), *map(marked_view, all_views())]
    assert silent_about_rehearsal(drawn) == []
    # That it is bold is the one thing drawn that the text of a message does not say.
    assert {trouble for one in drawn for trouble in troubles(one)} == {
        f"drawn but not in the text: *{REHEARSAL}*"
    }


def test_what_was_proposed_in_a_rehearsal_says_so_after_it_too():
    for one in announcements():
        rehearsed = Seen(**{**vars(one), "rehearsal": True})
        facts = FACTS | {"voided": ["U0BRYN"]}
        drawn = [*messages_about(rehearsed, facts, scene()), *views_of(rehearsed, scene())]
        assert silent_about_rehearsal(drawn) == []


def silent_about_rehearsal(drawn):
    """What does not begin by saying it."""
    return [
        one
        for one in drawn
        if (one["blocks"] if isinstance(one, dict) else one.blocks)[0] != BANNER
        or not (isinstance(one, dict) or one.text.startswith(REHEARSAL))
    ]


def test_every_button_is_listened_to():
    listened = set(listens().presses)
    drawn = [*all_messages(), *all_views()]
    assert {action for each in drawn for action in action_ids(each)} <= listened


@pytest.mark.parametrize(
    "name", [name for name, value in vars(buttons).items() if name.isupper() and isinstance(value, str)]
)
def test_every_button_of_an_announcement_is_drawn_somewhere(name):
    drawn = {action for each in [*all_messages(), *all_views()] for action in action_ids(each)}
    assert getattr(buttons, name) in drawn


def test_every_message_kind_can_be_drawn():
    kinds = {value for name, value in vars(telling).items() if name.isupper() and isinstance(value, str)}
    assert kinds <= set(listens().renders)
