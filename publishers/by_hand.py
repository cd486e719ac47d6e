"""Somewhere no program posts for us: a person copies the words and says when they are out."""

from dataclasses import dataclass

from coop.publishing import AskPerson, Attempt, Checked, Content, CouldNotLook, Guarantee, Sighting

_LIMIT = 3_000


@dataclass
class ByHand:
    network: str = "by_hand"
    guarantee: Guarantee = Guarantee.PERSON

    def publish(self, attempt: Attempt) -> AskPerson:
        where = f" on {attempt.target}" if attempt.target else ""
        return AskPerson(
            f"Copy the words, post them{where} yourself, then press the button to say they are out."
        )

    def look(self, attempt: Attempt) -> Sighting:  # noqa: ARG002 -- there is nowhere to look
        return CouldNotLook("only the person who posts it can see it")

    def check(self, content: Content) -> Checked:
        empty = () if content.text.strip() else ("There are no words in it.",)
        return Checked(len(content.text), _LIMIT, min(len(content.text), _LIMIT), refusals=empty)

    def price(self, content: Content) -> int:  # noqa: ARG002 -- no network is paid
        return 0
