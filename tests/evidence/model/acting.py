"""A steering group at work on two networks: everything that can be done, and what must hold meanwhile."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.jobs import sending
from bot.jobs import series as making
from coop import offices
from coop.announcing import approving, proposing, stopping
from coop.announcing.approving import NewTime
from coop.announcing.content import Agreed, Target
from coop.announcing.limits import blackouts, caps, overriding
from coop.announcing.sending import settling
from coop.announcing.sending.settling import Question
from coop.announcing.times import wall_at
from coop.deps import Deps
from coop.errors import AlreadyDone, UserError
from coop.publishing import Guarantee
from storage import blackouts as periods
from storage import log, overrides
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role
from tests.announcing import LONDON, SETTINGS, Clock, Mutes
from tests.evidence.model.network import Network
from tests.evidence.model.planning import Planning
from tests.evidence.model.record import BEGINS, Dying, Killed, Standing, Template
from tests.evidence.model.watching import Watch

# For an hour, for a day, and what a month may cost in US cents; a post costs one and a half.
Limits = tuple[int | None, int | None, int | None]
OPEN = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING, DeliveryState.UNCERTAIN)


class Acting:
    """A refusal is an answer too; a death is followed by whatever comes next. If `careless`, X is taken for a
    network that takes the same post twice as one: then something has to be found.
    """

    def __init__(self, template: Template, *, careless: bool = False) -> None:
        self.record = Dying(template.copied())
        self.clock = Clock(BEGINS)
        self.group = Standing(self.record, self.clock)
        self.watch = Watch(self.record, self.clock, SETTINGS)
        x = Network("x", Guarantee.LOOK_THEN_ASK, self.clock, self.watch.may_leave)
        mastodon = Network(
            "mastodon", Guarantee.SAFE_TO_REPEAT, self.clock, self.watch.may_leave, is_one=True
        )
        if careless:
            x.guarantee = Guarantee.SAFE_TO_REPEAT
        self.networks = self.watch.networks = {"x": x, "mastodon": mastodon}
        self.limit((3, None, None))
        self.series = Planning(self)
        self.ids: list[int] = []
        self.shown: dict[int, str] = {}
        self.requests: list[tuple[str, Callable[[str], Any], bool]] = []

    def limit(self, limits: Limits) -> None:
        """Before anything is done."""
        capped = dict(zip(("most_per_hour", "most_per_day", "most_cents_per_month"), limits, strict=True))
        self.settings = self.watch.settings = SETTINGS.model_copy(update=capped)
        self.deps = Deps(
            database=self.record,  # type: ignore[arg-type]  # a record that dies on request
            now=self.clock,
            settings=self.settings,
            slack=Mutes(),  # type: ignore[arg-type]
            publishers=self.networks,  # type: ignore[arg-type]
        )

    def check(self) -> None:
        assert self.watch.wrong == []
        out = {to for network in self.networks.values() for to in network.posts}
        twice = {
            (network.network, to): posts
            for network in self.networks.values()
            for to, posts in network.posts.items()
            if len(posts) > 1
        }
        assert twice == {}
        with self.record.read() as session:
            said = session.scalars(select(Delivery.id).where(Delivery.state == DeliveryState.DELIVERED))
            assert set(said) <= out, "said to be out, and is not"

    # What people do.

    def request(self, key: str, act: Callable[[str], Any]) -> Any:
        """Remembered with whether it had its effect, so that it can be delivered again."""
        done, result = False, None
        try:
            result = act(key)
            done = True
        except (UserError, Killed):
            pass
        self.requests.append((key, act, done))
        return result

    def act(self, rule_of_the_network: Callable[..., Any], who: str, **facts: Any) -> Any:
        by = getattr(self.group, who)

        def once(key: str) -> Any:
            with self.deps.write(once=key) as session:
                given = {"by": by, "now": self.clock.now, "settings": self.settings}
                return rule_of_the_network(session, **facts, **given)

        return self.request(f"request {len(self.requests)}", once)

    def deliver_twice(self, which: int) -> None:
        if not self.requests:
            return
        key, act, done = self.requests[which % len(self.requests)]
        try:
            act(key)
        except AlreadyDone:
            return
        except (UserError, Killed):
            assert not done, f"{key} was done before, and is refused as if it were new"
        assert not done, f"{key} had its effect twice"

    def draft(self, who: str, where: tuple[str, ...], minutes: int) -> None:
        wall = wall_at(self.clock.now + timedelta(minutes=minutes), LONDON) if minutes else None
        agreed = Agreed(f"Announcement {len(self.requests)}", tuple(Target(each) for each in where), wall)
        if (made := self.act(proposing.propose, who, agreed=agreed)) is not None:
            self.ids.append(made.id)

    def edit(self, who: str, which: int, same: bool) -> None:
        if one := self.chosen(which):
            text = one.text if same else f"{one.text}!"
            targets = tuple(Target(to.network, to.target) for to in one.deliveries)
            agreed = Agreed(text, targets, None)
            self.act(proposing.edit, who, announcement_id=one.id, agreed=agreed)

    def open_the_approval(self, which: int) -> None:
        if one := self.chosen(which):
            self.shown[one.id] = one.content_hash

    def approve(self, who: str, which: int, fresh: bool) -> None:
        if one := self.chosen(which):
            shown = one.content_hash if fresh else self.shown.get(one.id, "0" * 64)
            facts = {"announcement_id": one.id, "content_hash": shown, "new_time": NewTime(None)}
            self.watch.agreed_to.add((one.id, one.text))
            self.act(approving.approve, who, **facts)

    def about(self, rule_of_the_network: Callable[..., Any], who: str, which: int, **facts: Any) -> None:
        if one := self.chosen(which):
            self.act(rule_of_the_network, who, announcement_id=one.id, **facts)

    def change_the_group(self, who: str, ends: bool) -> None:
        today, person = self.clock.now.date(), getattr(self.group, who)
        facts = {"person_id": person, "by": "command line", "now": self.clock.now}
        with self.record.real.write() as session:
            held = Role.STEERING in offices.roles_of(session, person, today)
            if ends and held:
                offices.end(session, role=Role.STEERING, today=today, **facts)
            elif not ends and not held:
                term = offices.Term(Role.STEERING, today, today + timedelta(days=400))
                offices.grant(session, term=term, **facts)

    def clear_the_way(self, approver: str) -> None:
        """Nothing keeps back what this person approves."""
        self.change_the_group(approver, ends=False)
        self.act(stopping.resume_all, "asha")
        self.end_the_blackouts("asha")

    def begin_a_blackout(self, who: str, days: int) -> None:
        today = self.clock.now.date()
        facts = {"first_day": today, "last_day": today + timedelta(days=days), "reason": "An election"}
        self.act(blackouts.enter, who, **facts)

    def end_the_blackouts(self, who: str) -> None:
        with self.record.read() as session:
            open_ones = [row.id for row in periods.not_over(session, self.clock.now.date())]
        for each in open_ones:
            self.act(blackouts.end, who, blackout_id=each)

    def override(self, who: str, which: int) -> None:
        """Against whatever keeps it back now."""
        if one := self.chosen(which):
            with self.record.read() as session:
                inside = periods.covering(session, self.clock.now.date())
            against = [*(overrides.against_blackout(row.id) for row in inside), *caps.Cap]
            facts = {"announcement_id": one.id, "content_hash": one.content_hash, "against": against}
            self.act(overriding.override, who, **facts)

    def answer(self, who: str, which: int) -> None:
        """Truthfully: it did go out if it did."""
        if one := self.chosen(which):
            for to in one.deliveries:
                question = Question(to.id, to.attempt_no)
                if to.state == DeliveryState.UNCERTAIN:
                    is_out = to.id in self.networks[to.network].posts
                    said = settling.went_out if is_out else settling.send_again
                    self.act(said, who, question=question)
                elif to.state == DeliveryState.REFUSED:
                    self.act(settling.try_again, who, question=question)

    def chosen(self, which: int) -> Any:
        return self.group.see(self.ids[which % len(self.ids)]) if self.ids else None

    # What time and machines do.

    def order(self, outcome: str, visible: bool | None) -> None:
        for network in self.networks.values():
            network.outcome, network.visible = outcome, visible

    def work(self) -> None:
        with suppress(Killed):
            making.make_runs(self.deps, self.clock.now)
            for lane in sending.steps(self.deps).values():
                lane(self.clock.now)
        self.series.note_runs()

    # In the end.

    def settle_everything(self) -> None:
        """Once the network works and people answer, nothing stays open and nothing that is out is unknown."""
        self.record.left = 0
        self.change_the_group("asha", ends=False)
        self.change_the_group("bryn", ends=False)
        self.act(stopping.resume_all, "asha")
        self.order("published", visible=True)
        for _ in range(14):
            self.clock.forward(minutes=7)
            self.work()
            for announcement_id in self._asked_about():
                self.answer("asha", self.ids.index(announcement_id))
            if not self._open():
                break
        self.check()
        with self.record.read() as session:
            assert list(log.broken_links(session)) == []
            rows = session.scalars(select(Delivery)).all()
        for to in rows:
            is_out = to.id in self.networks[to.network].posts
            assert to.state not in {DeliveryState.ATTEMPTING, DeliveryState.CLAIMED, DeliveryState.UNCERTAIN}
            assert (to.state == DeliveryState.DELIVERED) == is_out
            assert (to.state == DeliveryState.HELD) == (to.hold in set(Hold))

    def _asked_about(self) -> list[int]:
        asked = select(Delivery.announcement_id).where(
            Delivery.state.in_((DeliveryState.UNCERTAIN, DeliveryState.REFUSED))
        )
        with self.record.read() as session:
            return sorted(set(session.scalars(asked)))

    def _open(self) -> bool:
        """Whether anything is on its way, or due within the hour."""
        soon = self.clock.now + timedelta(hours=1)
        with self.record.read() as session:
            rows = session.scalars(select(Delivery).where(Delivery.state.in_(OPEN))).all()
        is_waiting = DeliveryState.SCHEDULED
        return any(to.state != is_waiting or (to.not_before and to.not_before < soon) for to in rows)
