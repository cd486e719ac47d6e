"""How to bring each handler of the product into action, as Slack's payload says it.

Everything the product listens to has an entry here; a test holds that. Payloads are made by hand, so that
they can say what Slack's own windows would never let anybody say.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from coop import welcoming
from coop.announcing import stopping
from coop.deps import Deps
from handlers.listening import Listen
from storage.rolls import Roll
from tests.bot.slack_stand_in import ELSEWHERE, HOME
from tests.bot.world import (
    DRAFT,
    DRAFT_OF_NIGHT,
    DRAFT_OF_SERIES,
    DRAFT_WITH_PICTURE,
    MONDAYS_RULE,
    PEOPLE,
    World,
    id_of,
)

Json = dict[str, Any]
BOT_USER = "UBOT"
PERSON = {"name": "Somebody Else", "email": "somebody@fenmarch.example", "age": ["yes"], "agreement": ["yes"]}
NOW_X = {"text": "To propose.", "where": ["x"], "when": "asap"}


@dataclass(frozen=True)
class Sender:
    """One delivery: who acts, its number, and where Slack's answers go."""

    who: str
    number: int
    slack_url: str

    @property
    def user(self) -> str:
        return PEOPLE[self.who]

    @property
    def team(self) -> str:
        return ELSEWHERE if self.who == "elsewhere" else HOME

    @property
    def trigger(self) -> str:
        return f"{self.number}.1.forged"


Make = Callable[[World, Sender], Json]


@dataclass(frozen=True)
class Act:
    """`by` is somebody who may do it; `effect` says that the record is changed when they do.

    `given` is what has to be so before.
    """

    make: Make
    by: str = "member"
    effect: bool = False
    given: Callable[[Deps], None] = lambda _deps: None


def command(name: str, text: str | Callable[[World], str] = "") -> Make:
    def make(world: World, sender: Sender) -> Json:
        return {
            "command": name,
            "text": text(world) if callable(text) else text,
            "team_id": sender.team,
            "user_id": sender.user,
            "channel_id": "C0GENERAL",
            "trigger_id": sender.trigger,
            "response_url": f"{sender.slack_url}/response",
        }

    return make


def press(action_id: str, thing: str = "", *, metadata: Json | None = None, **entered: Any) -> Make:
    """`thing` names one of the world's ids, or is the value itself; with `metadata` it is in a window."""

    def make(world: World, sender: Sender) -> Json:
        body = {
            "type": "block_actions",
            **_person(sender),
            "trigger_id": sender.trigger,
            "actions": [
                {"type": "button", "block_id": "b", "action_id": action_id,
                 "value": str(world.ids.get(thing, thing))}
            ],
        }  # fmt: skip
        if metadata is None:
            return body | {
                "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0STEERING"},
                "channel": {"id": "C0STEERING", "name": "steering"},
                "response_url": f"{sender.slack_url}/response",
            }
        view = _view(f"V{sender.number}", "", _filled_in(metadata, world), entered)
        return body | {"container": {"type": "view", "view_id": view["id"]}, "view": view}

    return make


def choose(callback_id: str, text: str) -> Make:
    """In the menu of a message."""

    def make(_world: World, sender: Sender) -> Json:
        return {
            "type": "message_action",
            **_person(sender),
            "callback_id": callback_id,
            "trigger_id": sender.trigger,
            "channel": {"id": "C0GENERAL", "name": "general"},
            "message_ts": "1.1",
            "message": {"type": "message", "text": text, "ts": "1.1"},
            "response_url": f"{sender.slack_url}/response",
        }

    return make


def submit(callback_id: str, metadata: Any = "", *, kind: str = "view_submission", **entered: Any) -> Make:
    def make(world: World, sender: Sender) -> Json:
        view = _view(f"V{sender.number}", callback_id, _filled_in(metadata, world), entered)
        return {"type": kind, **_person(sender), "trigger_id": sender.trigger, "view": view}

    return make


