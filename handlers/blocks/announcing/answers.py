"""What the person who acted reads, privately: the answer first."""

from datetime import datetime

from coop import words
from coop.announcing import networks, times
from coop.announcing.approving import Approved
from coop.announcing.proposing import Proposed
from coop.announcing.seeing import Seen
from handlers.blocks.announcing import troubles
from handlers.blocks.announcing.announcement import Scene, countdown, in_quotes, marked, quoted_last
from handlers.blocks.elements import escape, mention
from handlers.blocks.message import Message


def proposed(
    result: Proposed, scene: Scene, *, own_zone: str | None, warnings: list[str], edits: bool
) -> Message:
    """What the window closes with. The answer first."""
    said = ["Your new version is proposed." if edits else "It is proposed, in the steering channel."]
    if result.due_at is None:
        wait = countdown(scene.settings)
        after = f"{wait} after" if wait else "as soon as"
        said.append(f"It goes out {after} {_who_decides(scene)} approved it.")
    else:
        said.append(f"Once approved, it goes out on {times.said(result.due_at, scene.zone, scene.now)}.")
        if own_zone and (own := times.on_own_clock(result.due_at, scene.zone, own_zone)):
            said.append(f"That is {own}.")
    said += _who_can_approve(result, scene, edits=edits)
    said += [f"Note: {escape(warning)}" for warning in warnings]
    return Message("\n".join([*said, *hindrances(result)]))


def kept_note(kept_at: datetime, scene: Scene) -> str:
    return f"This is what you had written: I kept it on {times.dated(kept_at, scene.zone)}."


def same_words(one: Seen) -> str:
    which = in_quotes(escape(one.title))
    return f"The words and places of {which}, for a new announcement. Choose when it goes out."


def cut_short(letters: int, most: int) -> str:
    """Nothing where all of it fits into the window."""
    if letters <= most:
        return ""
    return (
        f"That message has {letters:,} characters, and there is room for {most:,}: its end is missing here."
    )


def thrown_away(gone: bool) -> Message:
    return Message(
        "That draft is thrown away." if gone else "That draft was gone already, so nothing changed."
    )


def hindrances(result: Proposed | Approved) -> list[str]:
    """What would keep an approved announcement from leaving."""
    said = []
    if result.nothing_running:
        said.append("*Nothing is running that would send this.* Tell whoever looks after the bot.")
    if result.stopped:
        said.append("Everything is stopped at the moment: nothing leaves until `/announce resume-all`.")
    return [*said, *map(troubles.hindrance, result.troubles)]


def _who_decides(scene: Scene) -> str:
    if scene.settings.approvals_needed > 1:
        return "two others on the steering group have"
    return "somebody else on the steering group has"


def _who_can_approve(result: Proposed, scene: Scene, *, edits: bool) -> list[str]:
    if not result.approvers:
        return ["*Nobody else is on the steering group today, so nobody can approve it.*"]
    if result.approvers < scene.settings.approvals_needed:
        return ["*Only one other person is on the steering group today, and two have to approve it.*"]
    people = words.counted(result.approvers, "person", "people")
    if not edits:
        return [f"I have told the {people} who can approve it."]
    if result.voided:
        return ["Its approval no longer counts: it has to be approved again."]
    return [f"{words.counted(result.approvers, 'person', 'people').capitalize()} can approve it."]


def approved(result: Approved, scene: Scene) -> Message:
    place = networks.places(result.targets, scene.settings)
    said = [f"You have approved {in_quotes(escape(result.title))}. {_what_follows(result, place, scene)}"]
    if result.counts_down and not result.missing:
        said.append("Until then anybody on the steering group can press “Stop this one”.")
    said += hindrances(result)
    return Message("\n".join(said))


def _what_follows(result: Approved, place: str, scene: Scene) -> str:
    if result.missing:
        return f"It goes out {place} once one more person has approved it."
    due = times.going_out(result.due_at or scene.now, scene.zone, scene.now)
    goes = "is due" if hindrances(result) else "goes out"
    return f"It {goes} {place} {due}."


def sent_back(one: Seen) -> Message:
    text = f"Sent back. I have told {mention(one.owner)} what you want changed; nothing goes out meanwhile."
    return marked(Message(text), one)


def answered(said: str, one: Seen) -> Message:
    """To somebody who has just settled a question about it."""
    return marked(Message(f"{said} It is about {quoted_last(one)}"), one)


def pictures_taken(taken: int, left: int) -> str:
    """Of a message that begins an announcement; "" where it had no files."""
    said = []
    if taken:
        are = "is" if taken == 1 else "are"
        said.append(f"{words.counted(taken, 'picture')} of the message {are} in it.")
    if left:
        are = "is" if left == 1 else "are"
        said.append(
            f"{words.counted(left, 'file')} of the message {are} not: I take up to 4 pictures, as "
            "JPEG, PNG, GIF or WebP."
        )
    return " ".join(said)
