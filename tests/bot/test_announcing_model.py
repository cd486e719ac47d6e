"""Any order of acts, failures and deaths: at most one post, never unapproved, never while stopped, none lost.

People answer questions truthfully here; the network and the workers do anything.
"""

import random
from datetime import timedelta

import pytest

from coop import offices
from coop.announcing import approving, proposing, settling, stopping
from coop.announcing.approving import NewTime
from coop.announcing.content import Agreed
from coop.announcing.settling import Question
from coop.announcing.times import wall_at
from coop.errors import UserError
from coop.publishing import CouldNotLook, Found, NotFound, NotSent, Published, Refused, TryLater, Unknown
from storage import log, stops
from storage.announcements import Announcement, Approval
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role
from tests import lanes
from tests.announcing import LONDON, ON_X, Clock, Group, utc

WALKS, STEPS_OF_A_WALK = 12, 40


class Killed(BaseException):
    """`kill -9`: nothing after it runs."""


class Announcing:
    def __init__(self, database):
        self.group = Group(database, Clock(utc(27, 9, 30)))
        self.ids, self.posted, self.shown = [], {}, {}
        self.outcome, self.visible = "published", True
        self.group.x.publish, self.group.x.look = self.publish, self.look
        self.wrong = []

    # What the network does.

    def publish(self, attempt):
        kind, takes_it = self.outcome, self.outcome in {"published", "lost after", "killed after"}
        if takes_it:
            self.check_at_the_last_moment(attempt)
            self.posted.setdefault(attempt.delivery_id, []).append(self.group.clock.now)
        if kind.startswith("killed"):
            raise Killed
        return {
            "published": Published(f"post-{attempt.delivery_id}"),
            "not sent": NotSent("no route"),
            "later": TryLater(self.group.clock.now + timedelta(minutes=15), "too many"),
            "refused": Refused("no", "fix it"),
        }.get(kind, Unknown("the answer was lost"))

    def look(self, attempt):
        if self.visible is None:
            return CouldNotLook("it is down")
        posts = self.posted.get(attempt.delivery_id)
        if self.visible and posts:
            return Found(f"post-{attempt.delivery_id}", None, posts[0])
        return NotFound()

    def check_at_the_last_moment(self, attempt):
        with self.group.database.read() as session:
            row = session.get_one(Delivery, attempt.delivery_id)
            one = session.get_one(Announcement, row.announcement_id)
            yes = session.query(Approval).filter_by(
                announcement_id=one.id, content_hash=one.content_hash, voided_at=None
            )
            today = self.group.clock.now.date()
            others = [each.approver_id for each in yes if each.approver_id != one.owner_id]
            if not any(Role.STEERING in offices.roles_of(session, each, today) for each in others):
                self.wrong.append(f"{attempt.content.text} went out unapproved")
            if stops.open_stop(session) is not None:
                self.wrong.append(f"{attempt.content.text} went out while everything was stopped")
            if attempt.content.text != one.text:
                self.wrong.append(f"{attempt.content.text} is not what was approved")

    def is_stopped(self):
        with self.group.database.read() as session:
            return stops.open_stop(session) is not None

    # What people do; a refusal is an answer too.

    def act(self, rule_of_the_network, **facts):
        try:
            with self.group.acting() as (session, given):
                rule_of_the_network(session, **facts, **given)
        except UserError:
            return

    def person(self, name):
        return getattr(self.group, name)

    def propose_now(self, who, wall=None):
        text = f"Announcement {len(self.ids) + 1}"
        try:
            self.ids.append(self.group.propose(text, wall=wall, by=self.person(who)).id)
        except UserError:
            return

    def approve_now(self, announcement_id, who, shown=None):
        self.act(
            approving.approve,
            announcement_id=announcement_id,
            content_hash=shown or self.group.see(announcement_id).content_hash,
            new_time=NewTime(None),
            by=self.person(who),
        )

    def chosen(self, which):
        """One of the announcements there are; a number nobody has while there is none."""
        return self.ids[which % len(self.ids)] if self.ids else 404

    def propose(self, who, minutes):
        wall = wall_at(self.group.clock.now + timedelta(minutes=minutes), LONDON) if minutes else None
        self.propose_now(who, wall)

    def edit(self, who, which, same):
        if not self.ids:
            return
        one = self.group.see(self.chosen(which))
        agreed = Agreed(one.text if same else f"{one.text}!", ON_X, None)
        self.act(proposing.edit, announcement_id=one.id, agreed=agreed, by=self.person(who))

    def open_the_approval(self, which):
        if not self.ids:
            return
        one = self.group.see(self.chosen(which))
        self.shown[one.id] = one.content_hash

    def approve(self, who, which, fresh, twice):
        if not self.ids:
            return
        one = self.group.see(self.chosen(which))
        shown = one.content_hash if fresh else self.shown.get(one.id, "0" * 64)
        for _ in range(1 + twice):
            self.approve_now(one.id, who, shown)

    def propose_and_agree(self, who, outcome, then):
        """The ordinary way, all of it, with something in between now and then."""
        self.change_the_group(who, ends=False)
        if self.is_stopped():
            self.resume_all("asha")
        self.propose_now("asha")
        self.approve_now(self.ids[-1], who)
        if then == "stop":
            self.act(stopping.stop_all, by=self.group.asha)
        elif then == "end":
            self.change_the_group(who, ends=True)
        elif then == "edit":
            self.edit("asha", len(self.ids) - 1, same=False)
        self.work(outcome, visible=True, minutes=11)

    def ask_for_changes(self, who, which):
        self.act(
            approving.ask_for_changes,
            announcement_id=self.chosen(which),
            comment="Please",
            by=self.person(who),
        )

    def stop_one(self, who, which, withdraw):
        act = stopping.withdraw if withdraw else stopping.stop_one
        self.act(act, announcement_id=self.chosen(which), by=self.person(who))

    def stop_all(self, who):
        self.act(stopping.stop_all, by=self.person(who))

    def resume_all(self, who):
        self.act(stopping.resume_all, by=self.person(who))

    def change_the_group(self, who, ends):
        today = self.group.clock.now.date()
        facts = {"person_id": self.person(who), "by": "command line", "now": self.group.clock.now}
        with self.group.database.write() as session:
            held = Role.STEERING in offices.roles_of(session, self.person(who), today)
            if ends and held:
                offices.end(session, role=Role.STEERING, today=today, **facts)
            elif not ends and not held:
                term = offices.Term(Role.STEERING, today, today + timedelta(days=400))
                offices.grant(session, term=term, **facts)

    def answer(self, who, which):
        """Truthfully: it did go out if it did."""
        if self.ids:
            self.answer_about(self.chosen(which), self.person(who))

    def release(self, who, which):
        self.act(settling.send_now, announcement_id=self.chosen(which), by=self.person(who))

    # What time and machines do.

    def work(self, outcome, visible, minutes):
        self.outcome, self.visible = outcome, visible
        now = self.group.clock.forward(minutes=minutes)
        for step in (lanes.tick, lanes.reconcile):
            try:
                step(self.group.deps, now)
            except Killed:
                return

    # What must hold at every moment.

    def check(self):
        assert self.wrong == []
        assert {delivery: times for delivery, times in self.posted.items() if len(times) > 1} == {}
        with self.group.database.read() as session:
            said = {row.id for row in session.query(Delivery).filter_by(state=DeliveryState.DELIVERED)}
        assert said <= self.posted.keys()

    # In the end.

    def answer_about(self, announcement_id, by):
        (to,) = self.group.see(announcement_id).deliveries
        question = Question(to.id, to.attempt_no)
        if to.state == DeliveryState.UNCERTAIN:
            self.act(
                settling.went_out if to.id in self.posted else settling.send_again, question=question, by=by
            )
        elif to.state == DeliveryState.REFUSED:
            self.act(settling.try_again, question=question, by=by)

    def settle_everything(self):
        """Once the network works and people answer, nothing stays open and nothing that is out is unknown."""
        self.change_the_group("bryn", ends=False)
        self.resume_all("asha")
        self.outcome, self.visible = "published", True
        for _ in range(12):
            now = self.group.clock.forward(minutes=7)
            lanes.tick(self.group.deps, now)
            lanes.reconcile(self.group.deps, now)
            for announcement_id in self.ids:
                self.answer_about(announcement_id, self.group.asha)
        self.check()
        with self.group.database.read() as session:
            assert list(log.broken_links(session)) == []
        for announcement_id in self.ids:
            (to,) = self.group.see(announcement_id).deliveries
            assert to.state not in {DeliveryState.ATTEMPTING, DeliveryState.CLAIMED, DeliveryState.UNCERTAIN}
            assert (to.state == DeliveryState.DELIVERED) == (to.id in self.posted)
            assert (to.state == DeliveryState.HELD) == (to.hold in set(Hold))