def message(text: str, channel_type: str) -> Make:
    def make(_world: World, sender: Sender) -> Json:
        place = "D" if channel_type == "im" else "C"
        inner = {
            "text": text,
            "user": sender.user,
            "channel": f"{place}0PLACE",
            "channel_type": channel_type,
            "ts": f"1806000000.{sender.number:06d}",
        }
        return _event(sender, type="message", **inner)

    return make


def happening(kind: str, **inner: Any) -> Make:
    def make(_world: World, sender: Sender) -> Json:
        given = {"user": sender.user, **inner}
        return _event(sender, type=kind, **given)

    return make


def _event(sender: Sender, **inner: Any) -> Json:
    return {
        "type": "event_callback",
        "event_id": f"Ev{sender.number}",
        "team_id": HOME,
        "authorizations": [{"team_id": HOME, "user_id": BOT_USER, "is_bot": True}],
        "event": inner,
    }


def _person(sender: Sender) -> Json:
    return {
        "user": {"id": sender.user, "team_id": sender.team, "name": sender.who},
        "team": {"id": HOME, "domain": "fenmarch"},
    }


def _filled_in(metadata: Any, world: World) -> str:
    """Names of the world's ids become the ids."""
    return metadata if isinstance(metadata, str) else json.dumps(_with_ids(metadata, world))


def _with_ids(metadata: Any, world: World) -> Any:
    if isinstance(metadata, dict):
        return {key: _with_ids(value, world) for key, value in metadata.items()}
    if isinstance(metadata, list):
        return [_with_ids(value, world) for value in metadata]
    return world.ids.get(metadata, metadata)


def _view(view_id: str, callback_id: str, metadata: str, entered: Json) -> Json:
    values = {block: {"entered": _element(value)} for block, value in entered.items()}
    return {
        "id": view_id,
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "state": {"values": values},
    }


def _element(value: Any) -> Json:
    if isinstance(value, list):
        return {"type": "checkboxes", "selected_options": [{"value": one} for one in value]}
    return {"type": "plain_text_input", "value": value}


def _everything_is_stopped(deps: Deps) -> None:
    with deps.write() as session:
        stopping.stop_all(session, by=id_of(session, "steering"), now=deps.now(), settings=deps.settings)


def _nobody_wants_messages(deps: Deps) -> None:
    with deps.write() as session:
        for who, user in PEOPLE.items():
            team = ELSEWHERE if who == "elsewhere" else HOME
            welcoming.stop(session, team_id=team, user_id=user, now=deps.now())


APPROVAL = {"announcement": "proposed", "hash": "hash of proposed"}
OVERRIDE = {"announcement": "in blackout", "hash": "hash of in blackout", "against": ["against blackout"]}
LATE_APPROVAL = {"announcement": "gone by", "hash": "hash of gone by"}
NEW_WINDOW = {"window": "a-new-window", "announcement": None}
PICTURE_WINDOW = {"window": DRAFT_WITH_PICTURE, "announcement": None}
FIRST_OF_TWO = "2027-10-31 01:30 0"
OFFERED = {"window": DRAFT_OF_SERIES, "announcement": None, "rules": [MONDAYS_RULE]}

