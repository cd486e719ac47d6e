"""Any order of acts, failures and deaths: at most one post, never unapproved, never while stopped, none lost.

People answer questions truthfully here; the network and the workers do anything.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot import sending
from coop import offices
from coop.announcing import approving, proposing, settling, stopping
from coop.announcing.approving import NewTime
from coop.announcing.content import Agreed
from coop.announcing.settling import Question
from coop.announcing.times import wall_at
from coop.errors import UserError
from coop.publishing import CouldNotLook, Found, NotFound, NotSent, Published, Refused, TryLater, Unknown
from storage import log, stops
from storage.base import Base
from storage.database import Database
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role
from tests.announcing import LONDON, ON_X, Clock, Group, utc

PEOPLE = st.sampled_from(["asha", "bryn", "carys", "dafydd"])
WHICH = st.integers(min_value=0, max_value=4)
MINUTES = st.sampled_from([0, 1, 5, 11, 60, 300, 400, 1500])
OUTCOMES = st.sampled_from(
    [
        "published",
        "not sent",
        "later",
        "refused",
        "lost after",
        "lost before",
        "killed after",
        "killed before",
    ]
)


class Killed(BaseException):
    """`kill -9`: nothing after it runs."""


@pytest.fixture(scope="module")
def template():
    """An empty record, made once and copied for every example."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        made = Database(f"sqlite:///{path}")
        Base.metadata.create_all(made.writer)
        made.dispose()
        yield path


class Announcing(RuleBasedStateMachine):
    template: Path

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "record.db"
        shutil.copy(self.template, path)
        self.group = Group(Database(f"sqlite:///{path}"), Clock(utc(27, 9, 30)))
        self.ids, self.posted, self.shown = [], {}, {}
        self.outcome, self.visible = "published", True
        self.group.x.publish, self.group.x.look = self.publish, self.look
        self.wrong = []

    def teardown(self):
        self.settle_everything()
        self.group.database.dispose()
        self.folder.cleanup()

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
            one = self.group.see(row.announcement_id)
            if not one.approved or one.owner in one.approved_by:
                self.wrong.append(f"{attempt.content.text} went out unapproved")
            if stops.open_stop(session) is not None:
                self.wrong.append(f"{attempt.content.text} went out while everything was stopped")
            if attempt.content.text != one.text:
                self.wrong.append(f"{attempt.content.text} is not what was approved")

    # What people do; a refusal is an answer too.

    def act(self, rule_of_the_network, **facts):
        try:
            with self.group.acting() as (session, given):
                rule_of_the_network(session, **facts, **given)
        except UserError:
            return

    def person(self, name):
        return getattr(self.group, name)

    def chosen(self, which):
        return self.ids[which % len(self.ids)]

    @rule(who=PEOPLE, minutes=MINUTES)
    def propose(self, who, minutes):
        wall = wall_at(self.group.clock.now + timedelta(minutes=minutes), LONDON) if minutes else None
        text = f"Announcement {len(self.ids) + 1}"
        try:
            self.ids.append(self.group.propose(text, wall=wall, by=self.person(who)).id)
        except UserError:
            return

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH, same=st.booleans())
    def edit(self, who, which, same):
        one = self.group.see(self.chosen(which))
        agreed = Agreed(one.text if same else f"{one.text}!", ON_X, None)
        self.act(proposing.edit, announcement_id=one.id, agreed=agreed, by=self.person(who))

    @precondition(lambda self: self.ids)
    @rule(which=WHICH)
    def open_the_approval(self, which):
        one = self.group.see(self.chosen(which))
        self.shown[one.id] = one.content_hash

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH, fresh=st.booleans(), twice=st.booleans())
    def approve(self, who, which, fresh, twice):
        one = self.group.see(self.chosen(which))
        shown = one.content_hash if fresh else self.shown.get(one.id, "0" * 64)
        for _ in range(1 + twice):
            self.act(
                approving.approve,
                announcement_id=one.id,
                content_hash=shown,
                new_time=NewTime(None),
                by=self.person(who),
            )

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH)
    def ask_for_changes(self, who, which):
        self.act(
            approving.ask_for_changes,
            announcement_id=self.chosen(which),
            comment="Please",
            by=self.person(who),
        )

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH, withdraw=st.booleans())
    def stop_one(self, who, which, withdraw):
        act = stopping.withdraw if withdraw else stopping.stop_one
        self.act(act, announcement_id=self.chosen(which), by=self.person(who))

    @rule(who=PEOPLE)
    def stop_all(self, who):
        self.act(stopping.stop_all, by=self.person(who))

    @rule(who=PEOPLE)
    def resume_all(self, who):
        self.act(stopping.resume_all, by=self.person(who))

    @rule(who=st.sampled_from(["bryn", "carys"]), ends=st.booleans())
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

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH)
    def answer(self, who, which):
        """Truthfully: it did go out if it did."""
        self.answer_about(self.chosen(which), self.person(who))

    @precondition(lambda self: self.ids)
    @rule(who=PEOPLE, which=WHICH)
    def release(self, who, which):
        self.act(settling.send_now, announcement_id=self.chosen(which), by=self.person(who))

    # What time and machines do.

    @rule(outcome=OUTCOMES, visible=st.sampled_from([True, False, None]), minutes=MINUTES)
    def work(self, outcome, visible, minutes):
        self.outcome, self.visible = outcome, visible
        now = self.group.clock.forward(minutes=minutes)
        for step in (sending.tick, sending.reconcile):
            try:
                step(self.group.deps, now)
            except Killed:
                return

    @rule(minutes=MINUTES)
    def let_time_pass(self, minutes):
        self.group.clock.forward(minutes=minutes)

    # What must hold at every moment.

    @invariant()
    def nothing_wrong_went_out(self):
        assert self.wrong == []

    @invariant()
    def at_most_one_post_each(self):
        assert {delivery: times for delivery, times in self.posted.items() if len(times) > 1} == {}

    @invariant()
    def what_is_called_delivered_is_out(self):
        with self.group.database.read() as session:
            said = {row.id for row in session.query(Delivery).filter_by(state=DeliveryState.DELIVERED)}
        assert said <= self.posted.keys()

    @invariant()
    def the_log_holds_together(self):
        with self.group.database.read() as session:
            assert list(log.broken_links(session)) == []

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
            sending.tick(self.group.deps, now)
            sending.reconcile(self.group.deps, now)
            for announcement_id in self.ids:
                self.answer_about(announcement_id, self.group.asha)
        self.nothing_wrong_went_out()
        self.at_most_one_post_each()
        for announcement_id in self.ids:
            (to,) = self.group.see(announcement_id).deliveries
            assert to.state not in {DeliveryState.ATTEMPTING, DeliveryState.CLAIMED, DeliveryState.UNCERTAIN}
            assert (to.state == DeliveryState.DELIVERED) == (to.id in self.posted)
            assert (to.state == DeliveryState.HELD) == (to.hold in set(Hold))


@pytest.mark.timeout(240)
def test_in_any_order_of_acts_and_failures_each_goes_out_at_most_once_and_only_approved(template):
    class OnACopy(Announcing):
        pass

    OnACopy.template = template
    case = OnACopy.TestCase()
    case.settings = settings(
        max_examples=40,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    case.runTest()
