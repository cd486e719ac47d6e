"""`/announce calendar`: the secret address, said once, and what to do when it is lost or known to others."""

from typing import Any

from coop import words
from coop.announcing.calendar_address import Address
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import File, Message

RENEW = "announcing.calendar.renew"
SEND_FILE = "announcing.calendar.file"
FILE = "announcements_ics"
NAME = "announcements.ics"
WARNING = (
    "Whoever has this address sees what is planned: times, first words, networks, and whether it is "
    "approved. So give it to your own calendar only. It stops by itself when you are no longer on the "
    "steering group."
)


def told(found: Address, scene: Scene) -> Message:
    """The address where it was made just now; otherwise since when there is one."""
    if found.secret is None:
        since = words.on(words.today_in(found.made_at, scene.zone))
        opening = (
            f"You have had an address for your calendar since {since}. I keep only its fingerprint, so I "
            "can't show it again. If it is lost, or somebody else has it, make a new one: the old one stops "
            "at once."
        )
    else:
        address = f"{scene.settings.public_url}/calendar/{found.secret}.ics"
        opening = (
            "Here is your calendar's address. Copy it now: I show it once. In your calendar it goes where "
            f"you subscribe to a calendar by its address.\n`{address}`\n{WARNING}"
        )
    return Message(opening, (elements.section(opening), elements.actions(_renew(), _send_file())))


def without_address() -> Message:
    text = (
        "I have no address for your calendar yet: calendars can't reach me from outside. Whoever looks after "
        "the bot can change that by setting PUBLIC_URL. Until then, “Send me the file” gives you what is "
        "planned now as a file that your calendar opens; `/announce list month` shows it here."
    )
    return Message(text, (elements.section(text), elements.actions(_send_file())))


def file_coming() -> Message:
    return Message("The file comes to you by direct message.")


def file_of(content: bytes, count: int) -> Message:
    text = (
        f"Here is what is planned, as a file your calendar opens: {words.counted(count, 'announcement')}. It "
        "stays as it is now; what changes later is not in it."
    )
    return Message(text, file=File(NAME, content, "Calendar of announcements"))


def refused() -> Message:
    return Message(
        "You asked for the calendar of announcements, but you are not on the steering group any more, so I "
        "have not sent it."
    )


def _renew() -> dict[str, Any]:
    sure = elements.confirmation(
        "Make a new address?",
        "The old one stops at once, in every calendar that uses it.",
        yes="Make a new one",
        no="Keep it",
    )
    label = "Make a new address"
    names = f"{label}: calendar of announcements"
    return elements.button(label, action_id=RENEW, names=names, confirm=sure)


def _send_file() -> dict[str, Any]:
    label = "Send me the file"
    return elements.button(label, action_id=SEND_FILE, names=f"{label}: calendar of announcements")
