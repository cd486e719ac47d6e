"""Pictures of an announcement: their fields in the window, the window that asks what they show, and their
words wherever the announcement is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coop import words
from coop.announcing.pictures import MOST, PictureSeen
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, in_quotes, marked, within
from handlers.blocks.elements import escape, mention, shortened
from handlers.blocks.message import Block, File, Message
from storage.pictures import Shape

DESCRIBE_FORM = "announcing.describe"
FILES, KEPT = "files", "kept"  # fields of the window: what is added, and what stays
PICTURES = "pictures"  # what a draft keeps of both
ALT, WAIVE, WAIVED = "alt", "waive", "waived"
FILETYPES = ["jpg", "jpeg", "png", "gif", "webp"]
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WebP"}
TELLS_PLACE = (
    "The file says where it was taken, and leaves as it is: whoever gets it may read that. To leave it out, "
    "save the picture without its location and choose that one."
)
NO_PERMISSION = (
    "Pictures can't be added: Slack has not granted me `files:read`. Whoever looks after me can have it "
    "granted."
)
LONGEST_NAME = 60
SHORT_ALT = 200  # characters of a description in what notifications read
# docs.slack.dev, Slack file object: a view that shows any other kind is refused as a whole.
SHOWN_BY_SLACK = ("image/jpeg", "image/png", "image/gif")


@dataclass(frozen=True)
class Chosen:
    """A picture that stands in the window: kept by us already (`sha256`), or still with Slack alone."""

    name: str
    sha256: str = ""
    file: str = ""
    url: str = ""
    mimetype: str = ""
    size: int = 0
    alt: str = ""
    waived: bool = False

    @property
    def key(self) -> str:
        return self.sha256 or self.file

    def kept(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return asdict(self)


def chosen_of(entered: Mapping[str, Any]) -> tuple[Chosen, ...]:
    """The pictures a draft keeps."""
    return tuple(Chosen(**picture) for picture in entered.get(PICTURES) or [])


def fields(entered: Mapping[str, Any], scene: Scene) -> list[Block]:
    """What stays and what is added. Slack lets nobody fill in a field for files beforehand."""
    blocks = [_kept(chosen)] if (chosen := chosen_of(entered)) else []
    if not scene.takes_pictures:
        return [*blocks, elements.context(NO_PERMISSION)]
    element = {"type": "file_input", "filetypes": FILETYPES, "max_files": MOST}
    label = "Add pictures" if chosen else "Pictures"
    hint = f"Up to {MOST}: JPEG, PNG, GIF or WebP, at most 10 MB each. I ask next what they show."
    return [*blocks, elements.field(FILES, label, element, optional=True, hint=hint)]


def _kept(chosen: Sequence[Chosen]) -> Block:
    options = [
        elements.option(
            shortened(f"{number}. {one.name}", 75),
            one.key,
            description=shortened(one.alt or "Not described", 75),
        )
        for number, one in enumerate(chosen, start=1)
    ]
    element = {"type": "checkboxes", "options": options, "initial_options": options}
    return elements.field(KEPT, "Pictures", element, optional=True, hint="Untick one to leave it out.")


def describe_form(
    chosen: Sequence[Chosen],
    shapes: Mapping[str, Shape],
    *,
    held: Collection[str],
    longest: int,
    packed: str,
) -> dict[str, Any]:
    """Asks what each picture shows; who sends one without saying so does it expressly.

    `held` are the files that stand in the window now, by Slack's id: any other may be gone from there.
    """
    blocks = [
        elements.section(
            "What do they show? People who can't see a picture hear or read what you write here instead. "
            "Nothing was proposed yet."
        )
    ]
    for number, one in enumerate(chosen, start=1):
        blocks += _describing(number, one, shapes[one.sha256], longest, is_held=one.file in held)
    return elements.modal(
        "Describe the pictures" if len(chosen) > 1 else "Describe the picture",
        blocks,
        callback_id=DESCRIBE_FORM,
        submit="Propose it",
        close="Close",
        private_metadata=packed,
        notify_on_close=True,
    )


def _describing(number: int, one: Chosen, shape: Shape, longest: int, *, is_held: bool) -> list[Block]:
    label = f"Picture {number}, {shortened(one.name, LONGEST_NAME)}"
    # Slack shows a file in a view once it knows what the file is, and until then refuses the whole view.
    is_shown = is_held and shape.content_type == one.mimetype and one.mimetype in SHOWN_BY_SLACK
    shown = {"type": "image", "slack_file": {"id": one.file}, "alt_text": label}
    alt: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": longest,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if one.alt:
        alt["initial_value"] = one.alt[:longest]
    without = elements.option(
        "Send it without a description",
        WAIVED,
        description="I know that people who can't see it will miss it.",
    )
    waive: dict[str, Any] = {"type": "checkboxes", "options": [without]}
    if one.waived:
        waive["initial_options"] = [without]
    described = elements.field(f"{ALT}{number}", f"What does picture {number} show?", alt, optional=True)
    return [
        elements.section(
            f"*{escape(label)}*: {_facts(shape)}{'.' if shape.tells_place else ''}{_place(shape)}"
        ),
        *([shown] if is_shown else []),
        {**described, "dispatch_action": True},
        elements.field(f"{WAIVE}{number}", f"Or, for picture {number}", waive, optional=True),
    ]


def lines(one: Seen) -> list[str]:
    """A sentence for each picture, as short as it has to be beside others; none without pictures."""
    said = [f"{_named(each)}. {_says(each)}" for each in one.images]
    return [*said, *_places(one), _where_they_are(one)] if said else []


def blocks(one: Seen) -> list[Block]:
    """A block for each, with its description as it leaves, character for character."""
    drawn = []
    for each in one.images:
        if each.alt_text:
            name = shortened(each.name, LONGEST_NAME)
            drawn.append(elements.literal(f"Picture {each.number}, {name}: {each.alt_text}"))
        else:
            drawn.append(elements.section(f"{_named(each)}. {_says(each)}"))
    return [*drawn, _below(one)] if drawn else []


def to_copy(one: Seen) -> list[Block]:
    """Each description in a block of its own, for whoever posts it by hand."""
    drawn = []
    for each in one.images:
        if each.alt_text:
            drawn += [elements.section(f"{_named(each)}. Its description:"), elements.literal(each.alt_text)]
        else:
            drawn.append(elements.section(f"{_named(each)}. {_says(each)}"))
    return [*drawn, _below(one)] if drawn else []


def _below(one: Seen) -> Block:
    return elements.context("\n".join([*_places(one), _where_they_are(one)]))


def _places(one: Seen) -> list[str]:
    return [f"{_named(each)}:{_place(each)}" for each in one.images if each.tells_place]


def in_thread(one: Seen, sha256: str, content: bytes) -> Message:
    """One picture, to look at and to take away."""
    picture = next((each for each in one.images if each.sha256 == sha256), None)
    if picture is None:
        return marked(Message("A picture that stood here has been taken out of the announcement again."), one)
    number = f" {picture.number} of {len(one.images)}" if len(one.images) > 1 else ""
    text = f"Picture{number}, {escape(shortened(picture.name, LONGEST_NAME))}. {_says(picture)}"
    if not content:
        return marked(Message(f"{text} The picture itself is not in the record any more."), one)
    return marked(Message(text, file=File(picture.name, content, picture.alt_text, alone=True)), one)


def _where_they_are(one: Seen) -> str:
    # An image block would show them here, but Slack refuses a whole message or window whose file somebody has
    # deleted: nobody could approve it any more.
    them = "picture itself is" if len(one.images) == 1 else "pictures themselves are"
    return f"The {them} in the proposal's thread."


def _named(picture: PictureSeen) -> str:
    return f"Picture {picture.number}, {escape(shortened(picture.name, LONGEST_NAME))}"


def _facts(shape: Shape | PictureSeen) -> str:
    kind = KINDS.get(shape.content_type, "not in the record any more")
    return f"{kind}, {shape.width:,} × {shape.height:,} pixels"


def _place(shape: Shape | PictureSeen) -> str:
    return f" {TELLS_PLACE}" if shape.tells_place else ""


def _says(picture: PictureSeen) -> str:
    if picture.alt_text:
        return words.ended(f"Its description: {in_quotes(within(picture.alt_text, SHORT_ALT))}")
    return f"It has no description: {mention(picture.waived_by)} chose to send it without one."
