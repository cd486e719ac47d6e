"""Somewhere no program posts for us: a person copies the words and says when they are out."""

from dataclasses import dataclass

from coop import words
from coop.publishing import (
    AskPerson,
    Attempt,
    CannotTakeDown,
    Checked,
    Content,
    CouldNotLook,
    Guarantee,
    Image,
    Removal,
    Removed,
    Sighting,
)

_LIMIT = 3_000


@dataclass
class ByHand:
    network: str = "by_hand"
    guarantee: Guarantee = Guarantee.PERSON

    def publish(self, attempt: Attempt) -> AskPerson:
        where = f" on {attempt.target}" if attempt.target else ""
        return AskPerson(
            f"Copy the words, post them{where} yourself, then press the button to say they are out."
            f"{_with(attempt.content.images)}"
        )

    def look(self, attempt: Attempt) -> Sighting:  # noqa: ARG002 -- there is nowhere to look
        return CouldNotLook("only the person who posts it can see it")

    def take_down(self, removal: Removal) -> Removed:
        return CannotTakeDown("A person posted it, so a person has to delete it", removal.url)

    def check(self, content: Content) -> Checked:
        empty = () if content.text.strip() else ("There are no words in it.",)
        return Checked(len(content.text), _LIMIT, min(len(content.text), _LIMIT), refusals=empty)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- no network is paid
        return 0

    def price_to_take_down(self) -> int:
        return 0


def _with(images: tuple[Image, ...]) -> str:
    """Which pictures, in order, and what to write for those who cannot see them."""
    if not images:
        return ""
    told = [
        f"picture {number} with the alt text “{image.alt_text}”" if image.alt_text else f"picture {number}"
        for number, image in enumerate(images, 1)
    ]
    return f" Add {words.counted(len(images), 'picture')}, in this order: {'; '.join(told)}."
