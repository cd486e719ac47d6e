"""What is said in an announcement's thread: what happened, and the buttons it leads to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from coop import words
from coop.announcing import content, networks, telling, times
from coop.announcing.acts import Act, acts
from coop.announcing.content import Target
from coop.announcing.seeing import DeliverySeen, Seen
from handlers.blocks import elements
from handlers.blocks.announcing import pictures, preview, threads
from handlers.blocks.announcing.announcement import (
    LONGEST_COMMENT,
    Scene,
    capital,
    in_our_words,
    in_quotes,
    marked,
    place,
    quoted,
    quoted_each,
    quoted_last,
    when,
    where,
    within,
)
from handlers.blocks.announcing.buttons import act_buttons, delivery_buttons
from handlers.blocks.announcing.fates import fate, with_its_thread
from handlers.blocks.announcing.preview import IN_A_NOTIFICATION
from handlers.blocks.message import Block, Message
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState, Hold


@dataclass(frozen=True)
class Told:
    """What a note is about, and the facts it was queued with."""

    one: Seen
    facts: dict[str, Any]
    scene: Scene

    @property
    def by(self) -> str:
        return capital(elements.mention(self.facts["by"]))

    @property
    def to(self) -> DeliverySeen:
        return next(to for to in self.one.deliveries if to.id == self.facts["delivery"])

    @property
    def place(self) -> str:
        return capital(place(self.to, self.scene))

    @property
    def words_there(self) -> str:
        """The words of the delivery it is about, at the end of a sentence."""
        return quoted_last(self.one, network=self.to.network, part=self.to.part)

    @property
    def comment(self) -> str:
        return within(str(self.facts["comment"]), LONGEST_COMMENT)

    @property
    def reason(self) -> str:
        """A sentence, which may hold what a network said."""
        return words.ended(in_our_words(str(self.facts["reason"]), LONGEST_COMMENT))

    @property
    def fix(self) -> str:
        return in_our_words(str(self.facts["fix"]), LONGEST_COMMENT)


def note(kind: str, one: Seen, facts: dict[str, Any], scene: Scene) -> Message:
    told = Told(one, facts, scene)
    text = NOTES[kind](told)
    blocks = [elements.section(text)]
    if beside := SHOWN_WHOLE.get(facts.get("hold") or kind):
        for heading, exact in _shown_whole(beside, told):
            text += f" {heading} “{within(exact, IN_A_NOTIFICATION // len(one.targets))}”"
            blocks += [elements.section(heading), elements.literal(exact)]
        text += "".join(f" {line}" for line in pictures.lines(one))
        blocks += pictures.to_copy(one)
    return marked(Message(text, (*blocks, *_buttons(kind, told))), one)


def _approved(told: Told) -> str:
    if told.facts.get("missing"):
        return f"{told.by} approved it. One more person has to agree before it goes out."
    due = times.going_out(datetime.fromisoformat(told.facts["due_at"]), told.one.zone, told.scene.now)
    said = f"{told.by} approved it. It goes out {where(told.one, told.scene)} {due}."
    if told.facts["counts_down"]:
        said += " Until then anybody on the steering group can press “Stop this one” above."
    return said


def _counts_down(told: Told) -> str:
    going = [Target(to.network, to.target) for to in told.one.deliveries if to.id in told.facts["going"]]
    places = networks.places(going, told.scene.settings)
    due = times.going_out(datetime.fromisoformat(told.facts["due_at"]), told.one.zone, told.scene.now)
    return (
        f"{capital(due)}, it goes out {places}: {quoted_each(told.one, going, told.scene.settings)} "
        "Anybody on the steering group can stop it until then."
    )


def _edited(told: Told) -> str:
    one, scene = told.one, told.scene
    said = f"{told.by} edited it, {where(one, scene)}, {when(one, scene)}."
    if told.facts["voided"]:
        who = words.listed([elements.mention(user) for user in told.facts["voided"]])
        said += f" The approval of {who} no longer counts: it has to be approved again."
    return said


def _changes_asked(told: Told) -> str:
    comment = words.ended(in_quotes(told.comment))
    return (
        f"{told.by} asks {elements.mention(told.one.owner)} to change {quoted(told.one)}: {comment} "
        "Nothing goes out meanwhile."
    )


def _withdrawn(told: Told) -> str:
    return f"{told.by} withdrew it. What has not gone out does not go out any more."


def _stopped(told: Told) -> str:
    return f"{told.by} stopped {quoted_last(told.one)} It goes nowhere until it is approved again."


def _released(told: Told) -> str:
    return f"{told.by} lets it go now."


def _overridden(told: Told) -> str:
    first, *others = told.facts["lifted"] or [""]
    lifted = in_our_words(first) + (f" and for {words.counted(len(others), 'more reason')}" if others else "")
    goes = "lets it go now" if told.facts["now"] else "lets it go out at its time"
    return f"{told.by} {goes} all the same{f', {lifted}' if lifted else ''}. All else waits."


def _its_fate(told: Told) -> str:
    if told.to.parts > 1:
        return with_its_thread(told.to, told.one, told.scene)
    return f"{told.place}: {fate(told.to, told.one)}"


def _half_way(told: Told) -> str:
    """Which parts of a thread are out, and why the next is not."""
    to, one = told.to, told.one
    if not threads.is_half_way(to, one):  # somebody was quicker than this note
        return _its_fate(told)
    out = threads.before(to, one)
    there = capital(networks.place(Target(to.network, to.target), told.scene.settings))
    link = next((each.url for each in out if each.url), "")
    are = "is" if len(out) == 1 else "are"
    which = threads.numbers([each.part for each in out])
    said = (
        f"{there}: {which} of {to.parts} {are} out{f': {link}' if link else '.'}"
        f" Part {to.part} is not: {fate(to, one)}"
    )
    can = {Act.SEND_NOW} & set(acts(one)) or to.state == DeliveryState.REFUSED
    return f"{said} Press “Go on” to send the rest, or “Take down what is out”." if can else said


def _doubled(told: Told) -> str:
    links = words.listed([link for link in (told.to.url, told.facts.get("url")) if link])
    return (
        f"{told.place}: it went out twice. {links} Please delete one of the two by hand, and tell whoever "
        "looks after the bot: this should never happen."
    )


def _refused(told: Told) -> str:
    return (
        f"{told.place}: refused. {told.reason} Nothing went out there of {told.words_there} "
        f"{told.fix} Then press “Try again”."
    )


def _struggling(told: Told) -> str:
    again = times.dated(datetime.fromisoformat(told.facts["again_at"]), told.one.zone)
    hours = words.counted(round(told.scene.settings.lateness_minutes / 60), "hour")
    return (
        f"{told.place}: not out yet. {told.reason} I try again on {again}, "
        f"and ask you if it is still not out {hours} after its time."
    )


def _uncertain(told: Told) -> str:
    handle = told.scene.settings.x_handle
    on_x = told.to.network == networks.X and handle
    there = f"on https://x.com/{handle}" if on_x else place(told.to, told.scene)
    return (
        f"{told.place}: I can't tell whether it went out. {told.reason} I have looked for it "
        f"and not found it. Please look {there} yourself for {told.words_there} Then say which it is. "
        "I do nothing until then, so it can't go out twice."
    )


def _settled(told: Told) -> str:
    if told.one.state == AnnouncementState.WITHDRAWN:
        return (
            f"{told.by} has looked and not found it. I look once more myself; it was withdrawn, so I do not "
            "send it again."
        )
    return (
        f"{told.by} has looked and not found it, and asks for it to be sent again. "
        "I look once more myself, and send it if it is not there."
    )


def _shown_whole(beside: str, told: Told) -> Iterator[tuple[str, str]]:
    """The words themselves: those of the delivery it is about, else each that differ."""
    one = replace(told.one, thread=False)
    if "delivery" in told.facts:
        yield f"{beside}:", content.leaving(one, told.to.network).text
        return
    found = preview.parts(one, told.scene)
    for part in found:
        where = f", {networks.places(part.targets, told.scene.settings)}" if len(found) > 1 else ""
        yield f"{beside}{where}:", part.text


def _take_down_asked(told: Told) -> str:
    going = [Target(to.network, to.target) for to in told.one.deliveries if to.id in told.facts["going"]]
    places = networks.places(going, told.scene.settings)
    reason = words.ended(in_quotes(within(str(told.facts["reason"]))))
    return f"{told.by} has it taken down {places}: {reason}"


def _taken_down(told: Told) -> str:
    """Why stands in the note that asked for it."""
    was = "It was gone there already." if told.facts.get("was_gone") else ""
    seen = tuple(
        replace(to, takedown=replace(to.takedown, reason="")) if to.takedown else to
        for to in told.one.deliveries
    )
    return f"{_its_fate(replace(told, one=replace(told.one, deliveries=seen)))} {was}".rstrip()


NOTES: dict[str, Callable[[Told], str]] = {
    telling.APPROVED: _approved,
    telling.COUNTDOWN: _counts_down,
    telling.EDITED: _edited,
    telling.CHANGES_ASKED: _changes_asked,
    telling.WITHDRAWN: _withdrawn,
    telling.STOPPED: _stopped,
    telling.RELEASED: _released,
    telling.OVERRIDDEN: _overridden,
    telling.DELIVERED: _its_fate,
    telling.DOUBLED: _doubled,
    telling.HELD: _its_fate,
    telling.REFUSED: _refused,
    telling.HALF_WAY: _half_way,
    telling.STRUGGLING: _struggling,
    telling.UNCERTAIN: _uncertain,
    telling.SETTLED: _settled,
    telling.TAKE_DOWN_ASKED: _take_down_asked,
    telling.TAKE_DOWN_LEFT: _its_fate,
    telling.TAKEN_DOWN: _taken_down,
}
# Where the text itself is told, exactly as it is: by what was done, or why it is held.
SHOWN_WHOLE = {telling.EDITED: "It now reads", Hold.BY_HAND: "The words to post"}
# The notes that ask for something. All others only tell: the proposal above them has every button, and a
# note is never drawn anew, so that a button in it would stay when there is nothing left to press it for.
LEADS_TO: dict[str, tuple[Act, ...]] = {
    telling.COUNTDOWN: (Act.STOP,),
    telling.CHANGES_ASKED: (Act.EDIT, Act.WITHDRAW),
    telling.HELD: (Act.SEND_NOW, Act.SEND_ALL_THE_SAME, Act.APPROVE, Act.EDIT, Act.WITHDRAW),
    telling.REFUSED: (Act.EDIT, Act.WITHDRAW),
    telling.HALF_WAY: (Act.SEND_NOW, Act.SEND_ALL_THE_SAME, Act.APPROVE, Act.TAKE_DOWN, Act.WITHDRAW),
    telling.UNCERTAIN: (),
    telling.DELIVERED: (Act.TAKE_DOWN,),
    telling.TAKE_DOWN_LEFT: (),
}


def _buttons(kind: str, told: Told) -> list[Block]:
    if kind not in LEADS_TO:
        return []
    about = told.facts.get("delivery")
    asked = [button for to, buttons in delivery_buttons(told.one) if to.id == about for button in buttons]
    asked += act_buttons(told.one, LEADS_TO[kind])
    return [elements.actions(*asked)] if asked else []
