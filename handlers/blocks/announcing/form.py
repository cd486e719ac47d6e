"""The window in which an announcement is written, and the one that asks which of two times is meant."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coop import words
from coop.announcing import networks, times
from coop.announcing.times import Wall
from handlers.blocks import elements
from handlers.blocks.announcing import pictures, writing
from handlers.blocks.announcing.announcement import Scene, countdown
from handlers.blocks.message import Block

FORM = "announcing.form"
WHICH_FORM = "announcing.which"
TEXT = writing.TEXT
WHERE = writing.WHERE
CHANNEL, WHEN, DATE, TIME, WHICH = "channel", "when", "date", "time", "which"
TYPED_TIME = "typed_time"
ASAP, AT = "asap", "at"
REOPEN = "announcing.reopen"
THROW_AWAY = "announcing.throw_away"
TYPED = "entered"  # the action of a field that tells us while it is being filled in
KEPT = "Closing this keeps what you wrote as a draft that only you see: `/announce list` brings it back."
HOW_TO_REPEAT = (
    "Type how often it repeats, and until when, into “Or type a time” below, such as “every first Monday at "
    "12:30 until 30 June” or “every weekday 9am for 10 times”."
)
CHANGES_ALL = (
    "This changes everything of the series that is still to come, and has to be approved again. When it runs "
    "is in “Or type a time” below. Runs that were changed by themselves stay as they are."
)
WHERE_SAID = {
    networks.X: "X",
    networks.SLACK: "A Slack channel",
    networks.BY_HAND: "By hand: somebody copies it and posts it",
}


@dataclass(frozen=True)
class Window:
    """Which window it is: the token its draft is kept under, and the announcement it edits, if any."""

    token: str
    announcement_id: int | None = None

    def packed(self) -> str:
        return json.dumps({"window": self.token, "announcement": self.announcement_id})

    @classmethod
    def read(cls, metadata: str) -> "Window":
        given = json.loads(metadata)
        return cls(given["window"], given.get("announcement"))


def form(window: Window, entered: Mapping[str, Any], scene: Scene, *, note: str = "") -> dict[str, Any]:
    """`entered` is what stands in it, by block id, as typed.

    Every field tells us what is entered in it: Slack does not always say so when a window is closed.
    """
    edits = window.announcement_id is not None
    fields = [
        writing.text_field(entered, scene),
        _where(entered, scene),
        _channel(entered),
        *pictures.fields(entered, scene),
        writing.more_field(entered, scene),
        *writing.more_fields(entered, scene),
        *when_fields(entered, scene),
        _typed_time(entered),
    ]
    said = [KEPT] if not edits else [KEPT, "Any change, even of one character, has to be approved again."]
    blocks = [
        *([elements.section(note)] if note else []),
        *[{**field, "dispatch_action": True} if field["type"] == "input" else field for field in fields],
        elements.context(" ".join(said)),
    ]
    return elements.modal(
        "Edit announcement" if edits else "New announcement",
        blocks,
        callback_id=FORM,
        submit="Propose it",
        close="Save and close",
        private_metadata=window.packed(),
        notify_on_close=True,
    )


def when_fields(entered: Mapping[str, Any], scene: Scene) -> list[Block]:
    """As soon as approved, or a date and a time on the network's own clock."""
    said = times.zone_said(scene.zone)
    options = [
        elements.option("As soon as it is approved", ASAP),
        elements.option("At a date and time", AT),
    ]
    chosen = options[1] if entered.get(WHEN) == AT else options[0]
    date: dict[str, Any] = {"type": "datepicker"}
    time: dict[str, Any] = {"type": "timepicker", "timezone": scene.zone}
    if entered.get(DATE):
        date["initial_date"] = entered[DATE]
    if entered.get(TIME):
        time["initial_time"] = entered[TIME]
    wait = countdown(scene.settings)
    meaning = f"{wait} after that; until then it can be stopped" if wait else "at once"
    return [
        elements.field(
            WHEN,
            "When",
            {"type": "radio_buttons", "options": options, "initial_option": chosen},
            hint=f"“As soon as it is approved” means {meaning}.",
        ),
        elements.field(DATE, "Date", date, optional=True),
        elements.field(
            TIME,
            f"Time, {said} ({scene.zone})",
            time,
            optional=True,
            hint=f"Always {said}, wherever you are.",
        ),
    ]


def which_form(asked: Wall, choices: Iterable[Wall], *, packed: str) -> dict[str, Any]:
    """The night the clocks change: the time does not exist or happens twice, so ask which is meant."""
    skipped = times.is_skipped(asked.day, asked.clock, asked.zone)
    options = [
        elements.option(
            f"{words.at(wall.clock)} {times.clock_of(times.instant(wall), wall.zone)}"
            + ("" if skipped else (", the second" if wall.fold else ", the first")),
            packed_wall(wall),
        )
        for wall in choices
    ]
    return elements.modal(
        "Which time?",
        [
            elements.section(f"{clock_change(asked)} Nothing was proposed or approved yet."),
            elements.field(WHICH, "Which do you mean?", {"type": "radio_buttons", "options": options}),
        ],
        callback_id=WHICH_FORM,
        submit="Use this time",
        close="Close",
        private_metadata=packed,
    )


def clock_change(asked: Wall) -> str:
    """Why there are two times to choose from."""
    clock, day = words.at(asked.clock), f"{words.weekday(asked.day)} {words.on(asked.day)}"
    if times.is_skipped(asked.day, asked.clock, asked.zone):
        return f"On {day} the clocks go forward, and {clock} is skipped."
    return f"On {day} the clocks go back, and {clock} happens twice."


def packed_wall(wall: Wall) -> str:
    return f"{wall.day.isoformat()} {wall.clock.isoformat('minutes')} {wall.fold}"


def _typed_time(entered: Mapping[str, Any]) -> Block:
    element: dict[str, Any] = {"type": "plain_text_input", "max_length": 200}
    if entered.get(TYPED_TIME):
        element["initial_value"] = str(entered[TYPED_TIME])[:200]
    return elements.field(
        TYPED_TIME,
        "Or type a time",
        element,
        optional=True,
        hint="Such as “tomorrow 9am”, or, for a series, “every first Monday at 12:30 until 30 June”. It "
        "counts instead of what is chosen above, and I first show you how I read it.",
    )


def _where(entered: Mapping[str, Any], scene: Scene) -> Block:
    offered = {network: WHERE_SAID.get(network, networks.name_of(network)) for network in scene.publishers}
    options = {network: elements.option(said, network) for network, said in offered.items()}
    ticked = [options[network] for network in entered.get(WHERE) or [] if network in options]
    element: dict[str, Any] = {"type": "checkboxes", "options": list(options.values())}
    if ticked:
        element["initial_options"] = ticked
    return elements.field(WHERE, "Where", element)


def _channel(entered: Mapping[str, Any]) -> Block:
    element: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    if entered.get(CHANNEL):
        element["initial_conversation"] = entered[CHANNEL]
    return elements.field(
        CHANNEL,
        "Which Slack channel",
        element,
        optional=True,
        hint="Only if you ticked “A Slack channel”. The bot has to be in it.",
    )