ACTS: dict[str, Act] = {
    "/member": Act(command("/member")),
    "/member card": Act(command("/member", "card"), effect=True),
    "/member join": Act(command("/member", "join"), by="nobody"),
    "/member details": Act(command("/member", "details")),
    "/member leave": Act(command("/member", "leave")),
    "/member officers": Act(command("/member", "officers"), by="nobody"),
    "/member list": Act(command("/member", "list"), by="secretary"),
    "/member paid": Act(command("/member", lambda world: f"paid {world.ids['reference']}"), by="treasurer"),
    "/member help": Act(command("/member", "help"), by="guest"),
    "/countmein": Act(command("/countmein"), by="nobody"),
    "/countmein help": Act(command("/countmein", "help"), by="guest"),
    "/join": Act(command("/join"), by="nobody"),
    "/leave": Act(command("/leave")),
    "/announce": Act(command("/announce", "Hello world"), by="steering"),
    "/announce list": Act(command("/announce", "list"), by="steering"),
    "/announce calendar": Act(command("/announce", "calendar"), by="steering"),
    "/announce help": Act(command("/announce", "help"), by="guest"),
    "/announce stop-all": Act(command("/announce", "stop-all"), by="steering"),
    "/announce stop": Act(command("/announce", "stop"), by="steering"),
    "/announce resume-all": Act(
        command("/announce", "resume-all"), by="steering", given=_everything_is_stopped
    ),
    "/announce resume": Act(command("/announce", "resume"), by="steering", given=_everything_is_stopped),
    "press standing.card": Act(press("standing.card"), effect=True),
    "press joining.open": Act(press("joining.open"), by="nobody"),
    "press details.change": Act(press("details.change")),
    "press leaving.open": Act(press("leaving.open")),
    "press leaving.undo": Act(press("leaving.undo"), by="just left", effect=True),
    "press contacts.ask": Act(press("contacts.ask"), by="nobody"),
    **{
        f"press members_list.turn.{roll}": Act(
            press(f"members_list.turn.{roll}", f"{roll}:0", metadata={}), by="secretary"
        )
        for roll in Roll
    },
    **{
        f"press members_list.turn.{way}": Act(
            press(f"members_list.turn.{way}", f"{Roll.MEMBERS}:0", metadata={}), by="secretary"
        )
        for way in ("earlier", "later")
    },
    "press members_list.open": Act(press("members_list.open", f"{Roll.WAITING}:0"), by="secretary"),
    "press members_list.csv": Act(press("members_list.csv"), by="secretary", effect=True),
    "press members_list.payments": Act(press("members_list.payments"), by="treasurer"),
    "press approving.approve": Act(
        press("approving.approve", "application of applicant"), by="steering", effect=True
    ),
    "press approving.decline": Act(press("approving.decline", "application of applicant"), by="steering"),
    "press fees.how_to_pay": Act(press("fees.how_to_pay"), by="owing"),
    "press fees.mark": Act(press("fees.mark", "reference"), by="treasurer"),
    "press fees.undo": Act(press("fees.undo", "payment"), by="treasurer", effect=True),
    "press welcome.no_more": Act(press("welcome.no_more"), by="nobody", effect=True),
    "press welcome.again": Act(
        press("welcome.again"), by="nobody", effect=True, given=_nobody_wants_messages
    ),
    "press announcing.reopen": Act(press("announcing.reopen", DRAFT), by="writer"),
    "press announcing.throw_away": Act(press("announcing.throw_away", DRAFT), by="writer", effect=True),
    "press announcing.edit": Act(press("announcing.edit", "proposed"), by="writer"),
    "press entered": Act(press("entered", metadata=NEW_WINDOW, **NOW_X), by="steering", effect=True),
    "press announcing.calendar.picture": Act(
        press("announcing.calendar.picture", "month:2027-03-01:0"), by="steering", effect=True
    ),
    "press announcing.calendar.renew": Act(
        press("announcing.calendar.renew"), by="steering", effect=True
    ),
    "press announcing.calendar.file": Act(press("announcing.calendar.file"), by="steering", effect=True),
    **{
        f"press announcing.calendar.{which}": Act(press(f"announcing.calendar.{which}", which), by="steering")
        for which in ("week", "month")
    },
    **{
        f"press announcing.calendar.{way}": Act(
            press(f"announcing.calendar.{way}", "month:2027-03-01:0"), by="steering"
        )
        for way in ("back", "next", "more")
    },
    "press announcing.approve": Act(press("announcing.approve", "proposed"), by="steering"),
    "press announcing.ask_for_changes": Act(press("announcing.ask_for_changes", "proposed"), by="steering"),
    "press announcing.stop": Act(press("announcing.stop", "counting down"), by="steering", effect=True),
    "press announcing.withdraw": Act(press("announcing.withdraw", "proposed"), by="steering", effect=True),
    "press announcing.went_out": Act(press("announcing.went_out", "doubted"), by="steering", effect=True),
    "press announcing.send_again": Act(press("announcing.send_again", "doubted"), by="steering", effect=True),
    "press announcing.try_again": Act(press("announcing.try_again", "refused"), by="steering", effect=True),
    "press announcing.try_network": Act(
        press("announcing.try_network", "trouble"), by="steering", effect=True
    ),
    "press announcing.posted": Act(press("announcing.posted", "posted"), by="steering", effect=True),
    "/announce blackout": Act(command("/announce", "blackout"), by="steering"),
    "/announce blackouts": Act(command("/announce", "blackouts"), by="steering"),
    "press announcing.add_blackout": Act(press("announcing.add_blackout"), by="steering"),
    "press announcing.shorten": Act(press("announcing.shorten", "blackout"), by="steering"),
    "press announcing.end_blackout": Act(
        press("announcing.end_blackout", "blackout"), by="steering", effect=True
    ),
    "press announcing.all_the_same": Act(
        press("announcing.all_the_same", "in blackout"), by="steering"
    ),
    "press announcing.send_now": Act(press("announcing.send_now", "late"), by="steering", effect=True),
    "press announcing.take_down": Act(press("announcing.take_down", "out"), by="steering"),
    "press announcing.deleted": Act(press("announcing.deleted", "left"), by="steering", effect=True),
    "press announcing.take_down_again": Act(
        press("announcing.take_down_again", "left"), by="steering", effect=True
    ),
    "press announcing.write_these": Act(press("announcing.write_these", "Hello"), by="steering"),
    "press announcing.write_again": Act(press("announcing.write_again", "proposed"), by="steering"),
    "choose announcing.from_message": Act(choose("announcing.from_message", "Tea at nine."), by="steering"),
    "press announcing.open": Act(press("announcing.open", "proposed"), by="steering"),
    "press announcing.more": Act(press("announcing.more", "0"), by="steering"),
    "press announcing.more_drafts": Act(press("announcing.more_drafts", "0"), by="steering"),
    "press announcing.choose_digest": Act(press("announcing.choose_digest"), by="steering", effect=True),
    "press announcing.choose_each": Act(press("announcing.choose_each"), by="steering", effect=True),
    "/announce series": Act(command("/announce", "series"), by="steering"),
    "press announcing.series_new": Act(press("announcing.series_new"), by="steering"),
    "press announcing.series_more": Act(press("announcing.series_more", "0"), by="steering"),
    "press announcing.series_open": Act(press("announcing.series_open", "series"), by="steering"),
    "press announcing.series_approve": Act(press("announcing.series_approve", "series"), by="steering"),
    "press announcing.series_change": Act(press("announcing.series_change", "series"), by="steering"),
    "press announcing.series_change_one": Act(
        press("announcing.series_change_one", "run of series"), by="steering", effect=True
    ),
    "press announcing.series_skip": Act(
        press("announcing.series_skip", "run of series"), by="steering", effect=True
    ),
    "press announcing.series_take_back": Act(
        press("announcing.series_take_back", "skipped run of series"), by="steering", effect=True
    ),
    "press announcing.series_end": Act(press("announcing.series_end", "series"), by="steering", effect=True),
    "submit announcing.series_form": Act(
        submit("announcing.series_form", OFFERED, rule="0", how="each"), by="writer", effect=True
    ),
    "submit announcing.series_approve_form": Act(
        submit("announcing.series_approve_form", {"series": "series", "hash": "hash of series"}),
        by="steering",
        effect=True,
    ),
    "submit joining.form": Act(submit("joining.form", **PERSON), by="nobody", effect=True),
    "submit details.form": Act(
        submit("details.form", name="New Name", email="new@fenmarch.example"), effect=True
    ),
    "submit leaving.form": Act(submit("leaving.form"), effect=True),
    "submit approving.reason": Act(
        submit("approving.reason", {"application": "application of applicant"}, reason="Not from here."),
        by="steering",
    ),
    "submit approving.send": Act(
        submit("approving.send", {"application": "application of applicant", "reason": "Not from here."}),
        by="steering",
        effect=True,
    ),
    "submit fees.form": Act(
        submit("fees.form", {"fees": ["fee"], "gone": []}, paid_on="2027-03-26"), by="treasurer", effect=True
    ),
    "submit announcing.form": Act(
        submit("announcing.form", NEW_WINDOW, **NOW_X), by="steering", effect=True
    ),
    "submit announcing.which": Act(
        submit("announcing.which", {"window": DRAFT_OF_NIGHT, "announcement": None}, which=FIRST_OF_TWO),
        by="writer",
        effect=True,
    ),
    "submit announcing.describe": Act(
        submit("announcing.describe", PICTURE_WINDOW, alt1="A map."), by="writer", effect=True
    ),
    "close announcing.describe": Act(
        submit("announcing.describe", PICTURE_WINDOW, kind="view_closed", alt1="A map."),
        by="writer",
        effect=True,
    ),
    "submit announcing.approve_form": Act(
        submit("announcing.approve_form", APPROVAL), by="steering", effect=True
    ),
    "submit announcing.approve_which": Act(
        submit("announcing.approve_which", LATE_APPROVAL, which=FIRST_OF_TWO), by="steering", effect=True
    ),
    "submit announcing.changes_form": Act(
        submit("announcing.changes_form", {"announcement": "proposed"}, comment="Shorter."),
        by="steering",
        effect=True,
    ),
    "press announcing.give_link": Act(press("announcing.give_link", "link asked"), by="steering"),
    "submit announcing.link_form": Act(
        submit("announcing.link_form", {"question": "link asked"}, link="https://x.com/FenmarchDigital/status/9"),
        by="steering",
        effect=True,
    ),
    "submit announcing.take_down_form": Act(
        submit("announcing.take_down_form", {"announcement": "out"}, reason="The wrong day."),
        by="steering",
        effect=True,
    ),
    "submit announcing.stop_all": Act(submit("announcing.stop_all"), by="steering", effect=True),
    "submit announcing.resume_all": Act(
        submit("announcing.resume_all"), by="steering", effect=True, given=_everything_is_stopped
    ),
    "submit announcing.override_form": Act(
        submit("announcing.override_form", OVERRIDE), by="steering", effect=True
    ),
    "submit announcing.blackout_form": Act(
        submit("announcing.blackout_form", first_day="2027-05-04", last_day="2027-05-06", reason="Elections"),
        by="steering",
        effect=True,
    ),
    "submit announcing.blackout_sure": Act(
        submit(
            "announcing.blackout_sure",
            {"first_day": "2027-05-04", "last_day": "2028-05-06", "reason": "Elections"},
        ),
        by="steering",
        effect=True,
    ),
    "submit announcing.shorter": Act(
        submit("announcing.shorter", {"blackout": "blackout"}, last_day="2027-06-05"),
        by="steering",
        effect=True,
    ),
    "close announcing.form": Act(
        submit("announcing.form", NEW_WINDOW, kind="view_closed", **NOW_X), by="steering", effect=True
    ),
    "message answer_in_channel": Act(message("am I a member?", "channel")),
    "message answer": Act(message("am I a member?", "im")),
    "event app_home_opened": Act(happening("app_home_opened", tab="home", channel="D0PLACE")),
    "event team_join": Act(
        happening("team_join", user={"id": "UNEW", "team_id": HOME}), by="nobody", effect=True
    ),
    "event member_joined_channel": Act(
        happening("member_joined_channel", user=BOT_USER, channel="C0PLACE"), by="nobody", effect=True
    ),
    "event tokens_revoked": Act(happening("tokens_revoked", user=None), by="nobody"),
    "event app_uninstalled": Act(happening("app_uninstalled", user=None), by="nobody"),
}  # fmt: skip


def listed(listen: Listen) -> Iterator[str]:
    """The names of everything the product listens to."""
    for name, known in listen.commands.items():
        yield from (f"{name} {word}".strip() for word in known.handlers)
    yield from (f"press {action_id}" for action_id in listen.presses)
    yield from (f"choose {callback_id}" for callback_id in listen.shortcuts)
    yield from (f"submit {callback_id}" for callback_id in listen.submissions)
    yield from (f"close {callback_id}" for callback_id in listen.closings)
    yield from (f"message {_name(handler)}" for _, handler in listen.messages)
    yield from (f"event {kind}" for kind in listen.happenings)


def _name(handler: Any) -> str:
    return getattr(handler, "func", handler).__name__