def mostly(*weighted):
    """A way of choosing: each value as often as its number says."""
    values, weights = zip(*weighted, strict=True)
    return lambda chance: chance.choices(values, weights)[0]


def evenly(*values):
    return lambda chance: chance.choice(values)


ANYBODY = mostly(("asha", 3), ("bryn", 3), ("carys", 3), ("dafydd", 1))
APPROVER = evenly("bryn", "carys")
WHICH = evenly(-1, -1, -1, -2, -3)  # the newest, mostly
MINUTES = evenly(0, 5, 11, 11, 60, 400, 1500)
OUTCOME = mostly(
    ("published", 3),
    ("not sent", 1),
    ("later", 1),
    ("refused", 1),
    ("lost after", 2),
    ("lost before", 2),
    ("killed after", 2),
    ("killed before", 2),
)
YES_OR_NO = evenly(True, False)
STEPS = mostly(
    (("propose_and_agree", APPROVER, OUTCOME, evenly("", "", "", "", "stop", "end", "edit")), 9),
    (("work", OUTCOME, evenly(True, True, False, None), MINUTES), 6),
    (("propose", ANYBODY, MINUTES), 1),
    (("edit", ANYBODY, WHICH, YES_OR_NO), 1),
    (("open_the_approval", WHICH), 1),
    (("approve", ANYBODY, WHICH, YES_OR_NO, YES_OR_NO), 3),
    (("ask_for_changes", ANYBODY, WHICH), 1),
    (("stop_one", ANYBODY, WHICH, YES_OR_NO), 1),
    (("stop_all", ANYBODY), 1),
    (("resume_all", ANYBODY), 3),
    (("change_the_group", APPROVER, mostly((True, 1), (False, 3))), 2),
    (("answer", ANYBODY, WHICH), 3),
    (("release", ANYBODY, WHICH), 2),
)


def walk(model, chance, length):
    """That many steps at random, checked after each; what was done, for whoever has to repeat it."""
    done = []
    for _ in range(length):
        name, *ways = STEPS(chance)
        done.append((name, *(way(chance) for way in ways)))
        try:
            getattr(model, name)(*done[-1][1:])
            model.check()
        except AssertionError as wrong:
            raise AssertionError(f"{wrong} after {done}") from wrong
    model.settle_everything()


@pytest.mark.parametrize("seed", range(WALKS))
def test_in_any_order_of_acts_and_failures_each_goes_out_at_most_once_and_only_approved(sqlite, seed):
    walk(Announcing(sqlite), random.Random(seed), STEPS_OF_A_WALK)
