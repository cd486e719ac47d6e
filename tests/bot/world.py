"""A network with people and announcements in every state there is a button for, as one file to be copied.

Made by the rules themselves; only the networks it announces on are lists.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coop import approving, founding, joining, leaving, offices, paying
from coop.announcing import drafting, taking_down
from coop.announcing.content import Agreed, Target
from coop.announcing.limits import blackouts
from coop.announcing.sending import settling
from coop.announcing.sending.settling import Question
from coop.announcing.series import proposing, skipping
from coop.announcing.series.plan import Plan
from coop.announcing.series.recurrence import Rule
from coop.deps import Deps
from coop.details import Form
from coop.publishing import AskPerson, CannotTakeDown, Refused, Unknown
from coop.settings import FeePeriod, JoinApproval, Settings
from storage import fees, heartbeats, members, overrides, people, pictures
from storage import series as record
from storage.base import Base
from storage.database import Database
from storage.offices import Role
from tests import lanes
from tests.announcing import MEETUP, Clock, Group, Listed, utc, wall
from tests.bot.slack_stand_in import ELSEWHERE, HOME

SETTINGS = Settings(
    network_name="Fenmarch Digital Network",
    official_page="https://fenmarch.example/membership",
    steering_channel="C0STEERING",
    x_handle="FenmarchDigital",
    join_approval=JoinApproval.STEERING,
    fee_period=FeePeriod.ONCE,
    fee_pence=100,
    pay_to="Fenmarch Digital Network, sort code 00-00-00, account 00000000",
)
# Who is who, and the id of the account they act from.
PEOPLE = {
    "elsewhere": "UELSEWHERE",
    "guest": "UGUEST",
    "robot": "UROBOT",
    "deactivated": "UGONE",
    "nobody": "UNOBODY",
    "applicant": "UAPPLICANT",
    "owing": "UOWING",
    "member": "UMEMBER",
    "just left": "ULEFT",
    "term ended": "UENDED",
    "treasurer": "UTREASURER",
    "secretary": "USECRETARY",
    "steering": "USTEERING",
    "writer": "UWRITER",
}
KNOWN_TO_SLACK = {
    "UELSEWHERE": {"team_id": ELSEWHERE, "is_stranger": True},
    "UGUEST": {"is_restricted": True},
    "UROBOT": {"is_bot": True},
    "UGONE": {"deleted": True},
}
MAP = pictures.Shape("1" * 64, "image/png", 40, 30)
DRAFT, DRAFT_OF_NIGHT, DRAFT_WITH_PICTURE = "draft-of-writer", "night-of-writer", "picture-of-writer"
DRAFT_OF_SERIES, MONDAYS = "series-of-writer", "every monday 9am for 4 times"
MONDAYS_RULE = "DTSTART:20270329T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4"


@dataclass
class World:
    """Where each thing is that a button or form can be about. `now` is the moment it is left at."""

    now: datetime
    ids: dict[str, Any]


def made(file: Path) -> World:
    database = Database(f"sqlite:///{file}")
    Base.metadata.create_all(database.writer)
    clock = Clock(utc(20, 9, 30))
    world = World(clock.now, {})
    _people(database, clock, world)
    _announcements(database, clock, world)
    with database.write() as session:
        leaving.leave(
            session, team_id=HOME, user_id=PEOPLE["just left"], settings=SETTINGS, now=clock.forward(hours=1)
        )
        heartbeats.beat(session, heartbeats.WORKER, clock.forward(minutes=5))
    with database.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    world.now = clock.now
    return world


def id_of(session, who: str) -> int:
    found = people.person_id_of(session, HOME, PEOPLE[who])
    assert found is not None
    return found


def _people(database: Database, clock: Clock, world: World) -> None:
    founders = [founding.Founder(HOME, PEOPLE[who], who.title()) for who in ("steering", "writer")]
    joined = ("member", "owing", "treasurer", "secretary", "term ended", "just left")
    facts = {"settings": SETTINGS, "now": clock.now}
    with database.write() as session:
        founding.found(session, founders=founders, until=date(2028, 3, 31), **facts)
        for who in (*joined, "applicant"):
            world.ids[f"application of {who}"] = _applies(session, who, facts)
        for who in joined:
            number = world.ids[f"application of {who}"]
            approving.approve(session, application_id=number, by=id_of(session, "steering"), **facts)
        # The writer is treasurer for two days; the term has ended when the tests begin.
        _give(session, "writer", Role.TREASURER, clock, date(2027, 3, 20), date(2027, 3, 21))
        due = [_fee(session, who).id for who in joined if who != "owing"]
        paying.mark_paid(session, fee_ids=due, paid_on=clock.now.date(), by=id_of(session, "writer"), **facts)
        _give(session, "treasurer", Role.TREASURER, clock, date(2027, 3, 20), date(2028, 3, 31))
        _give(session, "secretary", Role.SECRETARY, clock, date(2027, 3, 20), date(2028, 3, 31))
        _give(session, "term ended", Role.STEERING, clock, date(2027, 3, 20), date(2027, 3, 21))
        world.ids["payment"] = _payment(session, "member")
        world.ids["fee"], world.ids["reference"] = _fee(session, "owing").id, _fee(session, "owing").reference


def _applies(session, who: str, facts) -> int:
    account = joining.Account(HOME, PEOPLE[who])
    form = Form(who.title(), f"{PEOPLE[who].lower()}@fenmarch.example", is_old_enough=True, agrees=True)
    joining.apply(session, account=account, form=form, **facts)
    return members.open_application(session, id_of(session, who)).id


def _give(session, who: str, role: Role, clock: Clock, from_on: date, until_on: date) -> None:
    term = offices.Term(role, from_on, until_on)
    offices.grant(session, person_id=id_of(session, who), term=term, by="command line", now=clock.now)


def _fee(session, who: str) -> fees.Fee:
    return session.query(fees.Fee).filter_by(person_id=id_of(session, who)).one()


def _payment(session, who: str) -> int:
    return session.query(fees.LedgerEntry).filter_by(fee_id=_fee(session, who).id).one().id


class Written(Group):
    """The same acts as in the tests of announcing, by the people of this world."""

    def __post_init__(self) -> None:
        with self.database.read() as session:
            self.asha, self.bryn = id_of(session, "writer"), id_of(session, "steering")
        self.settings = SETTINGS

    @property
    def deps(self) -> Deps:
        deps = super().deps
        return replace(deps, publishers={**deps.publishers, "by_hand": self.by_hand})


def _announcements(database: Database, clock: Clock, world: World) -> None:
    """In doubt, refused, to post by hand, late, with its time gone by, counting down, just proposed."""
    group = Written(database, clock, x=Listed(answers=[Unknown("timed out"), Refused("no", "say yes")]))
    group.by_hand = Listed("by_hand", answers=[AskPerson("copy it")])
    clock.now = utc(26, 9)
    doubted, refused = _sent(group, "Doubted."), _sent(group, "Refused.")
    posted = _sent(group, "Posted.", Target("by_hand"))
    out, left = _sent(group, "Out."), _sent(group, "Left to a person.")
    with group.acting() as (session, facts):
        wish = {"where": None, "reason": "wrong day", "by": group.asha}
        taking_down.ask(session, announcement_id=left, **wish, **facts)
    group.x.removed.append(CannotTakeDown("no"))
    lanes.take_down(group.deps, clock.now)
    group.slack.answers = [Refused("Slack does not accept the bot's token", "Renew it.", account=True)]
    _sent(group, "Turned away.", Target("slack", "C0NEWS"))
    for _ in range(8):
        lanes.reconcile(group.deps, clock.forward(minutes=6))
    link_asked = _thread_without_a_link(group)
    late = group.propose("Late.", wall=wall(26, 12)).id
    group.approve(late)
    gone_by = group.propose("Gone by.", wall=wall(26, 12)).id
    clock.now = utc(27, 9)
    lanes.tick(group.deps, clock.now)
    counting = group.propose("Counting down.").id
    group.approve(counting)
    proposed = group.propose(MEETUP)
    in_blackout = group.propose("In June.", wall=wall(5, month=6))
    with group.acting() as (session, facts):
        days = {"first_day": date(2027, 6, 1), "last_day": date(2027, 6, 10)}
        entered = blackouts.enter(session, **days, reason="An election", by=group.bryn, **facts)
    world.ids |= {
        "trouble": 1,
        "blackout": entered.period.id,
        "in blackout": in_blackout.id,
        "hash of in blackout": in_blackout.content_hash,
        "against blackout": overrides.against_blackout(entered.period.id),
        "link asked": link_asked,
        "late": late,
        "out": out,
        "gone by": gone_by,
        "hash of gone by": group.see(gone_by).content_hash,
        "counting down": counting,
        "proposed": proposed.id,
        "hash of proposed": proposed.content_hash,
        **{
            name: _question(group, one)
            for name, one in (("doubted", doubted), ("refused", refused), ("posted", posted), ("left", left))
        },
    }
    _series(group, world)
    with group.acting() as (session, _facts):
        entered = {"text": "A draft.", "where": ["x"], "when": "asap"}
        night = {"text": "At night.", "where": ["x"], "when": "at", "date": "2027-10-31", "time": "01:30"}
        pictures.keep_blob(session, MAP, b"a map", clock.now)
        drawn = {"text": "Drawn.", "where": ["by_hand"], "when": "asap"}
        drawn["pictures"] = [{"name": "map.png", "sha256": MAP.sha256}]
        again = {"text": "On Mondays.", "where": ["x"], "when": "asap", "typed_time": MONDAYS}
        written = {DRAFT: entered, DRAFT_OF_NIGHT: night, DRAFT_WITH_PICTURE: drawn, DRAFT_OF_SERIES: again}
        for window, fields in written.items():
            drafting.keep(session, window=window, entered=fields, by=group.asha, now=clock.now)


def _series(group: Group, world: World) -> None:
    """Of one approval for all its runs, and not approved yet."""
    plan = Plan(Agreed("Every Monday.", (Target("x"),)), Rule(MONDAYS_RULE, "Europe/London"), fixed=True)
    with group.acting() as (session, facts):
        number = proposing.propose(session, plan=plan, by=group.asha, **facts).id
        shown = record.series(session, number).content_hash
        skipping.skip(session, series_id=number, day=date(2027, 4, 19), by=group.asha, **facts)
    world.ids |= {"skipped run of series": f"{number} 2027-04-19"}
    world.ids |= {"series": number, "run of series": f"{number} 2027-04-05", "hash of series": shown}


def _sent(group: Group, text: str, target: Target | None = None) -> int:
    announcement = group.propose(text, targets=(target or Target("x"),)).id
    group.approve(announcement)
    lanes.tick(group.deps, group.clock.forward(minutes=11))
    return announcement


def _thread_without_a_link(group: Group) -> str:
    """Somebody has seen its first part: the second waits for the link."""
    thread = group.propose("First.\n---\nSecond.", thread=True).id
    group.approve(thread)
    group.x.answers.append(Unknown("timed out"))
    lanes.tick(group.deps, group.clock.forward(minutes=11))
    for _ in range(6):
        lanes.reconcile(group.deps, group.clock.forward(minutes=6))
    first, second = group.see(thread).deliveries
    with group.acting() as (session, facts):
        question = Question(first.id, first.attempt_no)
        settling.went_out(session, question=question, by=group.bryn, **facts)
    return str(Question(second.id, second.attempt_no))


def _question(group: Group, announcement: int) -> str:
    (to,) = group.see(announcement).deliveries
    return str(Question(to.id, to.attempt_no))
